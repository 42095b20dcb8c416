"""What every HTTP answer of the screen has in common: limits, headers, errors as JSON, one log line."""

from dash import Dash

from dashboard.http.attention import watch_attention
from dashboard.http.callback_guard import guard_callbacks
from dashboard.http.compression import compress_answers
from dashboard.http.errors import answer_errors_as_json
from dashboard.http.headers import send_security_headers
from dashboard.http.log import log_requests
from dashboard.http.text_guard import refuse_unreadable

BODY_LIMIT_BYTES = 64 * 1024


def harden(app: Dash, *, image_origins: tuple[str, ...] = ()) -> None:
    """Applies all of it to an assembled app. image_origins: tile services that pages may show pictures from."""
    app.server.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT_BYTES
    compress_answers(app.server)
    log_requests(app.server)
    refuse_unreadable(app.server)
    guard_callbacks(app)
    watch_attention(app)
    answer_errors_as_json(app.server)
    send_security_headers(app, image_origins)
