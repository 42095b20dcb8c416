"""The day of a review as a link writes it."""

from datetime import date

from data_access.errors import InvalidQuestion

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days further away are nobody's review, and there is no day a month before the first or after the last there is."""


def read_day(text: str) -> date:
    """Raises InvalidQuestion unless the text is a day such as 2025-03-31, of a year that people review."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidQuestion("today is a day such as 2025-03-31") from error
    if day.isoformat() != text or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidQuestion(f"today is a day such as 2025-03-31, from {FIRST_YEAR} to {LAST_YEAR}")
    return day
