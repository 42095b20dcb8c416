"""The problem view: one map and one ledger that filter each other, and the panels around them."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from analysis.problems.deadlines import deadlines
from callbacks import problem_cross, problem_ledger, problem_map, problem_panels, problem_watch
from callbacks.boundaries import kept_boundaries
from callbacks.city_box import city_box, is_outside
from callbacks.finished import PLACE
from callbacks.following import now
from callbacks.problem_scene import ProblemScene, problem_scene, problems_at
from callbacks.together import Part, draw_together, panel_part
from callbacks.work_map import map_part
from data_access.errors import UnknownCode
from data_access.geometry.bundles import BoundaryBundles
from data_access.store import IndicatorStore
from layouts.components.panel import no_data
from layouts.ids import ProblemIds, ShellIds
from layouts.work.problem_card import problem_card

LISTED = (*PLACE, "filter", "theme", "show", "period")
"""What the panels show depends on these fields of the selection, and on the day."""
NOW = now("problems")
_BESIDE_THE_MAP = {ProblemIds.FACETS: problem_panels.facets_bar, ProblemIds.MAP_TITLE: problem_map.map_title}
_SOLVING = {
    ProblemIds.TRACKS: problem_panels.tracks_panel,
    ProblemIds.FUNNEL: problem_panels.funnel_panel,
    ProblemIds.DEPARTMENTS: problem_panels.departments_panel,
    ProblemIds.AREAS: problem_panels.areas_panel,
}


def register(app: Dash, store: IndicatorStore) -> None:
    for parts in drawn_parts(kept_boundaries(app.server, store), app.get_relative_path("/")):  # type: ignore[no-untyped-call]
        draw_together(app, store, "problems", parts)

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


def drawn_parts(bundles: BoundaryBundles, address: str) -> list[list[Part]]:
    """Panels that one callback draws: the map, the filters, how problems are solved, the look back, the table."""
    area_map = map_part(
        ProblemIds,
        LISTED,
        address,
        lambda at: problem_map.paint(problems_at(at), bundles, address),
        lambda at: problem_map.points(problems_at(at)),
    )
    watch = _panel(ProblemIds.WATCH, problem_watch.watch_panel)
    cross = _panel(ProblemIds.CROSS, problem_cross.cross_panel)
    return [[area_map], _panels(_BESIDE_THE_MAP), _panels(_SOLVING), [watch], [cross]]


def _panels(drawn: Mapping[ProblemIds, Callable[[ProblemScene], Any]]) -> list[Part]:
    return [_panel(panel, draw) for panel, draw in drawn.items()]


def _panel(panel: str, draw: Callable[[ProblemScene], Any]) -> Part:
    return panel_part(panel, LISTED, lambda at: draw(problems_at(at)))


def _register_clientside(app: Dash) -> None:
    selection = State(ShellIds.SELECTION, "data")
    for function, inputs in (
        ("paint", [Input(ProblemIds.PAINT, "data")]),
        ("points", [Input(ProblemIds.POINTS, "data")]),
        ("refresh", [Input(ShellIds.SELECTION, "data"), Input(ShellIds.FRESH, "data")]),
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
    found.loc[is_outside(found, city_box(scene.store)), "location_quality"] = "outside"
    row: Any = found.to_dict("records")[0]
    timing: Any = deadlines(found, scene.today).to_dict("records")[0]
    codes = [row["lead_department_code"], *str(row["support_department_codes"] or "").split(";")]
    names = [at.departments[code.strip()] for code in codes if isinstance(code, str) and code.strip() in at.departments]
    projects = problem_map.answering_projects(at, at.problem)
    return problem_card(scene.formatter, row, timing, names, projects, at.chosen)
