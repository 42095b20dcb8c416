"""Real map servers over a few features of a small town: pygeoapi, MapServer and MapCache, started by the tests."""

import json
import os
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import geopandas
import shapely

ROOT = Path(__file__).parents[2]
PYGEOAPI = ROOT / ".tools/pygeoapi/bin/pygeoapi"
CGI = Path("/usr/lib/cgi-bin")
TOWN = (117.0, 32.0)
"""South-west corner of the town, in CGCS2000 degrees; 3° zone 39 (EPSG:4548) holds it."""
GAUSS_KRUEGER = "EPSG:4548"
NASTY = '<img src=x onerror="alert(1)">'


def town_features() -> geopandas.GeoDataFrame:
    """Nine schools on a grid of a hundredth of a degree; the first has a hostile name."""
    west, south = TOWN
    points = [shapely.Point(west + 0.01 * (n % 3), south + 0.01 * (n // 3)) for n in range(9)]
    names = [NASTY, *(f"第{n}小学" for n in range(1, 9))]
    return geopandas.GeoDataFrame({"name": names, "pupils": range(100, 1000, 100)}, geometry=points, crs="EPSG:4490")


def town_parks() -> geopandas.GeoDataFrame:
    """Two squares of 0.004° side."""
    west, south = TOWN
    squares = [shapely.box(west + x, south + x, west + x + 0.004, south + x + 0.004) for x in (0.0, 0.015)]
    return geopandas.GeoDataFrame({"name": ["东园", "西园"]}, geometry=squares, crs="EPSG:4490")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def pygeoapi(folder: Path) -> Iterator[str]:
    """Its address. Collection `schools`."""
    town_features().to_crs("EPSG:4326").to_file(folder / "schools.geojson", driver="GeoJSON")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    provider = {"type": "feature", "name": "GeoJSON", "data": str(folder / "schools.geojson"), "id_field": "pupils"}
    extents = {"spatial": {"bbox": [116, 31, 118, 33], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    collection = {
        "type": "collection", "title": "Schools", "description": "Schools", "keywords": ["schools"], "links": [],
        "extents": extents, "providers": [provider],
    }  # fmt: skip
    contact = {"name": "-", "url": "http://example.invalid"}
    metadata = {
        "identification": {"title": "t", "description": "d", "keywords": ["k"], "terms_of_service": "-", "url": "http://example.invalid"},
        "license": contact, "provider": contact, "contact": contact,
    }  # fmt: skip
    config = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": address, "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8", "languages": ["en-US"], "limits": {"default_items": 4, "max_items": 4},
            "map": {"url": "-", "attribution": "-"},
        },
        "logging": {"level": "ERROR"}, "metadata": metadata, "resources": {"schools": collection},
    }  # fmt: skip
    written, described = folder / "pygeoapi.json", folder / "openapi.json"
    written.write_text(json.dumps(config))
    environment = os.environ | {"PYGEOAPI_CONFIG": str(written), "PYGEOAPI_OPENAPI": str(described)}
    described.write_text(json.dumps({"openapi": "3.0.2", "info": {"title": "t", "version": "1"}, "paths": {}}))
    with _running([str(PYGEOAPI), "serve", "--flask"], environment, f"{address}/collections/schools?f=json"):
        yield address


@contextmanager
def _running(command: list[str], environment: dict[str, str], probe: str, wait_s: float = 60) -> Iterator[None]:
    log = Path(environment["PYGEOAPI_CONFIG"]).with_suffix(".log")
    with log.open("wb") as file, subprocess.Popen(command, env=environment, stdout=file, stderr=file) as process:
        try:
            _wait(probe, process, wait_s, log)
            yield
        finally:
            process.terminate()


def _wait(probe: str, process: Any, wait_s: float, log: Path) -> None:
    ends = time.monotonic() + wait_s
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(probe, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer at {probe}: {log.read_text()[-2000:]}")


@contextmanager
def cgi_server(environment: dict[str, dict[str, str]]) -> Iterator[str]:
    """Runs `/<program>` of Debian's CGI folder with its variables. The address without a program."""

    class Runner(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            program, _, rest = parts.path.strip("/").partition("/")
            given = environment[program] | {
                "REQUEST_METHOD": "GET", "QUERY_STRING": parts.query, "SCRIPT_NAME": f"/{program}",
                "PATH_INFO": f"/{rest}" if rest else "", "SERVER_NAME": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1",
                "SERVER_PORT": str(self.server.server_address[1]), "GATEWAY_INTERFACE": "CGI/1.1",
                "HTTP_HOST": self.headers["Host"],
            }  # fmt: skip
            done = subprocess.run([str(CGI / program)], env=given, capture_output=True, timeout=30, check=False)
            head, _, body = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line)
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in headers.items():
                if name.lower() not in ("content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Runner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def map_servers(folder: Path) -> Iterator[str]:
    """MapServer at `/mapserv` (WMS and WFS: `schools`, `parks`, `parks_gk`) and MapCache at `/mapcache` (WMTS, XYZ)."""
    town_features().to_file(folder / "town.gpkg", layer="schools")
    town_parks().to_file(folder / "town.gpkg", layer="parks")
    town_parks().to_crs(GAUSS_KRUEGER).to_file(folder / "town.gpkg", layer="parks_gk")
    written = folder / "town.map"
    variables = {
        "mapserv": {"MAPSERVER_CONFIG_FILE": str(folder / "mapserver.conf"), "PROJ_NETWORK": "OFF"},
        "mapcache": {"MAPCACHE_CONFIG_FILE": str(folder / "mapcache.xml")},
    }
    with cgi_server(variables) as address:
        (folder / "mapserver.conf").write_text(f'CONFIG ENV MS_MAPFILE "{written}" MS_MAP_PATTERN "." END END')
        written.write_text(_mapfile(folder / "town.gpkg", f"{address}/mapserv"))
        (folder / "mapcache.xml").write_text(_mapcache(folder, f"{address}/mapserv"))
        yield address


def _mapfile(data: Path, address: str) -> str:
    layers = [
        _map_layer("schools", "POINT", data, "4490", "EPSG:4490 EPSG:4326 EPSG:3857", "255 0 0"),
        _map_layer("parks", "POLYGON", data, "4490", "EPSG:4490 EPSG:4326 EPSG:3857", "0 160 0"),
        _map_layer("parks_gk", "POLYGON", data, "4548", "EPSG:4548", "0 0 255"),
    ]
    return f"""MAP
  NAME "town" SIZE 256 256 EXTENT {TOWN[0]} {TOWN[1]} {TOWN[0] + 0.02} {TOWN[1] + 0.02} UNITS DD
  PROJECTION "init=epsg:4490" END
  OUTPUTFORMAT NAME "png" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGBA EXTENSION "png" END
  WEB METADATA
    "ows_title" "town" "ows_onlineresource" "http://169.254.169.254/latest/meta-data?" "ows_enable_request" "*"
    "wms_srs" "EPSG:4490" "wfs_srs" "EPSG:4490" "wms_allow_getmap_without_styles" "true"
  END END
  {"".join(layers)}
END
"""


def _map_layer(name: str, kind: str, data: Path, srid: str, offered: str, colour: str) -> str:
    symbol = "SIZE 12 SYMBOL 'dot'" if kind == "POINT" else ""
    return f"""
  LAYER
    NAME "{name}" TYPE {kind} STATUS ON CONNECTIONTYPE OGR CONNECTION "{data}" DATA "{name}"
    PROJECTION "init=epsg:{srid}" END
    METADATA "ows_title" "{name}" "ows_srs" "{offered}" "gml_include_items" "all" "wfs_getfeature_formatlist" "gml" END
    CLASS STYLE COLOR {colour} {symbol} END END
  END
""".replace("SYMBOL 'dot'", "")


def _mapcache(folder: Path, address: str) -> str:
    return f"""<mapcache>
  <cache name="disk" type="disk"><base>{folder}/tiles</base></cache>
  <source name="town" type="wms">
    <getmap><params><FORMAT>image/png</FORMAT><LAYERS>parks</LAYERS><TRANSPARENT>TRUE</TRANSPARENT></params></getmap>
    <http><url>{address}?</url></http>
  </source>
  <tileset name="parks"><source>town</source><cache>disk</cache><format>PNG</format>
    <grid>GoogleMapsCompatible</grid><metatile>1 1</metatile></tileset>
  <tileset name="parks_degrees"><source>town</source><cache>disk</cache><format>PNG</format>
    <grid>WGS84</grid><metatile>1 1</metatile></tileset>
  <default_format>PNG</default_format>
  <service type="wmts" enabled="true"/><service type="tms" enabled="true"/><service type="gmaps" enabled="true"/>
  <errors>report</errors><lock_dir>{folder}</lock_dir>
</mapcache>
"""
