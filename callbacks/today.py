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
    today: date = current_app.config[_TODAY] or current_time().date()
    return today


def current_time() -> datetime:
    """By the clock of the installation, whatever day it is set to."""
    return datetime.now(current_app.config[_TIMEZONE])
