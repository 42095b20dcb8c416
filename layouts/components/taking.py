"""What a panel lets one take away: its table, its chart as a picture, its citation."""

import json
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.ids import CorrelationIds
from layouts.texts import Texts

MAP = CorrelationIds.MAP
PLACED = {"areas": "places", "mapped": "mapped", "reach": "reach", "pattern": "pattern", "need": "need", "felt": "felt"}
"""The tables whose rows have boundaries to take along, and the file they are then in."""
EVERYTHING_FROM = "mapped"
"""The table whose menu also offers all indicators of its areas."""


def taking_menu(
    texts: Texts, table: str, search: str, citation: str, chart: str | None = None, drawing: str | None = None
) -> html.Details:
    """table: of /download. search: the selection as a query string. chart: id of the graph or map in the panel.

    Pictures of charts and panels are made in the browser (assets/js/taking.js), with the citation below them. drawing:
    the SVG of /download that stands for a panel without a chart; if not said, the table set as a picture.
    """
    items: list[Any] = [_file(texts, table, extension, search) for extension in ("csv", "xlsx")]
    if table in PLACED:
        items += [_file(texts, PLACED[table], extension, search) for extension in ("geojson", "gpkg")]
    if chart == MAP:
        items += _map_pictures(texts, f"download/map.svg{search}")
    elif chart:
        said = {"chart": chart, "caption": citation}
        items += [
            html.Button(
                texts(f"format.{kind}"), type="button", className="menu__item",
                **{"data-picture": json.dumps(said | {"format": kind}, ensure_ascii=False)},
            )
            for kind in ("png", "svg")
        ]  # fmt: skip
    elif table != EVERYTHING_FROM:  # the map has its own menu of pictures
        picture = {"data-panel-picture": json.dumps({"caption": citation}, ensure_ascii=False)}
        items.append(html.Button(texts("format.png"), type="button", className="menu__item", **picture))
        items.append(_file(texts, drawing or table, "svg", search))
    if table == EVERYTHING_FROM:
        items.append(_everything(texts, search))
    items.append(cite_button(texts, citation, "menu__item"))
    label = texts("export.menu")
    head = html.Summary(icon("download"), className="toggle", title=label, **{"aria-label": label})
    return html.Details(
        [head, html.Div(items, className="menu__list")], className="menu menu--taking", **{"data-later": ""}
    )


def cite_button(texts: Texts, citation: str, class_name: str) -> html.Button:
    """Copies the citation and the address of the screen, and says that it has."""
    said = {"data-copy": citation, "data-copied": texts("export.copied")}
    return html.Button(texts("export.cite"), type="button", className=class_name, **said)


def _file(texts: Texts, name: str, extension: str, search: str) -> html.A:
    address = f"download/{name}.{extension}{search}"
    return html.A(texts(f"format.{extension}"), href=address, className="menu__item", download="")


def _everything(texts: Texts, search: str) -> html.A:
    """All indicators of the areas on the map: perhaps very many rows, so assets/js/taking_long.js says how far."""
    said = {
        "data-progress": texts("export.progress_share", share="%share%"),
        "data-failed": texts("export.failed"),
    }
    return html.A(
        texts("export.all_indicators"),
        href=f"download/selection.csv{search}",
        className="menu__item",
        download="",
        **said,
    )


def _map_pictures(texts: Texts, address: str) -> list[Any]:
    """The map comes from the server as SVG; assets/js/linked_map_picture.js draws it as PNG."""
    png = html.Button(texts("format.png"), type="button", className="menu__item", **{"data-map-picture": address})
    return [png, html.A(texts("format.svg"), href=address, className="menu__item", download="")]
