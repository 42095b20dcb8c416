"""The day it is where the installation stands: what lateness is measured against."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app

_TIMEZONE, _TODAY = "CITYVITALS_TIMEZONE", "CITYVITALS_TODAY"


def keep_timezone(server: Flask, timezone: str, today: date | None = None) -> None:
    """today: the day an installation is set to, such as that of a demo city; None follows the clock."""
    server.config[_TIMEZONE] = ZoneInfo(timezone)
    server.config[_TODAY] = today


def current_day() -> date:
    today: date = current_app.config[_TODAY] or datetime.now(current_app.config[_TIMEZONE]).date()
    return today
