"""The header, the page of the chosen view, the search: what every view shares."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, no_update
from dash.exceptions import PreventUpdate

from analysis.search import Entry, entry, find
from callbacks.ahead import Looked, kept_ahead
from callbacks.faults import FAULT, Panel, whole_or_parts
from callbacks.finished import finished
from callbacks.holding import holds
from callbacks.scene import Scene, hidden_chart, scene, text_px
from callbacks.selection import Selection
from callbacks.together import MARKUP
from callbacks.viewer import current_viewer
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.questions import AreasQuestion, CatalogueQuestion, PeriodsQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from layouts.components import header
from layouts.components.empty import empty_database
from layouts.components.markup import markup
from layouts.ids import ShellIds, selection_of
from layouts.texts import Texts, texts

Pages = Mapping[str, Callable[[Texts], Any]]
HEADER = ("view", "area", "indicator", "period", "lang", "theme")
"""The fields of the selection that the header shows."""
_LONGEST_QUERY = 60
_MOST_AHEAD = 3
"""So many of the areas found are drawn while the list is read."""
_MARKED = (
    ShellIds.TITLE,
    ShellIds.NAVIGATION,
    ShellIds.SECTIONS,
    ShellIds.BREADCRUMB,
    ShellIds.DATA_DATE,
    ShellIds.SWITCHES,
)
_OUTPUTS = (
    *(Output(part, MARKUP) for part in _MARKED),
    Output(ShellIds.CONTROLS, "data"),
)
_CONTROLS = (
    Output(ShellIds.PERIOD, "data"),
    Output(ShellIds.PERIOD, "value"),
    Output(ShellIds.PERIOD, "aria-label"),
    Output(ShellIds.SEARCH, "placeholder"),
    Output(ShellIds.NAVIGATION, "aria-label"),
    Output(ShellIds.BREADCRUMB, "aria-label"),
)
"""In the order in which assets/js/shell_pick.js writes them."""


def register(app: Dash, store: IndicatorStore, pages: Pages, groups: Mapping[str, str | None]) -> None:
    """pages: how each view is laid out, in the order of the navigation. groups: the group of each view, or None."""
    _register_clientside(app)

    @app.callback(Output(ShellIds.PAGE, "children"), Input(ShellIds.FRAME, "data"))
    def lay_out(frame: object) -> Any:
        return _page(frame, pages)

    @app.callback(
        *_OUTPUTS,
        Output(ShellIds.HEADER_FAULT, FAULT),
        Input(ShellIds.SELECTION, "data"),
        Input(ShellIds.FRESH, "data"),
    )
    def draw_header(selection: object, _fresh: object) -> Any:
        at = scene(selection, store)
        whole = partial(finished, at, "header", HEADER, lambda: _header(at, groups))
        values, faults = whole_or_parts(at, whole, partial(_parts, at, groups), _blank)
        if not any(faults.values()):
            holds()
            return [*values, None]
        return [*values, at.texts("header.failed")]

    @app.callback(
        Output(ShellIds.SEARCH_RESULTS, "children"),
        Input(ShellIds.SEARCH, "value"),
        State(ShellIds.SELECTION, "data"),
        State(ShellIds.SCREEN, "data"),
        prevent_initial_call=True,
    )
    def search(query: object, selection: object, screen: object) -> Any:
        if not isinstance(query, str | None) or len(query or "") > _LONGEST_QUERY:
            raise InvalidQuestion("a search is a short text")
        current, viewer = Selection.from_store(selection or {}), current_viewer()
        found = find(_entries(store, viewer), query or "")
        areas = tuple(one.code for one in found if one.kind == "area")[:_MOST_AHEAD]
        if areas and current.view == "overview":
            kept_ahead(app.server).tell(Looked(current, viewer, text_px(screen), hidden_chart(screen), areas))
        return header.search_results(texts(current.lang), found, query or "")


def _register_clientside(app: Dash) -> None:
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("address", "begin"), Output(ShellIds.LINK, "data"), Input(ShellIds.LINK, "id")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("address", "mirror"),
        Output(ShellIds.PROVIDER, "forceColorScheme"),
        Input(ShellIds.ADDRESS, "data"),
        State(ShellIds.SELECTION, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("address", "frame"),
        Output(ShellIds.FRAME, "data"),
        Input(ShellIds.SELECTION, "data"),
        State(ShellIds.FRAME, "data"),
    )
    followed = {"type": selection_of("")["type"], "view": MATCH}
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("address", "onPage"),
        Output(followed, "data"),
        Input(followed, "id"),
        State(ShellIds.SELECTION, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("screen", "measure"), Output(ShellIds.SCREEN, "data"), Input(ShellIds.SCREEN, "id")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("hover", "mark"),
        Input(ShellIds.MAP_HOVER, "data"),
        Input(ShellIds.SELECTION, "data"),  # two callbacks without output and with equal inputs would be one to Dash
        prevent_initial_call=True,
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("pick", "controls"), *_CONTROLS, Input(ShellIds.CONTROLS, "data")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("pick", "period"),
        Input(ShellIds.PERIOD, "value"),
        State(ShellIds.SELECTION, "data"),
        prevent_initial_call=True,
    )


def _page(frame: object, pages: Pages) -> Any:
    if frame is None:
        raise PreventUpdate
    if not isinstance(frame, dict) or not isinstance(frame.get("view"), str):
        raise InvalidQuestion("a frame names a view")
    words = texts(str(frame.get("lang")))
    if frame.get("empty"):
        return empty_database(words)
    if frame["view"] not in pages:
        raise UnknownCode("view", frame["view"])
    return [dcc.Store(id=selection_of(frame["view"])), pages[frame["view"]](words)]


def _header(at: Scene, groups: Mapping[str, str | None]) -> list[Any]:
    return [value for _, draw in _parts(at, groups) for value in draw()]


def _parts(at: Scene, groups: Mapping[str, str | None]) -> list[Panel]:
    """What fails alone, and how it is drawn; together the outputs of the header."""
    words, view = at.texts, at.selection.view
    marked = (
        lambda: header.title(words, _city(at), is_demo=at.is_demo),
        lambda: header.navigation(words, groups, view),
        lambda: header.sections(words, groups, view),
        lambda: header.breadcrumb(words, at.path, _levels(at)),
        lambda: _data_date(at),
        lambda: header.switches(words, at.selection.lang, at.selection.theme),
    )
    parts = [((output,), _marked(draw)) for output, draw in zip(_OUTPUTS, marked, strict=False)]
    return [*parts, (_OUTPUTS[len(parts) :], lambda: [_controls(at)])]


def _controls(at: Scene) -> dict[str, Any]:
    labels = {"period_label": "period", "search": "search", "views": "views", "path": "breadcrumb"}
    said = {control: at.texts(f"header.{name}") for control, name in labels.items()}
    return said | {"periods": _periods(at), "period": at.selection.period}


def _marked(draw: Callable[[], Any]) -> Callable[[], list[str]]:
    return lambda: [markup(draw())]


def _blank(output: Output, _at: Scene) -> Any:
    """What failed keeps what it says, a sentence has no room in the header; only the path would lead elsewhere."""
    return markup([]) if output.component_id == ShellIds.BREADCRUMB else no_update


def _city(at: Scene) -> str:
    contract = at.store.contract()
    return at.texts.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})


def _levels(at: Scene) -> dict[str, str]:
    levels = at.store.levels(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    return {str(row["level"]): at.texts.name(row) for row in levels}


def _data_date(at: Scene) -> Any:
    contract = at.store.contract()
    return header.data_date(at.formatter, contract.updated_at, contract.data_version)


def _periods(at: Scene) -> list[dict[str, str]]:
    """The indicator's periods, the latest first."""
    if at.selection.indicator is None:
        return []
    periods = at.store.periods(PeriodsQuestion(indicator=at.selection.indicator, viewer=at.viewer))
    return [{"value": period, "label": at.formatter.period(period)} for period in periods["period"][::-1]]


def _entries(store: IndicatorStore, viewer: Viewer) -> list[Entry]:
    """Everything that can be found, computed once per viewer and data version."""
    made = store.cache.json("search_entries", viewer, store.contract(), lambda: _make_entries(store, viewer))
    return [Entry(kind, code, zh, en, tuple(forms)) for kind, code, zh, en, forms in made]


def _make_entries(store: IndicatorStore, viewer: Viewer) -> list[list[Any]]:
    indicators = store.indicators(CatalogueQuestion(viewer=viewer))
    levels = store.levels(CatalogueQuestion(viewer=viewer))["level"]
    home = store.home_area(viewer)
    areas = [store.areas(AreasQuestion(level=level, viewer=viewer)) for level in levels] if home else []
    found = [_found("indicator", row) for row in indicators.to_dict("records")]
    for frame in areas:
        found += [_found("area", row) for row in frame.to_dict("records")]
    return [[one.kind, one.code, one.name_zh, one.name_en, list(one.forms)] for one in found]


def _found(kind: str, row: Mapping[Any, Any]) -> Entry:
    names = [row[column] if isinstance(row[column], str) else "" for column in ("name_zh", "name_en")]
    return entry(kind, row[f"{kind}_code"], *names)
