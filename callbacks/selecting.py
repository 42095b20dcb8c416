"""The one writer of the selection: links, clicks and new data come in, one selection and its address go out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from callbacks.link import from_search, to_search
from callbacks.resolving import Replaced, resolve
from callbacks.selection import Selection
from callbacks.viewer import current_viewer
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.questions import AreaPathQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from layouts.components.header import screen_name
from layouts.components.notice import notice
from layouts.ids import ShellIds
from layouts.texts import DEFAULT_LANGUAGE, Language, Texts, texts

_DRILLING = ("drill", "climb", "select")


def register(app: Dash, store: IndicatorStore, views: Sequence[str], language: Language = DEFAULT_LANGUAGE) -> None:
    """views: codes of the views there are; the first is shown where a link names none of them.

    language: of a first visit.
    """

    @app.callback(
        Output(ShellIds.SELECTION, "data"),
        Output(ShellIds.ADDRESS, "data"),
        Output(ShellIds.NOTICE, "children"),
        Input(ShellIds.LINK, "data"),
        Input(ShellIds.PICK, "data"),
        Input(ShellIds.MAP_EVENT, "data"),
        Input(ShellIds.FRESH, "data"),
        State(ShellIds.SELECTION, "data"),
    )
    def choose(link: object, pick: object, event: object, _fresh: object, current: object) -> tuple[Any, Any, Any]:
        viewer = current_viewer()
        came_by_link = current is None or ctx.triggered_id == ShellIds.LINK
        if came_by_link:
            wish, ignored = from_search(_search(link), language)
        else:
            wish, ignored = _wish(Selection.from_store(current), pick, event, store, viewer), []
        found, replaced = resolve(wish, store, viewer)
        if found.view not in views:
            replaced.append(Replaced("view", found.view, views[0]))
            found = replace(found, view=views[0])
        if ctx.triggered_id in {ShellIds.PICK, ShellIds.MAP_EVENT}:
            _refuse_unknown(replaced)
        words = texts(found.lang)
        said = notice(words, _sentences(replaced, ignored, store, viewer, words))
        data = found.to_store()
        return no_update if data == current else data, _address(found, store, words, came_by_link), said


def _search(link: object) -> str:
    search = link.get("search") if isinstance(link, dict) else ""
    if not isinstance(search, str):
        raise InvalidQuestion("a link has a query string")
    return search


def _wish(current: Selection, pick: object, event: object, store: IndicatorStore, viewer: Viewer) -> Selection:
    match ctx.triggered_id:
        case ShellIds.PICK:
            return _picked(current, pick, store, viewer)
        case ShellIds.MAP_EVENT:
            return _moved(current, event, store, viewer)
    return current


def _picked(current: Selection, pick: object, store: IndicatorStore, viewer: Viewer) -> Selection:
    """pick: {field: value, …} with the fields of Selection, or {climb: true}; `seq` only tells two clicks apart."""
    if not isinstance(pick, dict):
        raise InvalidQuestion("a pick is an object")
    changes = {field: value for field, value in pick.items() if field != "seq"}
    if changes.pop("climb", False):
        changes["area"] = _parent(current, store, viewer)
    if not changes.keys() <= Selection.__dataclass_fields__.keys():
        raise InvalidQuestion("a pick changes fields of the selection")
    if changes.get("area", current.area) != current.area:
        changes = {"level": None, "partition": None, "cim_object": None} | changes
    return current.changed(changes)


def _moved(current: Selection, event: object, store: IndicatorStore, viewer: Viewer) -> Selection:
    """event: {type: drill | climb | select, area, seq}, from the map."""
    if not isinstance(event, dict) or event.get("type") not in _DRILLING:
        raise InvalidQuestion("a map event is a drill, a climb or a select")
    if event["type"] == "climb":
        return _picked(current, {"climb": True}, store, viewer)
    return _picked(current, {"area": event.get("area")}, store, viewer)


def _parent(current: Selection, store: IndicatorStore, viewer: Viewer) -> str | None:
    """One step up, and no further than the viewer sees."""
    if current.area is None:
        return None
    path = store.area_path(AreaPathQuestion(area=current.area, viewer=viewer))["area_code"].to_list()
    return str(path[-2]) if len(path) > 1 else current.area


def _refuse_unknown(replaced: list[Replaced]) -> None:
    for one in replaced:
        if one.field in {"area", "indicator", "view"}:
            raise UnknownCode(one.field, one.asked)


def _sentences(
    replaced: list[Replaced], ignored: list[str], store: IndicatorStore, viewer: Viewer, words: Texts
) -> list[str]:
    sentences = [words("notice.bad_link", parts=", ".join(ignored))] if ignored else []
    for one in replaced:
        sentences.append(
            words(
                f"notice.unknown_{one.field}",
                code=one.asked,
                name=_shown_name(one, store, viewer, words),
                period=one.shown,
            )
        )
    return sentences


def _shown_name(one: Replaced, store: IndicatorStore, viewer: Viewer, words: Texts) -> str:
    if one.shown is None:
        return "—"
    if one.field == "view":
        return words(f"view.{one.shown}")
    if one.field == "area":
        return words.name(store.area_path(AreaPathQuestion(area=one.shown, viewer=viewer)).iloc[-1])
    if one.field == "indicator":
        catalogue = store.indicators(CatalogueQuestion(viewer=viewer)).set_index("indicator_code")
        return words.name(catalogue.loc[one.shown])
    return one.shown


def _address(found: Selection, store: IndicatorStore, words: Texts, came_by_link: bool) -> dict[str, Any]:
    """What assets/js/shell_address.js mirrors: a link replaces its own entry of the history, a click adds one."""
    contract = store.contract()
    city = words.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})
    return {
        "search": to_search(found),
        "replace": came_by_link,
        "title": screen_name(words, city),
        "lang": words.html_lang,
        "density": found.density,
        "theme": found.theme,
    }
