"""Panels that always change together are drawn by one callback.

In the browser a callback costs some ten milliseconds of Dash's bookkeeping, more than a finished panel costs the
server; and panels drawn together share one scene, so that what they all need is worked out once (ADR 0007). Each of
them fails alone: see callbacks.faults.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dash import Dash, Input, Output, no_update

from callbacks.faults import drawn_or_faulty, fault_output
from callbacks.finished import finished, finished_markup
from callbacks.following import now
from callbacks.holding import holds
from callbacks.scene import Scene, hidden_chart, scene, text_px
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import ShellIds

MARKUP = "data-markup"


@dataclass(frozen=True)
class Part:
    """Outputs and what is written into them, given the scene and the size of small text in pixels."""

    outputs: tuple[Output, ...]
    draw: Callable[[Scene, int], Sequence[Any]]


def draw_together(app: Dash, store: IndicatorStore, view: str, parts: Sequence[Part]) -> None:
    """Registers one callback for parts of a view; it follows the selection, new data and the size of the text."""

    @app.callback(
        [output for part in parts for output in (*part.outputs, fault_output(part.outputs))],
        *now(view),
        Input(ShellIds.SCREEN, "data"),
    )
    def draw_panels(selection: object, _fresh: object, screen: object) -> list[Any]:
        at, size, hidden = scene(selection, store), text_px(screen), hidden_chart(screen)
        panels = [(part.outputs, drawing(part, at, size, hidden)) for part in parts]
        values, has_fault = drawn_or_faulty(at, panels)
        if not has_fault:
            holds()
        return values


def drawing(part: Part, at: Scene, size: int, hidden: str | None) -> Callable[[], Sequence[Any]]:
    """How a part is drawn; the chart that has no place on the screen is not."""
    is_hidden = any(output.component_id == hidden for output in part.outputs)
    return (lambda: [no_update for _ in part.outputs]) if is_hidden else partial(part.draw, at, size)


def panel_part(panel: str, depends_on: tuple[str, ...], draw: Callable[[Scene], Any]) -> Part:
    """A panel of markup, kept under the fields of the selection that it depends on."""
    return Part((Output(panel, MARKUP),), lambda at, _size: [finished_markup(at, panel, depends_on, draw)])


def chart_part(title: str, graph: str, depends_on: tuple[str, ...], draw: Callable[[Scene, int], Any]) -> Part:
    """A figure with the panel head above it; `draw` gives both."""

    def drawn(at: Scene, size: int) -> Any:
        head, figure = draw(at, size)
        return markup(head), figure

    return Part(
        (Output(title, MARKUP), Output(graph, "figure")),
        lambda at, size: finished(at, graph, depends_on, lambda: drawn(at, size), size),
    )
