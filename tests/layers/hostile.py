"""A server of everything a layer should not be, and what must come of each."""

import gzip
import io
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import numpy as np
import orjson
from PIL import Image

JSON, XML, PNG = "application/geo+json", "text/xml", "image/png"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><WMS_Capabilities version='1.3.0'>&j;</WMS_Capabilities>"
)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OUTSIDE = f'{ENTITY}<WMS_Capabilities version="1.3.0">&x;</WMS_Capabilities>'.encode()


@dataclass(frozen=True)
class Case:
    """expected: the reason with which the layer is refused, or what becomes of it."""

    path: str
    kind: str
    what: str
    expected: str


CASES = (
    Case("laughs", "wms", "Capabilities with entities that grow to gigabytes (billion laughs)", "hostile_xml"),
    Case("outside", "wms", "Capabilities with an external entity on a file of the server", "hostile_xml"),
    Case("laughs", "wfs", "The same at a WFS", "hostile_xml"),
    Case("deep", "wms", "XML nested 100,000 levels deep", "hostile_xml"),
    Case("html", "wms", "A login page instead of capabilities", "wrong_kind"),
    Case("garbage", "wms", "Capabilities that are no XML", "unreadable"),
    Case("odd", "wms", "Capabilities of another world", "unreadable"),
    Case("redirect", "xyz", "A redirect to the cloud's metadata address", "redirected"),
    Case("endless", "xyz", "A picture that never ends", "too_large"),
    Case("huge", "xyz", "A picture announced with 1 TB", "too_large"),
    Case("gzip", "xyz", "A gzip bomb of 1 GB", "wrong_kind"),
    Case("trickle", "xyz", "One byte every 50 ms, for ever", "too_slow"),
    Case("silent", "xyz", "A connection that is taken and never answered", "too_slow"),
    Case("headers", "xyz", "Headers without end", "unreachable"),
    Case("error", "xyz", "A server error", "unreachable"),
    Case("denied", "xyz", "403", "refused"),
    Case("svg", "xyz", "An SVG with a script, as a tile", "wrong_kind"),
    Case("html-as-png", "xyz", "HTML with a script that calls itself image/png", "unreadable"),
    Case("bomb.png", "xyz", "A PNG of 30,000 × 30,000 pixels, announced in its head", "too_large"),
    Case("broken.png", "xyz", "A PNG cut off in the middle", "passed on: browsers draw what there is"),
    Case("not-json", "ogc_features", "Features that are no JSON", "unreadable"),
    Case("deep-json", "ogc_features", "JSON nested 100,000 levels deep", "unreadable"),
    Case("nan", "ogc_features", "NaN and Infinity as coordinates, written as JSON does not allow", "unreadable"),
    Case("far", "ogc_features", "Coordinates of 10^300, beyond the globe, empty and of the wrong type", "1 of 6 drawn"),
    Case("metres", "ogc_features", "Metres of a plane projection without a declared system", "0 drawn"),
    Case("bow-tie", "ogc_features", "Polygons that cross themselves", "1 of 1 drawn, repaired"),
    Case("million", "ogc_features", "One polygon of 10^6 vertices", "1 of 1 drawn, tile below 100 KB"),
    Case("script", "ogc_features", "Scripts in names, values and keys", "1 of 1 drawn, shown as text"),
    Case("loop", "ogc_features", "Pages that point at themselves for ever", "20,000 of ∞ drawn, marked as cut"),
    Case("elsewhere", "ogc_features", "A next page on another server", "2 of 2 drawn, both from the own server"),
    Case("gml-outside", "wfs-features", "GML with an external entity", "hostile_xml"),
    Case("gml-schema", "wfs-features", "GML with a schema at a metadata address", "1 of 1 drawn, nothing asked there"),
    Case("gml-odd", "wfs-features", "GML without a coordinate system", "crs_missing"),
)  # fmt: skip


