"""The problem view: one map and one ledger that filter each other, and the panels around them."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from analysis.problems.deadlines import deadlines
from callbacks import problem_cross, problem_ledger, problem_map, problem_panels, problem_watch
from callbacks.boundaries import kept_boundaries
from callbacks.finished import PLACE, finished_markup
from callbacks.problem_scene import ProblemScene, problem_scene
from data_access.errors import UnknownCode
from data_access.store import IndicatorStore
from layouts.components.panel import no_data
from layouts.ids import ProblemIds, ShellIds
from layouts.work.problem_card import problem_card

MARKUP = "data-markup"
LISTED = (*PLACE, "filter", "theme", "show", "period")
"""What the panels show depends on these fields of the selection, and on the day."""
NOW = (Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data"))
_PANELS = {
    ProblemIds.TRACKS: problem_panels.tracks_panel,
    ProblemIds.FUNNEL: problem_panels.funnel_panel,
    ProblemIds.DEPARTMENTS: problem_panels.departments_panel,
    ProblemIds.AREAS: problem_panels.areas_panel,
    ProblemIds.WATCH: problem_watch.watch_panel,
    ProblemIds.CROSS: problem_cross.cross_panel,
    ProblemIds.FACETS: problem_panels.facets_bar,
    ProblemIds.MAP_TITLE: problem_map.map_title,
}


def register(app: Dash, store: IndicatorStore) -> None:
    bundles = kept_boundaries(app.server, store)
    for panel_id, draw in _PANELS.items():
        _register_panel(app, store, panel_id, draw)

    @app.callback(Output(ProblemIds.PAINT, "data"), Output(ProblemIds.LEGEND, "children"), *NOW)
    def paint_map(selection: object, _fresh: object) -> tuple[Any, Any]:
        at = problem_scene(selection, store)
        return problem_map.paint(at, problem_map.problem_view(at, bundles), app.get_relative_path("/"))  # type: ignore[no-untyped-call]

    @app.callback(Output(ProblemIds.POINTS, "data"), *NOW)
    def send_points(selection: object, _fresh: object) -> dict[str, Any]:
        return problem_map.points(problem_scene(selection, store))

    @app.callback(Output(ProblemIds.CARD, "children"), *NOW)
    def show_card(selection: object, _fresh: object) -> Any:
        return _card(problem_scene(selection, store))

    @app.callback(
        Output(ProblemIds.LEDGER, "getRowsResponse"),
        Input(ProblemIds.LEDGER, "getRowsRequest"),
        State(ShellIds.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def send_rows(wanted: object, selection: object) -> dict[str, Any]:
        return problem_ledger.rows(problem_scene(selection, store), wanted)

    _register_clientside(app)


def _register_panel(app: Dash, store: IndicatorStore, panel_id: str, draw: Callable[[Any], Any]) -> None:
    @app.callback(Output(panel_id, MARKUP), *NOW)
    def draw_panel(selection: object, _fresh: object) -> str:
        at = problem_scene(selection, store)
        return finished_markup(at.at, panel_id, LISTED, lambda _: draw(at))


def _register_clientside(app: Dash) -> None:
    selection = State(ShellIds.SELECTION, "data")
    for function, inputs in (
        ("paint", [Input(ProblemIds.PAINT, "data")]),
        ("points", [Input(ProblemIds.POINTS, "data")]),
        ("refresh", [*NOW]),
        ("open", [Input(ProblemIds.LEDGER, "cellClicked"), selection]),
        ("search", [Input(ProblemIds.SEARCH, "value"), selection]),
    ):
        app.clientside_callback(ClientsideFunction("problems", function), *inputs, prevent_initial_call=True)  # type: ignore[no-untyped-call]


def _card(at: ProblemScene) -> Any:
    if at.problem is None:
        return None
    scene = at.at
    try:
        found = scene.store.problem(problem_map.asked_problem(at))
    except UnknownCode:
        return no_data(scene.texts("problem_card.unknown", code=at.problem))
    row: Any = found.to_dict("records")[0]
    timing: Any = deadlines(found, scene.today).to_dict("records")[0]
    codes = [row["lead_department_code"], *str(row["support_department_codes"] or "").split(";")]
    names = [at.departments[code.strip()] for code in codes if isinstance(code, str) and code.strip() in at.departments]
    projects = problem_map.answering_projects(at, at.problem)
    return problem_card(scene.formatter, row, timing, names, projects, at.chosen)
