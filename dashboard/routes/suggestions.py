"""`/suggestions/projects.xlsx` and `.gpkg`: the suggested projects of an area, to be accepted by taking them away."""

import io

import geopandas
import pandas as pd
import pyogrio
import shapely
from flask import Flask, Response, request

from analysis.projects.suggestion_rules import COMPONENTS
from callbacks.project_scene import ProjectScene
from callbacks.scene import Scene
from callbacks.selection import Selection
from callbacks.suggesting import current_rules, suggestions
from callbacks.taking import citation
from callbacks.viewer import current_viewer
from dashboard.exports.table import Table
from dashboard.exports.writing import xlsx_bytes
from dashboard.routes.download import XLSX
from dashboard.routes.selected import attached
from data_access.questions import BoundariesQuestion
from data_access.store import IndicatorStore
from layouts.texts import Texts

_GEOPACKAGE = "application/geopackage+sqlite3"
_FIELDS = ("area", "today", "lang", "period")
_CRS = "EPSG:4490"


def register_suggestion_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/suggestions/projects.xlsx")
    def workbook() -> Response:
        at = _asked(store)
        found, names = suggestions(at)
        words = at.at.texts
        listed = Table(
            "suggested-projects",
            table(found.listed, names, words),
            {words("export.about_table"): citation(at.at, of_one=False)},
        )
        body = xlsx_bytes(listed, words("export.sheet_data"), words("export.sheet_about"))
        return attached(Response(body, mimetype=XLSX), f"{listed.name}.xlsx")

    @server.get("/suggestions/projects.gpkg")
    def geopackage() -> Response:
        at = _asked(store)
        found, names = suggestions(at)
        return attached(Response(_package(at, found.listed, names), mimetype=_GEOPACKAGE), "suggested-projects.gpkg")


def _asked(store: IndicatorStore) -> ProjectScene:
    viewer = current_viewer()
    wish = {field: request.args[field] for field in _FIELDS if field in request.args}
    return ProjectScene(Scene(Selection(area=store.home_area(viewer)).changed(wish), store, viewer))


def table(listed: pd.DataFrame, areas: dict[str, str], texts: Texts) -> pd.DataFrame:
    """One row per suggestion in the words of the screen."""
    rules = {
        rule.code: texts.name({"name_zh": rule.name_zh, "name_en": rule.name_en}) for rule in current_rules().rules
    }
    columns = {
        texts("suggestions.rule"): listed["rule"],
        texts("suggestions.title"): listed["rule"].map(rules),
        texts("attribute.project_type"): listed["project_type"],
        texts("attribute.area_code"): listed["area_code"],
        texts("attribute.area_name"): listed["area_code"].map(areas),
        texts("suggestions.score"): listed["score"].round(1),
        texts("suggestions.basis"): listed["score_basis_pct"].round(0),
        **{texts(f"suggestions.{name}"): (100 * listed[name]).round(0) for name in COMPONENTS},
        texts("suggestions.problem_count"): listed["problems"],
        texts("suggestions.problem_codes"): listed["problem_codes"],
    }
    return pd.DataFrame(columns)


def _package(at: ProjectScene, listed: pd.DataFrame, names: dict[str, str]) -> bytes:
    """Every suggestion with the boundary of its area; the contract's English column names, for any GIS."""
    rules = {rule.code: rule for rule in current_rules().rules}
    rows = listed.assign(
        rule_name_zh=listed["rule"].map(lambda code: rules[code].name_zh),
        rule_name_en=listed["rule"].map(lambda code: rules[code].name_en),
        area_name=listed["area_code"].map(names),
        geometry=listed["area_code"].map(_shapes(at)),
    )
    file = io.BytesIO()
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=_CRS)
    pyogrio.write_dataframe(frame, file, driver="GPKG", layer="suggested_project", promote_to_multi=True)
    return file.getvalue()


def _shapes(at: ProjectScene) -> dict[str, shapely.Geometry]:
    """Boundaries of the parts of the area, and of the area itself among its siblings."""
    scene = at.at
    shapes = [scene.store.boundaries(BoundariesQuestion(area=scene.area, viewer=scene.viewer))]
    if len(scene.path_codes) > 1:
        shapes.append(scene.store.boundaries(BoundariesQuestion(area=scene.path_codes[-2], viewer=scene.viewer)))
    return {row["area_code"]: row["geometry"] for frame in shapes for row in frame.to_dict("records")}
