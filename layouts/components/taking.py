"""What a panel lets one take away: its table, its chart as a picture, its citation."""

import json
from typing import Any

from dash import html

from layouts.ids import CorrelationIds
from layouts.texts import Texts

MAP = CorrelationIds.MAP
PLACED = {"areas": "places", "reach": "reach", "pattern": "pattern", "need": "need", "felt": "felt"}
"""The tables whose rows have boundaries to take along, and the file they are then in."""


def taking_menu(texts: Texts, table: str, search: str, citation: str, chart: str | None = None) -> html.Details:
    """table: of /download. search: the selection as a query string. chart: id of the graph or map in the panel.

    Pictures are made in the browser (assets/js/taking.js), with the citation below them.
    """
    items: list[Any] = [
        html.A(extension.upper(), href=f"download/{table}.{extension}{search}", className="menu__item", download="")
        for extension in ("csv", "xlsx")
    ]
    if table in PLACED:
        items += [
            html.A(label, href=f"download/{PLACED[table]}.{extension}{search}", className="menu__item", download="")
            for label, extension in (("GeoJSON", "geojson"), ("GeoPackage", "gpkg"))
        ]
    if chart == MAP:
        items += _map_pictures(f"download/map.svg{search}")
    elif chart:
        said = {"chart": chart, "caption": citation}
        items += [
            html.Button(
                kind.upper(), type="button", className="menu__item",
                **{"data-picture": json.dumps(said | {"format": kind}, ensure_ascii=False)},
            )
            for kind in ("png", "svg")
        ]  # fmt: skip
    items.append(html.Button(texts("export.cite"), type="button", className="menu__item", **{"data-copy": citation}))
    label = texts("export.menu")
    head = html.Summary("⤓", className="toggle", title=label, **{"aria-label": label})
    return html.Details([head, html.Div(items, className="menu__list")], className="menu menu--taking")


def _map_pictures(address: str) -> list[Any]:
    """The map comes from the server as SVG; assets/js/linked_map_picture.js draws it as PNG."""
    png = html.Button("PNG", type="button", className="menu__item", **{"data-map-picture": address})
    return [png, html.A("SVG", href=address, className="menu__item", download="")]
