"""What the map shows: the children or all areas of a level, which tiling, against which earlier period."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.picking import pick_button
from layouts.formatting import Formatter
from layouts.texts import Texts


def level_switch(texts: Texts, choices: Sequence[Mapping[str, Any]]) -> html.Div:
    """choices: rows with a level's name, the `changes` of the selection that show it, and whether it is `shown`."""
    return html.Div(
        [_button(texts.name(choice), choice["changes"], bool(choice["shown"])) for choice in choices],
        className="switches",
        title=texts("map.levels"),
    )


def compare_switch(formatter: Formatter, earlier: Sequence[str], compare: str | None) -> html.Details | None:
    """The change map: a menu of the earlier periods; None where there is none."""
    texts = formatter.texts
    if not earlier:
        return None
    shown = texts("map.change_since", period=formatter.period(compare)) if compare else texts("map.change_map")
    items = [_button(formatter.period(period), {"compare": period}, period == compare) for period in reversed(earlier)]
    if compare:
        items.insert(0, _button(texts("map.change_off"), {"compare": None}, False))
    menu = html.Div(items, className="menu-items")
    return html.Details([html.Summary(shown, className="switch"), menu], className="menu")


def _button(children: Any, changes: dict[str, Any], pressed: bool) -> html.Button:
    return pick_button(children, changes, "switch", **{"aria-pressed": str(pressed).lower()})
