"""`/layers/<name>/…`: tiles and features of the layers in the catalogue, by their code alone."""

import base64
import gzip
from typing import Any

from flask import Flask, Response, jsonify, request

from callbacks.layer_sources import kept_layers
from callbacks.layers_counted import counted_within
from callbacks.layers_specs import catalogue_file
from callbacks.viewer import current_viewer
from dashboard.http.errors import error_answer
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.layers.entry import STORED, LayerEntry
from data_access.layers.failures import Unusable
from data_access.layers.naming import code_of
from data_access.layers.remote.services import KEPT_S
from data_access.layers.sources import LayerSources
from data_access.layers.tiling import is_tile
from data_access.store import IndicatorStore

ONE_YEAR_S = 31_536_000
_NOTHING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgYGBgAAAABQABeqhXUAAAAABJRU5ErkJggg=="
)
"""A transparent picture of one pixel."""
_MVT = "application/vnd.mapbox-vector-tile"


def register_layer_routes(server: Flask, store: IndicatorStore) -> None:
    layers = kept_layers(server)
    server.register_error_handler(Unusable, _unusable)

    @server.get("/layers/<name>/<version>/<int:z>/<int:x>/<int:y>.mvt")
    def vector_tile(name: str, version: str, z: int, x: int, y: int) -> Response:
        entry = _entry(layers, name)
        if not is_tile(z, x, y):
            raise InvalidQuestion("no such tile")
        if entry.kind not in STORED:
            return _for_a_while(_tile(layers.tile(entry, current_viewer(), z, x, y)))
        if version != layers.version(entry, current_viewer()):
            return error_answer(404, "unknown version", "the data have changed; the page learns the new address")
        return _immutable(_tile(layers.tile(entry, current_viewer(), z, x, y)))

    @server.get("/layers/<name>/<version>/<int:z>/<int:x>/<int:y>.img")
    def picture(name: str, version: str, z: int, x: int, y: int) -> Response:
        entry = _entry(layers, name)
        if not is_tile(z, x, y):
            raise InvalidQuestion("no such tile")
        try:
            found = layers.picture(entry, z, x, y)
        except Unusable as error:
            if error.reason != "not_drawn_here":
                raise
            return _for_a_while(Response(_NOTHING, mimetype="image/png"))
        return _for_a_while(Response(found.body, mimetype=found.kind))

    @server.get("/layers/<name>/state")
    def state(name: str) -> Response:
        trouble = layers.trouble(_entry(layers, name))
        said = {"reason": trouble.reason, "retry_s": trouble.retry_after_s} if trouble else {"reason": None}
        return _fresh(jsonify(said))

    @server.get("/layers/catalogue/<version>.json")
    def catalogue(version: str) -> Response:
        viewer = current_viewer()
        if version != layers.catalogue_version(viewer):
            return error_answer(404, "unknown version", "the catalogue has changed; the page learns the new address")
        return _immutable(_compressed(catalogue_file(layers, store, viewer), "application/json"))

    @server.get("/layers/<name>/feature")
    def feature(name: str) -> Response:
        entry = _entry(layers, name)
        asked = request.args.get("key", "")
        with layers.features(entry, current_viewer()) as source:
            key: Any = int(asked) if request.args.get("number") == "1" and asked.isdecimal() else asked
            found = source.feature(key)
        if found is None:
            raise UnknownCode("feature", asked[:80])
        properties = {name: _text(value) for name, value in found.properties.items()}
        return _fresh(jsonify({"properties": properties, "bounds": found.geometry.bounds}))

    @server.post("/layers/<name>/within")
    def within(name: str) -> Response:
        asked = request.get_json(silent=True)
        ring = asked.get("ring") if isinstance(asked, dict) else None
        return _fresh(jsonify(counted_within(layers, _entry(layers, name), current_viewer(), ring)))

    @server.get("/layers/<name>/facts")
    def facts(name: str) -> Response:
        return _fresh(jsonify(layers.facts(_entry(layers, name), current_viewer())))


def _entry(layers: LayerSources, name: str) -> LayerEntry:
    code = code_of(name)
    if code is None:
        raise UnknownCode("layer", name[:80])
    return layers.entry(code, current_viewer())


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _tile(tile: bytes) -> Response:
    return _compressed(tile, _MVT) if tile else Response(status=204)


def _compressed(body: bytes, kind: str) -> Response:
    response = Response(gzip.compress(body, 6, mtime=0), mimetype=kind)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _immutable(response: Response) -> Response:
    response.headers["Cache-Control"] = f"private, max-age={ONE_YEAR_S}, immutable"
    return response


def _for_a_while(response: Response) -> Response:
    """What a service sent: it may send something else later, and nobody tells us."""
    response.headers["Cache-Control"] = f"private, max-age={round(KEPT_S)}"
    return response


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _unusable(error: Unusable) -> Response:
    """503 with the reason as a word; the page says it in its language and greys the layer."""
    answer = error_answer(503, error.reason, error.detail)
    if error.retry_after_s is not None:
        answer.headers["Retry-After"] = str(round(error.retry_after_s))
    return answer
