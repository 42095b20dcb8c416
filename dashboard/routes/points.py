"""`/points/<name>.<digest>.bin`: the points of a layer, cached for ever by their content; `….json`: one of them."""

from flask import Flask, Response, jsonify, request

from callbacks.points import kept_points
from callbacks.viewer import current_viewer
from dashboard.http.errors import error_answer
from dashboard.routes.geometry import ONE_YEAR_S
from data_access.errors import UnknownCode
from data_access.points.bundles import PointBundle, PointBundles, PointFile, layer_of
from data_access.questions import LayerPointQuestion
from data_access.store import IndicatorStore


def register_point_routes(server: Flask, store: IndicatorStore) -> None:
    """A file of another version of the data, or of another viewer's scope, is gone (404)."""
    bundles = kept_points(server, store)

    @server.get("/points/<name>.<digest>.bin")
    def points(name: str, digest: str) -> Response:
        bundle = _find(bundles, name, digest)
        return _unknown(name) if bundle is None else _answer(bundle.points, f"{digest}-points")

    @server.get("/points/<name>.<digest>.overview.bin")
    def overview(name: str, digest: str) -> Response:
        bundle = _find(bundles, name, digest)
        if bundle is None or bundle.overview is None:
            return _unknown(name)
        return _answer(bundle.overview, f"{digest}-overview")

    @server.get("/points/<name>.<digest>/<int:place>.json")
    def point(name: str, digest: str, place: int) -> Response:
        bundle = _find(bundles, name, digest)
        if bundle is None or place >= bundle.count:
            return _unknown(name)
        asked = LayerPointQuestion(layer=str(layer_of(name)), feature_no=int(bundle.features[place]))
        answer = jsonify(store.layer_point(asked))
        answer.headers["Cache-Control"] = "private, max-age=60"
        return answer

    @server.get("/points/<path:name>")
    def no_points(name: str) -> Response:
        return _unknown(name)


def _find(bundles: PointBundles, name: str, digest: str) -> PointBundle | None:
    """The bundle as this viewer may see it; the digest is of what is inside, so no one else's file fits it."""
    layer = layer_of(name)
    if layer is None:
        return None
    try:
        bundle = bundles.bundle(layer, current_viewer())
    except UnknownCode:
        return None
    return bundle if bundle.digest == digest else None


def _unknown(name: str) -> Response:
    return error_answer(404, "unknown points", f"no points under {name:.80}")


def _answer(file: PointFile, etag: str) -> Response:
    """Brotli where the browser takes it (over HTTPS and from the same machine), else gzip, else as it is."""
    encoding = next((one for one in ("br", "gzip") if request.accept_encodings[one]), "identity")
    response = Response(file.encoded(encoding), mimetype="application/octet-stream")
    response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = f"private, max-age={ONE_YEAR_S}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{etag}-{encoding}")
    response.make_conditional(request)
    return response
