"""The area sheet as content: sections of sentences and small tables, drawn on the screen and on paper alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layouts.sentences import Sentence

MARKS = {"better": "▲", "worse": "▼", "": "•"}


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
    """title: the area. subtitle: city, period, date. figures: label and number. note: what the sheet rests on.

    evidence: title and note of the list at the end, which tells for every numbered sentence what it rests on.
    """

    title: str
    subtitle: str
    figures: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    note: str
    evidence: tuple[str, str] = ("", "")

    def numbered(self) -> Iterator[tuple[Section, list[tuple[Sentence, int]]]]:
        """Each section with its sentences; those with facts are numbered through the sheet, others have 0."""
        count = 0
        for section in self.sections:
            sentences = []
            for one in section.sentences:
                has_facts = any(fact[1] for fact in one.facts)
                count += has_facts
                sentences.append((one, count if has_facts else 0))
            yield section, sentences

    def evidence_lines(self) -> list[tuple[int, str]]:
        """Number and facts of every sentence that has some."""
        return [(number, _facts(one)) for _, sentences in self.numbered() for one, number in sentences if number]


def _facts(sentence: Sentence) -> str:
    said = (f"{label} {text}".strip() for label, text in sentence.facts if text)
    return " · ".join(said)
