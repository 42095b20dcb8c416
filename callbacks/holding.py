"""Which answers a browser may keep: those that nothing but new data, another day or another question changes.

What a callback is asked names the arrival of the data (`following.now`), so that an answer is not given again after it.
assets/js/shell_answers.js keeps them, in the page and for as long as the page is open.
"""

from datetime import datetime, time, timedelta

from dash import ctx

from callbacks.today import current_time


def holds() -> None:
    """Tells the browser of the callback being answered that its answer is the same until the day ends."""
    ctx.response.set_header("Cache-Control", f"private, max-age={_rest_of(current_time())}")


def _rest_of(now: datetime) -> int:
    """Seconds until the day is over, by the clock of the installation."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return int((tomorrow - now).total_seconds())
