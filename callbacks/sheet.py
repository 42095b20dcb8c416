"""The area sheet: on the screen, and its Word file by /download/sheet.docx."""

from typing import Any

from dash import Dash, Input, Output

from callbacks.finished import MOMENT, finished
from callbacks.link import to_search
from callbacks.scene import Scene, scene
from callbacks.sheet_content import sheet_of
from data_access.questions import BoundariesQuestion
from data_access.store import IndicatorStore
from layouts.components.area_sheet import area_sheet
from layouts.components.inset import inset_map
from layouts.ids import SheetIds, ShellIds

NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))


def register(app: Dash, store: IndicatorStore) -> None:
    @app.callback(Output(SheetIds.SHEET, "children"), *NOW)
    def draw_sheet(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        return finished(at, "sheet", (*MOMENT, "theme", "density", "indicator"), lambda: _drawn(at))


def _drawn(at: Scene) -> Any:
    return area_sheet(at.texts, sheet_of(at), _inset(at), f"download/sheet.docx{to_search(at.selection)}")


def _inset(at: Scene) -> Any:
    """The area among its siblings; the whole among its parts."""
    home = at.path_codes[-2] if len(at.path_codes) > 1 else at.area
    shapes = at.store.boundaries(BoundariesQuestion(area=home, viewer=at.viewer))
    pairs = list(zip(shapes["area_code"], shapes["geometry"], strict=True))
    return inset_map(pairs, at.area, at.area_name)
