"""The area sheet as a Word document."""

from layouts.sheet import Section, Sheet
from layouts.work.word_document import document, paragraph, table

_MARKS = {"better": "▲", "worse": "▼", "": "•"}


def sheet_document(sheet: Sheet) -> bytes:
    figures = table(
        [label for label, _ in sheet.figures], [[number for _, number in sheet.figures]], [1] * len(sheet.figures)
    )
    parts = [
        paragraph(sheet.title, size=36, bold=True, align="center"),
        paragraph(sheet.subtitle, size=18, align="center", after=240),
        figures,
    ]
    for section in sheet.sections:
        parts += _section(section)
    return document([*parts, paragraph(sheet.note, size=16, before=240)])


def _section(section: Section) -> list[str]:
    parts = [paragraph(section.title, size=24, bold=True, before=200, after=80)]
    if section.grid is not None:
        parts.append(table(section.grid.head, section.grid.rows, section.grid.widths))
    return parts + [paragraph(f"{_MARKS[one.tone]} {one.text}", size=20, after=60) for one in section.sentences]
