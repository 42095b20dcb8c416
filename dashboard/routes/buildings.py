"""`/buildings/<area>.json`: the buildings of an area for the 3D view, asked for when it is first opened."""

import gzip

from flask import Flask, Response, request

from callbacks.solid_buildings import Buildings
from callbacks.viewer import current_viewer
from data_access.store import IndicatorStore

_FASTEST = 1


def register_building_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/buildings/<path:area>.json")
    def buildings(area: str) -> Response:
        asked = Buildings(store, current_viewer(), area, request.args.get("layer"))
        found = store.cache.json("buildings", (area, asked.layer, asked.viewer), store.contract(), asked.columns)
        return _answer(server.json.dumps(found).encode())


def _answer(body: bytes) -> Response:
    """Compressed: columns of numbers shrink to a fifth. Kept by the browser only as long as the data version stays."""
    takes_gzip = bool(request.accept_encodings["gzip"])
    response = Response(gzip.compress(body, _FASTEST, mtime=0) if takes_gzip else body, mimetype="application/json")
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
