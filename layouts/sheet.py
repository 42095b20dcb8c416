"""The area sheet as content: sections of sentences and small tables, drawn on the screen and in Word alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: its head, its rows as text, and the shares of the width."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    sentences: Sequence[Sentence] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """title: the area. subtitle: city, period, date. figures: label and number. note: what the sheet rests on."""

    title: str
    subtitle: str
    figures: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    note: str
