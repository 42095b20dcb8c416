"""Pins an expert's opinion to indicator, area and period: the one thing the screen writes.

Who may see an area and an indicator may have an opinion on them. Writing does not raise `data_version`: no figure
changes by it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, exists, func, insert, select

from data_access import contract, scope
from data_access.contract.words import VERDICTS
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.failures import writing
from data_access.viewer import Viewer

LONGEST_TEXT = 2000
LONGEST_AUTHOR = 200
MOST_PER_FIGURE = 500
"""More opinions on one figure are no opinions any more."""
_AGREE = "agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """verdict: of the contract. text: why; only agreement needs none. The author is the viewer's name."""

    indicator: str
    area: str
    period: str
    verdict: str
    text: str
    viewer: Viewer

    def __post_init__(self) -> None:
        """Raises InvalidQuestion for a verdict or a text that cannot be written."""
        if self.verdict not in VERDICTS:
            raise InvalidQuestion(f"verdict is one of {', '.join(VERDICTS)}")
        for said in (self.indicator, self.area, self.period, self.text, self.viewer.name):
            _require_writable(said)
        if not self.text and self.verdict != _AGREE:
            raise InvalidQuestion("who questions or rejects a figure says why")
        if len(self.text) > LONGEST_TEXT:
            raise InvalidQuestion(f"text has at most {LONGEST_TEXT} characters")


def write_opinion(engine: Engine, opinion: Opinion) -> int:
    """Its number. Raises UnknownCode for what the viewer does not see, DatabaseReadOnly where it cannot be written."""
    with writing(engine) as connection:
        scope.require_area(connection, opinion.viewer, opinion.area)
        scope.require_indicator(connection, opinion.viewer, opinion.indicator)
        _require_period(connection, opinion)
        _require_room(connection, opinion)
        row = {
            "author": opinion.viewer.name[:LONGEST_AUTHOR] or None,
            "indicator_code": opinion.indicator,
            "area_code": opinion.area,
            "period": opinion.period,
            "verdict": opinion.verdict,
            "text": opinion.text or None,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        number: int = connection.scalars(
            insert(contract.opinion).values(row).returning(contract.opinion.c.opinion_id)
        ).one()
        return number


def _require_writable(text: str) -> None:
    """A lone surrogate or a control character is nothing a database keeps."""
    if any(("\ud800" <= letter <= "\udfff") or (letter < " " and letter not in "\n\t") for letter in text):
        raise InvalidQuestion("text holds characters that cannot be written")


def _require_period(connection: Connection, opinion: Opinion) -> None:
    row = contract.indicator_value
    recorded = exists().where(row.c.indicator_code == opinion.indicator, row.c.period == opinion.period)
    if not connection.scalar(select(recorded)):
        raise UnknownCode("period", opinion.period)


def _require_room(connection: Connection, opinion: Opinion) -> None:
    said = contract.opinion
    same = (
        said.c.indicator_code == opinion.indicator,
        said.c.area_code == opinion.area,
        said.c.period == opinion.period,
    )
    count = connection.scalar(select(func.count()).select_from(said).where(*same)) or 0
    if count >= MOST_PER_FIGURE:
        raise InvalidQuestion("this figure has as many opinions as it can have")
