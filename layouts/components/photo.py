"""Photos by their address: our own are shown, those of other servers are a link; pages load nothing from elsewhere."""

from typing import Any
from urllib.parse import urlsplit

from dash import html

from layouts.texts import Texts

_WEB = frozenset({"http", "https"})


def web_address(text: object) -> str | None:
    """The address where it leads to a web page; None for anything that would run or read something."""
    if not isinstance(text, str) or any(character.isspace() or ord(character) < 32 for character in text):  # noqa: PLR2004
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in _WEB and parts.hostname else None


def photo(texts: Texts, url: object) -> list[Any]:
    """One element, none for what is no address of a picture."""
    if isinstance(url, str) and url.startswith("/") and not url.startswith("//"):
        return [html.Img(src=url, alt=texts("problem_card.photo"), className="card__photo")]
    if web_address(url):
        away = {"target": "_blank", "rel": "noopener noreferrer"}
        return [html.A(texts("object.photo"), href=url, className="card__link", **away)]
    return []
