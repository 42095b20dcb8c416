"""The button that takes the map along, as a PNG or on paper; assets/js/picture_*.js makes the picture."""

import json

from dash import html

from layouts.components.icon import icon
from layouts.texts import Texts


def picture_menu(texts: Texts, title: str, caption: str) -> html.Details:
    """title: what is shown, where and when. caption: definition, source and date, below the map."""
    words = {"km": texts("picture.km"), "m": texts("picture.m"), "north": texts("picture.north")}
    said = {"title": title, "caption": caption, "words": words}
    items = [
        html.Button(
            texts(f"picture.{kind}"),
            type="button",
            className="menu__item",
            **{"data-map-image": json.dumps(said | {"format": kind}, ensure_ascii=False)},
        )
        for kind in ("png", "print")
    ]
    label = texts("picture.menu")
    shown = [icon("download"), html.Span(texts("picture.short"))]
    head = html.Summary(shown, className="switch", title=label, **{"aria-label": label})
    return html.Details([head, html.Div(items, className="menu__list")], className="menu menu--taking menu--picture")
