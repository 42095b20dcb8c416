"""The supervision notice as a Word document, to be edited before it goes out."""

from layouts.work.supervision_notice import WIDTHS, Notice
from layouts.work.word_document import Part, Picture, document, paragraph, table

_MAP_CM = 10


def notice_word(notice: Notice, picture: bytes | None) -> bytes:
    """picture: the map as a PNG, None where nothing has a place."""
    parts: list[Part] = [
        paragraph(notice.title, size=36, bold=True, align="center", after=240),
        paragraph(notice.number, align="right"),
        paragraph(notice.addressee, size=24, bold=True),
        *(paragraph(text, size=22) for text in notice.body),
    ]
    if picture is not None:
        parts.append(Picture(picture, _MAP_CM, notice.map_caption, "center"))
    parts += [
        paragraph(notice.map_caption, size=18, align="center", after=200),
        paragraph(notice.list_title, size=24, bold=True),
        table(notice.head, notice.rows, WIDTHS),
        *([paragraph(notice.note, size=20, before=120)] if notice.note else []),
        paragraph(notice.deadline, size=22, bold=True, before=240),
        paragraph(notice.issued, align="right", before=360),
        paragraph(notice.day, align="right"),
    ]
    return document(parts, notice.title)
