"""What the header says: title, views, the way down, switches."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from analysis.search import Entry
from layouts.components.explained import explained
from layouts.components.icon import icon
from layouts.components.picking import pick_button, pick_data
from layouts.formatting import Formatter
from layouts.texts import Texts

_NEXT_LANGUAGE = {"zh_CN": "en", "en": "zh_CN"}
_NEXT_THEME = {"dark": "light", "light": "dark"}
_THEME_ICON = {"dark": "sun", "light": "moon"}


def screen_name(texts: Texts, city: str) -> str:
    """Of the whole screen; a database whose packages name no city is called by what it is."""
    return texts("app.title", city=city) if city else texts("app.name")


def title(texts: Texts, city: str, *, is_demo: bool) -> list[Any]:
    heading = html.H1(screen_name(texts, city))
    mark = explained(texts("app.demo"), [("", texts("app.demo_note"))], "demo-mark")
    return [heading, mark] if is_demo else [heading]


def navigation(texts: Texts, groups: Mapping[str, str | None], current: str) -> list[Any]:
    """groups: every view in order, with its group or None. Views of one group share an entry that opens the first."""
    entries: dict[str, str] = {}
    for view in groups:
        entries.setdefault(_entry(groups, view), view)
    here = _entry(groups, current)
    return [_view_link(texts, entry, view, is_here=entry == here) for entry, view in entries.items()]


def _entry(groups: Mapping[str, str | None], view: str) -> str:
    """The name of a view's entry in the catalogue."""
    return f"group.{groups[view]}" if groups.get(view) else f"view.{view}"


def _view_link(texts: Texts, entry: str, view: str, *, is_here: bool) -> html.Button:
    """The full name, and a short one for where eight of them stand in little room."""
    name, short = texts(entry), f"{entry}.short"
    names = [
        html.Span(name, className="view-link__name"),
        html.Span(texts(short) if texts.has(short) else name, className="view-link__short"),
    ]
    return pick_button(names, {"view": view}, "view-link", **({"aria-current": "page"} if is_here else {}))


def sections(texts: Texts, groups: Mapping[str, str | None], current: str) -> list[Any]:
    """The views that share the current one's entry, side by side; nothing where it stands alone."""
    group = groups.get(current)
    members = [view for view, one in groups.items() if group and one == group]
    if len(members) < 2:  # noqa: PLR2004
        return []
    buttons = [
        pick_button(texts(f"view.{view}"), {"view": view}, "switch", **{"aria-pressed": str(view == current).lower()})
        for view in members
    ]
    return [html.Div(buttons, className="switches")]


def breadcrumb(texts: Texts, path: pd.DataFrame, levels: Mapping[str, str]) -> list[Any]:
    """path: rows from the root to the area; all but the last are buttons that climb. levels: the name of each level."""
    crumbs = [
        _crumb(texts, row, levels.get(row["level"], ""), is_last=place == len(path) - 1)
        for place, row in enumerate(path.to_dict("records"))
    ]
    return [html.Ol(crumbs, className="breadcrumb")]


def _crumb(texts: Texts, row: dict[Any, Any], level: str, *, is_last: bool) -> html.Li:
    """On the way down an English name does without its level (`Gudu District` is `Gudu`): the order says it."""
    name = texts.name(row)
    if is_last:
        return html.Li(html.Span(name, title=name, **{"aria-current": "location"}))
    changes = {"area": row["area_code"]}
    short = name.removesuffix(f" {level}") if level else name
    return html.Li(pick_button(short, changes, "crumb", title=name), className="crumb-target", **pick_data(**changes))


def data_date(formatter: Formatter, updated_at: str | None, version: int) -> Any:
    texts = formatter.texts
    day = formatter.day(updated_at)
    note = texts("header.data_date_note", version=version)
    return explained(texts("header.data_date", day=day), [("", note)])


def switches(texts: Texts, language: str, theme: str) -> list[Any]:
    label = texts("header.to_light" if theme == "dark" else "header.to_dark")
    hint = texts("header.switch_language")
    return [
        pick_button(
            texts("header.language"),
            {"lang": _NEXT_LANGUAGE[language]},
            "switch",
            **{"aria-label": hint, "title": hint},
        ),
        pick_button(
            icon(_THEME_ICON[theme]), {"theme": _NEXT_THEME[theme]}, "switch", **{"aria-label": label, "title": label}
        ),
    ]


def search_results(texts: Texts, found: Sequence[Entry], query: str) -> list[Any]:
    if not found:
        return [html.P(texts("header.nothing_found", query=query), className="no-data")] if query.strip() else []
    return [_result(texts, one) for one in found]


def _result(texts: Texts, one: Entry) -> html.Button:
    name = texts.name({"name_zh": one.name_zh, "name_en": one.name_en})
    return html.Button(
        [
            html.Span(name, className="search__name"),
            html.Span(texts(f"header.found_{one.kind}"), className="search__kind"),
            html.Span(one.code, className="search__code"),
        ],
        type="button",
        className="search__result",
        role="option",
        **pick_data(**{one.kind: one.code}),
    )
