"""The area sheet on the screen; its files come by /download/sheet.pdf and .docx."""

from typing import Any

from dash import Dash, Output

from callbacks.finished import CHART, finished
from callbacks.following import now
from callbacks.link import to_search
from callbacks.opinions import area_opinions
from callbacks.scene import Scene, scene
from callbacks.scoring import current_scoring
from callbacks.sheet_content import sheet_of
from callbacks.taking import citation
from data_access.questions import BoundariesQuestion
from data_access.store import IndicatorStore
from layouts.components.area_sheet import area_sheet
from layouts.components.inset import inset_map
from layouts.components.markup import markup
from layouts.components.panel import joined
from layouts.ids import SheetIds

NOW = now("sheet")


def register(app: Dash, store: IndicatorStore) -> None:
    @app.callback(Output(SheetIds.SHEET, "data-markup"), *NOW)
    def draw_sheet(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        said = area_opinions(at).to_json(orient="values")  # not of the data version: new ones make a new sheet
        return finished(at, "sheet", (*CHART, "density", "today"), lambda: _drawn(at), current_scoring(), said)


def inset_shapes(at: Scene) -> list[tuple[str, Any]]:
    """Code and boundary of the area and its siblings; of the parts of the whole."""
    home = at.path_codes[-2] if len(at.path_codes) > 1 else at.area
    shapes = at.store.boundaries(BoundariesQuestion(area=home, viewer=at.viewer))
    return list(zip(shapes["area_code"].astype(str), shapes["geometry"], strict=True))


def _drawn(at: Scene) -> str:
    inset = inset_map(inset_shapes(at), at.area, at.area_name)
    cited = joined(at.texts("sheet.title", area=at.area_name), citation(at, of_one=False))
    return markup(area_sheet(at.texts, sheet_of(at), inset, to_search(at.selection), cited))
