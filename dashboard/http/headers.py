"""Security headers: only our own scripts run, only our own pages frame the screen."""

from collections.abc import Sequence

from dash import Dash
from flask import Response


def send_security_headers(app: Dash, image_origins: tuple[str, ...]) -> None:
    """Sets the headers on every answer.

    Dash writes its clientside callbacks as inline scripts, so the policy names their hashes; they are known only
    once every callback is registered, hence computed with the first answer. Styles stay inline: Plotly and Mantine
    set them at run time.
    """
    policy: list[str] = []

    def add(response: Response) -> Response:
        if not policy:
            policy.append(_content_security_policy(app.csp_hashes(), image_origins))
        response.headers.setdefault("Content-Security-Policy", policy[0])
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    app.server.after_request(add)


def _content_security_policy(script_hashes: Sequence[str], image_origins: tuple[str, ...]) -> str:
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script_hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *image_origins],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
