"""What the callbacks of a view follow: the selection as its own page holds it, and the arrival of new data."""

from dash import Input

from layouts.ids import ShellIds, selection_of


def now(view: str) -> tuple[Input, Input]:
    """view: its code in dashboard.views."""
    return Input(selection_of(view), "data"), Input(ShellIds.FRESH, "data")
