"""A panel, or a part of the header or the map, whose drawing fails: it says so itself, calmly, and holds up no other.

What is wrong with the selection (4xx) and a database that is away (503) concern every panel alike and are left to the
edge.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from dash import Output, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.scene import Scene
from callbacks.today import current_time
from data_access.errors import DataAccessError, DatabaseUnavailable
from layouts.components.markup import markup
from layouts.components.panel import no_data
from layouts.figures.frame import empty_figure
from layouts.ids import ShellIds

LOG = logging.getLogger("cityvitals.panels")
Draw = Callable[[], Sequence[Any]]
Panel = tuple[Sequence[Output], Draw]
Tried = tuple[list[Any], str | None]
"""What a panel's outputs become, and its fault."""
Blank = Callable[[Output, Scene], Any]
"""What an output becomes that failed after a click."""
FAULT, MARKUP, FIGURE = "data-fault", "data-markup", "figure"


def fault_output(outputs: Sequence[Output]) -> Output:
    """Where a panel's fault is written; assets/js/shell_connection.js asks again while there is one."""
    return Output(outputs[0].component_id, FAULT)


def drawn_or_faulty(at: Scene, panels: Sequence[Panel]) -> tuple[list[Any], bool]:
    """What the outputs of all panels become, each panel's fault or None behind its own; and whether any has one."""
    tried = _attempts(at, panels, without_content)
    return [value for drawn, fault in tried for value in (*drawn, fault)], any(fault for _, fault in tried)


def whole_or_parts(
    at: Scene, whole: Draw, parts: Callable[[], Sequence[Panel]], blank: Blank
) -> tuple[list[Any], dict[Any, str | None]]:
    """For what is drawn and kept as one: its parts are tried one by one only where the whole fails.

    Gives the values of all outputs, one after the other, as `whole` does; and the fault of each part by the id of its
    first output, nothing where the whole was drawn.
    """
    try:
        return [*whole()], {}
    except (DataAccessError, PreventUpdate):
        raise
    except Exception:
        panels = parts()
        tried = _attempts(at, panels, blank)
        values = [value for drawn, _ in tried for value in drawn]
        return values, {outputs[0].component_id: fault for (outputs, _), (_, fault) in zip(panels, tried, strict=True)}


def _attempts(at: Scene, panels: Sequence[Panel], blank: Blank) -> list[Tried]:
    """Every panel drawn by itself.

    The last good content of a panel stays, with the time of the failure, as long as it is still about what is selected.
    One question may be too slow for the database; where a second panel finds the database away, it is away.
    """
    tried: list[Tried] = []
    slow = False
    for outputs, draw in panels:
        try:
            tried.append(([*draw()], None))
        except DatabaseUnavailable as fault:
            if slow:
                raise
            slow = True
            LOG.warning("panel %s not drawn: %s", outputs[0].component_id, fault)
            tried.append(_faulty(at, outputs, blank))
        except (DataAccessError, PreventUpdate):
            raise
        except Exception:
            LOG.exception("panel %s not drawn", outputs[0].component_id)
            tried.append(_faulty(at, outputs, blank))
    return tried


def _faulty(at: Scene, outputs: Sequence[Output], blank: Blank) -> Tried:
    if _same_selection():
        said = at.texts("panel.not_renewed", time=current_time().strftime("%H:%M"))
        return [no_update for _ in outputs], said
    return [blank(output, at) for output in outputs], at.texts("panel.asking_again")


@contextmanager
def left_to_the_asker() -> Iterator[None]:
    """For drawing beforehand: the fault of one panel is logged when someone asks for it."""
    try:
        yield
    except DataAccessError:
        raise
    except Exception as fault:
        LOG.info("not drawn beforehand: %s", type(fault).__name__)


def _same_selection() -> bool:
    """Whether only the data or the size of the text have changed since the panel was last asked for."""
    return ctx.triggered_id in (ShellIds.FRESH, ShellIds.SCREEN)


def without_content(output: Output, at: Scene) -> Any:
    """A sentence, or a chart without a line: what stood there was of another selection."""
    if output.component_property == MARKUP:
        return markup(no_data(at.texts("panel.failed")))
    return empty_figure(at.selection.theme) if output.component_property == FIGURE else no_update
