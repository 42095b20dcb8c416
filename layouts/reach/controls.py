"""What is asked: which facilities, how people get there, and in how many minutes."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.picking import pick_button
from layouts.texts import Texts

Option = tuple[str, str | None, bool]
"""Label, what the link says when it is chosen, whether it is chosen."""


def controls(
    texts: Texts,
    facilities: Sequence[Option],
    modes: Sequence[Option],
    minutes: Sequence[Option],
    speed: str,
    back: dict[str, Any] | None,
) -> list[Any]:
    """back: the change of the selection that leads from one place back to all facilities; None where that is shown."""
    chosen = next((label for label, _, is_chosen in facilities if is_chosen), texts("reach.choose_layer"))
    items = [
        pick_button(label, {"reach": said}, "menu__item", **{"aria-current": str(is_chosen).lower()})
        for label, said, is_chosen in facilities
    ]
    menu = html.Details(
        [html.Summary(chosen, className="switch reach-facility"), html.Div(items, className="menu__list")],
        className="menu reach-menu",
    )
    return [
        _row(texts("reach.facility"), menu),
        _row(texts("reach.by"), _switches(modes)),
        _row(texts("reach.within"), _switches(minutes)),
        *(
            [
                _row(
                    texts("reach.from_place"),
                    html.Div(pick_button(texts("reach.clear_at"), back, "switch"), className="switches"),
                )
            ]
            if back
            else []
        ),
        html.P(speed, className="quiet reach-speed"),
    ]


def _row(label: str, control: Any) -> html.Div:
    return html.Div([html.Span(label, className="quiet"), control], className="reach-row")


def _switches(options: Sequence[Option]) -> html.Div:
    buttons = [
        pick_button(label, {"reach": said}, "switch", **{"aria-pressed": str(is_chosen).lower()})
        for label, said, is_chosen in options
    ]
    return html.Div(buttons, className="switches")
