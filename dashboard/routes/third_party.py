"""`/third-party/<digest>/<name>`: the fetched browser packages, kept for ever under the hash of all of them."""

from mimetypes import guess_type

from flask import Flask, Response, send_file

from callbacks.browser_packages import served_digest, served_files
from dashboard.http.errors import error_answer

ONE_YEAR_S = 31_536_000


def register_third_party_routes(server: Flask) -> None:
    @server.get("/third-party/<digest>/<name>")
    def third_party(digest: str, name: str) -> Response:
        path = served_files().get(name)
        if path is None or digest != served_digest():
            return error_answer(404, "unknown file", "no such browser package; reload the page")
        kind = "text/javascript" if path.suffix in {".js", ".mjs"} else guess_type(name)[0]
        response = send_file(path, mimetype=kind or "application/octet-stream", conditional=True)
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR_S}, immutable"
        return response