def collection(*features: object, **more: object) -> bytes:
    return orjson.dumps({"type": "FeatureCollection", "features": features, **more})


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(x: object, y: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": [x, y]}


def png(size: int) -> bytes:
    """A black picture; one too large to be made here is announced by its head alone."""
    file = io.BytesIO()
    Image.new("1", (min(size, 256),) * 2).save(file, "PNG")
    head = struct.pack(">II", size, size)
    body = bytearray(file.getvalue())
    body[16:24] = head
    body[29:33] = struct.pack(">I", zlib.crc32(body[12:29]))
    return bytes(body)


@cache
def million() -> bytes:
    """A star-like ring, about 24 MB of text."""
    turns = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    reach = 0.01 + 0.0005 * (np.arange(len(turns)) % 2)
    ring = np.column_stack([117 + reach * np.cos(turns), 32 + reach * np.sin(turns)]).round(7).tolist()
    return collection(feature({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))


def gml(body: str = "", head: str = "", srs: str = ' srsName="urn:ogc:def:crs:EPSG::4490"', more: str = "") -> bytes:
    return f"""<?xml version="1.0"?>{head}<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"
 xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:t="http://town/"{more}><wfs:member><t:thing gml:id="t.1">
 <t:place><gml:Point gml:id="p"{srs}><gml:pos>32 117</gml:pos></gml:Point></t:place><t:name>{body}</t:name>
 </t:thing></wfs:member></wfs:FeatureCollection>""".encode()


SCHEMA = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://town/ http://169.254.169.254/x.xsd"'
WFS = b"""<?xml version="1.0"?><wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"
 xmlns:ows="http://www.opengis.net/ows/1.1"><ows:ServiceIdentification/>
 <ows:OperationsMetadata><ows:Operation name="GetFeature"/></ows:OperationsMetadata>
 <wfs:FeatureTypeList><wfs:FeatureType>
 <wfs:Name>thing</wfs:Name><wfs:Title>t</wfs:Title>%s</wfs:FeatureType></wfs:FeatureTypeList></wfs:WFS_Capabilities>"""


def bodies(address: str) -> dict[str, tuple[str, bytes]]:
    """Path → media type and body."""
    ring = [[117, 32], [117.01, 32.01], [117.01, 32], [117, 32.01], [117, 32]]
    square = feature({"type": "Polygon", "coordinates": [ring]})
    away = [{"rel": "next", "href": "http://169.254.169.254/latest?second=1"}]
    wrong = [point(1e300, 1e300), point(117, 95), {"type": "Point", "coordinates": []}, {"type": "Pint"}, None]
    nasty = "</script><script>alert(1)</script>"
    here = [{"rel": "next", "href": f"{address}/elsewhere/collections/x/items?second=1"}]
    return {
        "laughs": (XML, LAUGHS), "outside": (XML, OUTSIDE), "html": ("text/html", b"<html><body>Log in"),
        "deep": (XML, b"<a>" * 100_000 + b"</a>" * 100_000), "garbage": (XML, b"\x00\x01<<<"),
        "odd": (XML, b"<WMS_Capabilities version='1.3.0'><Capability/></WMS_Capabilities>"),
        "svg": ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        "html-as-png": (PNG, b"<html><script>alert(1)</script>"), "bomb.png": (PNG, png(30_000)),
        "broken.png": (PNG, png(256)[:-20]), "not-json": (JSON, b"{'type': "), "deep-json": (JSON, b"[" * 100_000),
        "nan": (JSON, b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[NaN,1]}}]}'),
        "far": (JSON, collection(feature(point(117, 32)), *(feature(one) for one in wrong))),
        "metres": (JSON, collection(feature(point(39_500_000, 3_540_000)))), "bow-tie": (JSON, collection(square)),
                "script": (JSON, collection(feature(point(117, 32), **{nasty: nasty}, name=nasty))),
        "loop": (JSON, collection(*[feature(point(117, 32))] * 2000, links=here)),
        "elsewhere": (JSON, collection(feature(point(117, 32)), links=away)),
        "gml-outside": (XML, gml("&x;", ENTITY)),
        "gml-schema": (XML, gml("ok", more=SCHEMA)), "gml-odd": (XML, gml("ok", srs="")),
    }  # fmt: skip


@contextmanager
def hostile_server() -> Iterator[str]:
    made: dict[str, tuple[str, bytes]] = {}

    class Hostile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            name, query = (
                parts.path.strip("/").split("/")[0],
                {key.lower(): one[0] for key, one in parse_qs(parts.query).items()},
            )
            try:
                getattr(self, f"do_{name}", self._plain)(name, query)
            except (BrokenPipeError, ConnectionResetError):
                return

        def _plain(self, name: str, query: dict[str, str]) -> None:
            kind, body = (JSON, million()) if name == "million" else made[name]
            if name.startswith("gml") and query.get("request") == "GetCapabilities":
                crs = b"" if name == "gml-odd" else b"<wfs:DefaultCRS>urn:ogc:def:crs:EPSG::4490</wfs:DefaultCRS>"
                kind, body = XML, WFS % crs
            if "second" in query and name == "elsewhere":
                body = collection(feature(point(117.01, 32)))
            self._send(200, kind, body)

        def _send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            for header, value in headers.items():
                self.send_header(header.replace("_", "-"), value)
            if "Content_Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_redirect(self, *_: object) -> None:
            self._send(302, PNG, b"", Location="http://169.254.169.254/latest/meta-data")

        def do_huge(self, *_: object) -> None:
            self._send(200, PNG, b"", Content_Length=str(1 << 40))

        def do_gzip(self, *_: object) -> None:
            self._send(200, PNG, gzip.compress(bytes(1 << 24)), Content_Encoding="gzip")

        def do_error(self, *_: object) -> None:
            self._send(500, PNG, b"")

        def do_denied(self, *_: object) -> None:
            self._send(403, PNG, b"")

        def do_endless(self, *_: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", PNG)
            self.end_headers()
            while True:
                self.wfile.write(bytes(1 << 16))

        def do_trickle(self, *_: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", PNG)
            self.end_headers()
            while True:
                self.wfile.write(b"x")
                time.sleep(0.05)

        def do_silent(self, *_: object) -> None:
            time.sleep(4)

        def do_headers(self, *_: object) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(100_000):
                self.wfile.write(b"X-%d: y\r\n" % number)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}"
    made.update(bodies(address))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
