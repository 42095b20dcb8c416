"""A panel whose drawing fails: it says so itself, calmly, and holds up no other.

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
FAULT, MARKUP, FIGURE = "data-fault", "data-markup", "figure"


def fault_output(outputs: Sequence[Output]) -> Output:
    """Where a panel's fault is written; assets/js/shell_connection.js asks again while there is one."""
    return Output(outputs[0].component_id, FAULT)


def drawn_or_faulty(at: Scene, panels: Sequence[tuple[Sequence[Output], Draw]]) -> list[Any]:
    """What the outputs of all panels become, each panel's fault or None behind its own.

    The last good content of a panel stays, with the time of the failure, as long as it is still about what is selected.
    One question may be too slow for the database; where a second panel finds the database away, it is away.
    """
    values: list[Any] = []
    slow = False
    for outputs, draw in panels:
        try:
            values += [*draw(), None]
        except DatabaseUnavailable as fault:
            if slow:
                raise
            slow = True
            LOG.warning("panel %s not drawn: %s", outputs[0].component_id, fault)
            values += _faulty(at, outputs)
        except (DataAccessError, PreventUpdate):
            raise
        except Exception:
            LOG.exception("panel %s not drawn", outputs[0].component_id)
            values += _faulty(at, outputs)
    return values


def _faulty(at: Scene, outputs: Sequence[Output]) -> list[Any]:
    if _same_selection():
        said = at.texts("panel.not_renewed", time=current_time().strftime("%H:%M"))
        return [*(no_update for _ in outputs), said]
    return [*(_without_content(output, at) for output in outputs), at.texts("panel.asking_again")]


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


def _without_content(output: Output, at: Scene) -> Any:
    if output.component_property == MARKUP:
        return markup(no_data(at.texts("panel.failed")))
    return empty_figure(at.selection.theme) if output.component_property == FIGURE else no_update
