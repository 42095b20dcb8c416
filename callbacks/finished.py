"""Panels as they were drawn: kept until the data, the day or what they show changes."""

import json
from collections.abc import Callable
from typing import Any

from plotly.utils import PlotlyJSONEncoder

from callbacks.scene import Scene
from layouts.components.markup import markup

PLACE = ("area", "lang")
MOMENT = (*PLACE, "period")
SUBJECT = (*MOMENT, "indicator")
AREAS_BELOW = (*SUBJECT, "level", "partition")
CHART = (*SUBJECT, "theme")
"""The fields of the selection that a panel depends on; a change of any other costs nothing."""


def finished(at: Scene, panel: str, depends_on: tuple[str, ...], draw: Callable[[], Any], *measures: object) -> Any:
    """What `draw` gives, as plain data. measures: of the browser, where the panel needs them, such as its text size."""
    fields = tuple(getattr(at.selection, field) for field in depends_on)
    asked = (fields, measures, at.viewer, at.today.isoformat())
    return at.store.cache.json(f"panel {panel}", asked, at.store.contract(), lambda: _plain(draw()))


def finished_markup(at: Scene, panel: str, depends_on: tuple[str, ...], draw: Callable[[Scene], Any]) -> str:
    drawn: str = finished(at, panel, depends_on, lambda: markup(draw(at)))
    return drawn


def _plain(drawn: Any) -> Any:
    return drawn if isinstance(drawn, str) else json.loads(json.dumps(drawn, cls=PlotlyJSONEncoder))
