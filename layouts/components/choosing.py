"""A choice of one among several, folded into a menu that says what is chosen."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.picking import pick_button

Choice = tuple[str, dict[str, Any], bool]
"""What it is called, the change of the selection, whether it is the present one."""


def choice_menu(name: str, choices: Sequence[Choice], **attributes: str) -> html.Details:
    """name: what is chosen; the present choice stands beside it. attributes: of the menu."""
    current = next((label for label, _, is_current in choices if is_current), "—")
    items = [
        pick_button(label, changes, "menu__item", **{"aria-current": str(is_current).lower()})
        for label, changes, is_current in choices
    ]
    said = [html.Span(name, className="choice__name"), html.Span(current, className="choice__current")]
    head = html.Summary(said, className="toggle choice", title=f"{name}: {current}")
    return html.Details([head, html.Div(items, className="menu__list")], className="menu", **attributes)


def choice_row(choices: Sequence[Choice]) -> list[Any]:
    """The same side by side, for two or three that matter."""
    return [
        pick_button(label, changes, "toggle", **{"aria-pressed": str(is_current).lower()})
        for label, changes, is_current in choices
    ]
