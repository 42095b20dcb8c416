"""A Word document in memory, written by python-docx: headings, paragraphs, pictures and tables on A4."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

_ALIGNED = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_LATIN, _CHINESE = "Arial", "SimSun"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MARGIN_CM, _WIDTH_CM, _HEIGHT_CM = 2.2, 21.0, 29.7
TEXT_WIDTH_CM = _WIDTH_CM - 2 * _MARGIN_CM


@dataclass(frozen=True, slots=True)
class Paragraph:
    """size in half points, before and after in twentieths of a point. level: 1–9 makes it a heading.

    lead: a mark in a colour of its own before the text. raised: a small number after it.
    """

    text: str
    size: int = 21
    bold: bool = False
    align: str = "left"
    before: int = 0
    after: int = 120
    level: int = 0
    colour: str = ""
    lead: str = ""
    lead_colour: str = ""
    raised: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Picture:
    """content: a PNG. label: what it shows, for who cannot see it."""

    content: bytes
    height_cm: float
    label: str
    align: str = "right"


Part = Paragraph | Table | Picture


def paragraph(
    text: str, *, size: int = 21, bold: bool = False, align: str = "left", before: int = 0, after: int = 120,
    level: int = 0, colour: str = "", lead: str = "", lead_colour: str = "", raised: str = "",
) -> Part:  # fmt: skip
    """align: left, center, right. colour: RRGGBB."""
    return Paragraph(text, size, bold, align, before, after, level, colour, lead, lead_colour, raised)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Part:
    """widths: shares of the text width. The head repeats on every page and no row is torn apart."""
    return Table(head, rows, widths)


def document(parts: Sequence[Part], title: str = "") -> bytes:
    """The file. The same parts make the same bytes."""
    word = Document()
    _set_page(word, title)
    for part in parts:
        if isinstance(part, Paragraph):
            style = f"Heading {part.level}" if part.level else None
            _write(word.add_paragraph(style=style), part)
        elif isinstance(part, Table):
            _add_table(word, part)
        else:
            _add_picture(word, part)
    file = io.BytesIO()
    word.save(file)
    with zipfile.ZipFile(file) as made:
        return archive({name: made.read(name) for name in made.namelist()})


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members, without the time it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _set_page(word: DocumentType, title: str) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(_WIDTH_CM), Cm(_HEIGHT_CM)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN_CM)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    core = word.core_properties
    core.title, core.author, core.comments = title, "", ""
    core.created = core.modified = datetime(*_FIRST_DAY, tzinfo=UTC)


def _write(target: WordParagraph, said: Paragraph) -> None:
    target.alignment = _ALIGNED[said.align]
    target.paragraph_format.space_before, target.paragraph_format.space_after = Twips(said.before), Twips(said.after)
    target.paragraph_format.keep_with_next = said.bold or None
    for text, colour in ((said.lead, said.lead_colour), (said.text, said.colour), (said.raised, said.colour)):
        if text:
            _run(target, said, text, colour)
    if said.raised:
        target.runs[-1].font.superscript = True


def _run(target: WordParagraph, said: Paragraph, text: str, colour: str) -> None:
    run = target.add_run("".join(letter for letter in text if letter >= " " or letter in "\t\n"))
    run.bold, run.italic = said.bold, False
    run.font.size, run.font.name = Pt(said.size / 2), _LATIN
    run.font.color.rgb = RGBColor.from_string(colour or "000000")
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)


def _add_table(word: DocumentType, made: Table) -> None:
    grid = word.add_table(rows=0, cols=len(made.head), style="Table Grid")
    grid.autofit = False
    widths = [TEXT_WIDTH_CM * width / sum(made.widths) for width in made.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate([made.head, *made.rows]):
        added = grid.add_row()
        _mark(added, "w:cantSplit")
        if number == 0:
            _mark(added, "w:tblHeader")
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            _fill(cell, Paragraph(text, size=18, bold=number == 0, after=20), width)


def _fill(cell: _Cell, said: Paragraph, width: float) -> None:
    cell.width = Cm(width)
    _write(cell.paragraphs[0], said)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _add_picture(word: DocumentType, made: Picture) -> None:
    target = word.add_paragraph()
    target.alignment = _ALIGNED[made.align]
    shape = target.add_run().add_picture(io.BytesIO(made.content), height=Cm(made.height_cm))
    shape._inline.docPr.set("descr", made.label)
