"""`/geometry/<name>.<digest>.bin`: the boundaries of a set of areas, cached for ever by their content."""

from flask import Flask, Response, request

from callbacks.boundaries import kept_boundaries
from callbacks.viewer import current_viewer
from dashboard.http.errors import error_answer
from data_access.errors import UnknownCode
from data_access.geometry.bundles import BoundaryBundles, Bundle, question_of
from data_access.store import IndicatorStore

ONE_YEAR_S = 31_536_000


def register_geometry_routes(server: Flask, store: IndicatorStore) -> None:
    """A file of another version of the data is gone (404): the page learns the new address with its next answer."""
    bundles = kept_boundaries(server, store)

    @server.get("/geometry/<name>.<digest>.bin")
    def geometry(name: str, digest: str) -> Response:
        bundle = _find(bundles, name)
        if bundle is None or bundle.digest != digest:
            return error_answer(404, "unknown geometry", f"no boundaries under {name:.80}")
        return _answer(bundles, bundle)

    @server.get("/geometry/<path:name>")
    def nothing(name: str) -> Response:
        return error_answer(404, "unknown geometry", f"no boundaries under {name:.80}")


def _find(bundles: BoundaryBundles, name: str) -> Bundle | None:
    """The bundle as this viewer may see it; the digest is of what is inside, so no one else's file fits it."""
    question = question_of(name, current_viewer())
    if question is None:
        return None
    try:
        return bundles.bundle(question)
    except UnknownCode:
        return None


def _answer(bundles: BoundaryBundles, bundle: Bundle) -> Response:
    """Brotli where the browser takes it (over HTTPS and from the same machine), else gzip, else as it is."""
    encoding = next((one for one in ("br", "gzip") if request.accept_encodings[one]), "identity")
    response = Response(bundles.encoded(bundle, encoding), mimetype="application/octet-stream")
    response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = f"private, max-age={ONE_YEAR_S}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{bundle.digest}-{encoding}")
    response.make_conditional(request)
    return response
