"""210,000 facility points in a real browser: packed layers beside `dl.GeoJSON` with clusters, in the same run.

    .venv/bin/python -m benchmarks.points [--layers 10] [--only packed] [--folder where/the/database/is/kept]

First paint: from asking for the layer to two frames after its last tile is drawn (the page and its map stand already).
Frames per second are counted while a mouse pans and a wheel zooms. MB: bytes that came over the wire, compressed.
The browser draws without a GPU. Every layer has 210,000 points of its own.
"""

import argparse
import json
import logging
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import dash_leaflet as dl
import numpy as np
from dash import Dash, html
from flask import Response
from playwright.sync_api import CDPSession, Page
from werkzeug.serving import make_server

from benchmarks.map_paint import fps, heap_mb, pan, zoom
from callbacks.points import kept_points
from callbacks.viewer import everyone, identify_viewers
from dashboard.routes.points import register_point_routes
from data_access.engine import layers_path, open_engine
from data_access.schema import create_tables
from data_access.startup import open_store
from data_access.viewer import EVERYTHING
from scripts.browser import browser

POINTS = 210_000
KINDS = ["学校", "医院", "公园", "菜市场", "公厕", "停车场", "充电站", "公交站"]
MIDDLE = (114.1, 30.6)
SHOW = """async ([urls]) => {
  const start = performance.now(), frame = () => new Promise(requestAnimationFrame);
  await cityvitals.points.show('map', urls.map((url) => ({key: url, url})));
  while (!cityvitals.points.view('map').layer || cityvitals.points.view('map').layer._queue.length) await frame();
  await frame(); await frame();
  return performance.now() - start;
}"""
PLAIN = """async () => {
  const start = performance.now(), frame = () => new Promise(requestAnimationFrame);
  dash_clientside.set_props('plain', {url: '/points.geojson'});
  while (!document.querySelector('.leaflet-marker-icon')) await frame();
  await frame(); await frame();
  return performance.now() - start;
}"""
COUNT = """window.count = () => { window.frames = 0; const end = performance.now() + 2000;
  return new Promise((done) => { const next = () => { window.frames++;
    performance.now() < end ? requestAnimationFrame(next) : done(window.frames / 2); };
  requestAnimationFrame(next); }); };"""


def places(seed: int) -> np.ndarray[Any, Any]:
    """Degrees of one layer: crowded around forty centres, thin between them."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(0, 0.12, (40, 2))
    near = centres[chance.integers(0, 40, POINTS)] + chance.normal(0, 0.025, (POINTS, 2))
    return np.asarray(near + MIDDLE)


def write_layers(folder: Path, layers: int) -> str:
    """A database of nothing but point layers, written past the import, which is measured elsewhere."""
    url = f"sqlite:///{folder}/points.sqlite"
    if (folder / "points.sqlite").exists():
        return url
    create_tables(open_engine(url, access="load"), layers_path(url))
    with sqlite3.connect(folder / "points.sqlite") as tables:
        tables.executemany(
            "INSERT INTO spatial_layer (layer_code, title_zh, source_kind, source, geometry_type) VALUES (?,?,?,?,?)",
            [(f"layer{n}", f"设施{n}", "file", "points.gpkg", "Point") for n in range(layers)],
        )
    with sqlite3.connect(folder / "points.gpkg") as shapes:
        for layer in range(layers):
            shapes.executemany(
                "INSERT INTO layer_feature (layer_code, feature_no, properties, minx, miny, maxx, maxy) "
                "VALUES (?,?,?,?,?,?,?)",
                (
                    (f"layer{layer}", n, json.dumps({"name": f"设施{n}", "kind": KINDS[n % 8]}), x, y, x, y)
                    for n, (x, y) in enumerate(places(layer).tolist())
                ),
            )
    return url


def app_of(url: str) -> tuple[Dash, list[str], float]:
    """An app with one empty map; the packed layers' addresses, and the seconds it took to pack one."""
    app = Dash(__name__, assets_folder=str(Path(__file__).parents[1] / "assets"))
    store = open_store(url)
    identify_viewers(app.server, everyone)
    register_point_routes(app.server, store)
    start = time.perf_counter()
    bundles = kept_points(app.server, store)
    codes = store._ask(
        lambda connection, _: list(connection.exec_driver_sql("SELECT layer_code FROM spatial_layer")), 0
    )
    paths = ["/" + bundles.bundle(str(code[0]), EVERYTHING).path for code in codes]
    took = (time.perf_counter() - start) / len(paths)
    plain = json.dumps(
        {"type": "FeatureCollection", "features": [_feature(n, *one) for n, one in enumerate(places(0))]}
    )

    @app.server.get("/points.geojson")
    def geojson() -> Response:
        import gzip  # noqa: PLC0415

        answer = Response(gzip.compress(plain.encode(), 6), mimetype="application/json")
        answer.headers["Content-Encoding"] = "gzip"
        return answer

    cluster = dl.GeoJSON(id="plain", cluster=True, zoomToBoundsOnClick=True)
    leaflet = dl.MapContainer(
        [cluster], id="map", className="area-map", center=MIDDLE[::-1], zoom=10.5, zoomSnap=0, attributionControl=False,
        style={"height": "1000px"},
    )  # fmt: skip
    app.layout = html.Div(leaflet, style={"position": "relative", "height": "1000px"})
    return app, paths, took


def _feature(n: int, x: float, y: float) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": f"设施{n}", "kind": KINDS[n % 8]},
        "geometry": {"type": "Point", "coordinates": [round(float(x), 6), round(float(y), 6)]},
    }


def measure(page: Page, address: str, script: str, *values: Any) -> dict[str, float]:
    devtools: CDPSession = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(COUNT)
    page.goto(address)
    page.wait_for_selector("#map .leaflet-pane", state="attached")
    page.wait_for_timeout(1500)
    empty = heap_mb(devtools)
    received.clear()
    found = {"first paint ms": page.evaluate(script, list(values))}
    page.wait_for_timeout(500)
    found["MB"] = sum(received) / 1e6
    found["heap MB"] = heap_mb(devtools) - empty
    return found | {"pan fps": fps(page, pan), "zoom fps": fps(page, zoom)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layers", type=int, default=10)
    parser.add_argument("--only", choices=["packed", "plain"])
    parser.add_argument("--folder", type=Path, help="a database written there before is used again")
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        app, paths, took = app_of(write_layers(options.folder or Path(folder), options.layers))
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        print(f"{POINTS:,} points per layer, 1920×1000; packing one layer on the server: {took:.1f} s")
        ways = [
            ("dl.GeoJSON cluster, one layer", PLAIN, [], "plain"), ("packed, one layer", SHOW, [paths[:1]], "packed"),
            (f"packed, {len(paths)} layers", SHOW, [paths], "packed"),
        ]  # fmt: skip
        for name, script, values, kind in ways:
            if options.only in (None, kind):
                page = chromium.new_page(viewport={"width": 1920, "height": 1000})
                page.set_default_timeout(120_000)
                found = measure(page, address, script, *values)
                print(" | ".join([name, *(f"{key} {value:.1f}" for key, value in found.items())]), flush=True)
                page.close()
        server.shutdown()


if __name__ == "__main__":
    main()
