"""`/suggestions/projects.xlsx`: the suggested projects of an area as a workbook."""

import io

import pandas as pd
from flask import Flask, Response, request

from analysis.projects.suggestion_rules import COMPONENTS, read_rules
from callbacks.project_links import suggestions
from callbacks.project_scene import ProjectScene
from callbacks.scene import Scene
from callbacks.selection import Selection
from callbacks.viewer import current_viewer
from data_access.store import IndicatorStore
from layouts.texts import Texts

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIELDS = ("area", "today", "lang")


def register_suggestion_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/suggestions/projects.xlsx")
    def workbook() -> Response:
        wish = {field: request.args[field] for field in _FIELDS if field in request.args}
        viewer = current_viewer()
        selection = Selection(area=store.home_area(viewer)).changed(wish)
        at = ProjectScene(Scene(selection, store, viewer))
        found, names = suggestions(at)
        file = io.BytesIO()
        table(found.listed, names, at.at.texts).to_excel(file, index=False, sheet_name="suggestions")
        response = Response(file.getvalue(), mimetype=_WORKBOOK)
        response.headers["Content-Disposition"] = 'attachment; filename="suggested-projects.xlsx"'
        response.headers["Cache-Control"] = "no-store"
        return response


def table(listed: pd.DataFrame, areas: dict[str, str], texts: Texts) -> pd.DataFrame:
    """One row per suggestion in the words of the screen; what a spreadsheet would run as a formula stays text."""
    rules = {rule.code: texts.name({"name_zh": rule.name_zh, "name_en": rule.name_en}) for rule in read_rules().rules}
    columns = {
        "rule": listed["rule"],
        texts("suggestions.title"): listed["rule"].map(rules),
        texts("attribute.project_type"): listed["project_type"],
        "area_code": listed["area_code"],
        texts("attribute.area_name"): listed["area_code"].map(areas),
        texts("suggestions.score"): listed["score"].round(1),
        texts("suggestions.basis"): listed["score_basis_pct"].round(0),
        **{texts(f"suggestions.{name}"): (100 * listed[name]).round(0) for name in COMPONENTS},
        texts("suggestions.problem_count"): listed["problems"],
        texts("suggestions.problem_codes"): listed["problem_codes"],
    }
    frame = pd.DataFrame(columns)
    texts_only = frame.select_dtypes(exclude="number").columns
    return frame.assign(**{name: frame[name].map(_harmless, na_action="ignore") for name in texts_only})


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else cell
