"""Panels that always change together are drawn by one callback.

In the browser a callback costs some ten milliseconds of Dash's bookkeeping, more than a finished panel costs the
server; and panels drawn together share one scene, so that what they all need is worked out once (ADR 0007).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import Dash, Input, Output

from callbacks.finished import finished, finished_markup
from callbacks.scene import Scene, scene, text_px
from data_access.store import IndicatorStore
from layouts.components.markup import markup
from layouts.ids import ShellIds

MARKUP = "data-markup"


@dataclass(frozen=True)
class Part:
    """Outputs and what is written into them, given the scene and the size of small text in pixels."""

    outputs: tuple[Output, ...]
    draw: Callable[[Scene, int], Sequence[Any]]


def draw_together(app: Dash, store: IndicatorStore, parts: Sequence[Part]) -> None:
    """Registers one callback for all parts; it follows the selection, the arrival of new data and the text's size."""

    @app.callback(
        [output for part in parts for output in part.outputs],
        Input(ShellIds.SELECTION, "data"),
        Input(ShellIds.FRESH, "data"),
        Input(ShellIds.SCREEN, "data"),
    )
    def draw_panels(selection: object, _fresh: object, screen: object) -> list[Any]:
        at, size = scene(selection, store), text_px(screen)
        return [value for part in parts for value in part.draw(at, size)]


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
