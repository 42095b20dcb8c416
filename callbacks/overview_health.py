"""How healthy the area is: the strip of headline figures and the conclusion by dimension."""

from typing import Any

from dash import html

from analysis.health import dimension_summary, movements
from callbacks.headline_figures import area_headlines, health_headlines, work_headlines
from callbacks.scene import Scene
from callbacks.taking import taking
from data_access.questions import CatalogueQuestion, DimensionGradesQuestion
from layouts.components.conclusion import conclusion
from layouts.components.headlines import headlines
from layouts.components.panel import joined, panel


def headline_strip(at: Scene) -> Any:
    return headlines([*area_headlines(at), *health_headlines(at), *work_headlines(at)])


def conclusion_panel(at: Scene) -> list[Any]:
    judged = at.judged(at.selection.period)
    dimensions = dimension_summary(judged, at.store.dimensions(CatalogueQuestion(viewer=at.viewer)))
    moved = movements(at.changes, at.catalogue)
    dimensions = dimensions.join(moved, on="dimension_code").fillna({"better": 0, "worse": 0})
    dimensions = dimensions.astype({"better": int, "worse": int})
    body = conclusion(at.formatter, dimensions, judged, _official_grades(at))
    place = html.Span(joined(at.area_name, at.formatter.period(at.selection.period)))
    return panel(at.texts("conclusion.title"), body, [place, taking(at, "profile", of_one=False)])


def _official_grades(at: Scene) -> dict[str, str]:
    grades = at.store.dimension_grades(DimensionGradesQuestion(area=at.area, viewer=at.viewer))
    here = grades[(grades["period"] == at.selection.period) & grades["grade"].notna()]
    return dict(zip(here["dimension_code"], here["grade"], strict=True))
