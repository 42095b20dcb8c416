"""Area sheet (体检报告单): one page per area."""

from dash import html

from layouts.ids import SheetIds
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The content comes from callbacks/sheet.py."""
    waiting = html.P(texts("sheet.preparing"), className="sheet-desk no-data")
    return html.Div(waiting, id=SheetIds.SHEET, className="sheet-view", **{"data-preparing": texts("sheet.preparing")})
