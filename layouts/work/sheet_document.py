"""The area sheet as a Word document."""

from collections.abc import Sequence

from layouts.sentences import Sentence
from layouts.sheet import MARKS, Section, Sheet
from layouts.work.word_document import Part, Picture, document, paragraph, table

_HEADING, _QUIET = "0F4F8C", "52627A"
_COLOURS = {"better": "0B7D4F", "worse": "C2321C", "": ""}
_INSET_CM = 3.4


def sheet_document(sheet: Sheet, inset: bytes | None = None) -> bytes:
    """inset: a PNG of where the area lies."""
    picture: list[Part] = [Picture(inset, _INSET_CM, sheet.title, "center")] if inset else []
    figures = table(
        [label for label, _ in sheet.figures], [[number for _, number in sheet.figures]], [1] * len(sheet.figures)
    )
    parts: list[Part] = [
        paragraph(sheet.title, size=36, bold=True, align="center", after=60),
        paragraph(sheet.subtitle, size=18, align="center", after=120, colour=_QUIET),
        *picture,
        figures,
    ]
    for section, sentences in sheet.numbered():
        parts += _section(section, sentences)
    parts.append(paragraph(sheet.note, size=16, before=240, colour=_QUIET))
    return document([*parts, *_evidence(sheet)], sheet.title)


def _section(section: Section, sentences: Sequence[tuple[Sentence, int]]) -> list[Part]:
    parts = [paragraph(section.title, size=24, bold=True, before=160, after=60, level=2, colour=_HEADING)]
    if section.grid is not None:
        parts.append(table(section.grid.head, section.grid.rows, section.grid.widths))
    return parts + [_sentence(one, number) for one, number in sentences]


def _sentence(one: Sentence, number: int) -> Part:
    return paragraph(
        f" {one.text}", size=20, after=40, lead=MARKS[one.tone], lead_colour=_COLOURS[one.tone],
        raised=str(number) if number else "",
    )  # fmt: skip


def _evidence(sheet: Sheet) -> list[Part]:
    title, note = sheet.evidence
    lines = sheet.evidence_lines()
    if not lines:
        return []
    head = paragraph(title, size=24, bold=True, before=240, after=40, level=2, colour=_HEADING)
    return [head, paragraph(note, size=16, colour=_QUIET)] + [
        paragraph(f"{number}  {facts}", size=16, after=30) for number, facts in lines
    ]
