"""The supervision notice as a PDF on A4, with its own letters in it."""

import io
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import Align, TableCellFillMode
from fpdf.fonts import FontFace

from dashboard.exports.fonts import Font
from dashboard.exports.line_breaking import broken
from layouts.work.supervision_notice import WIDTHS, Notice

_MARGIN_MM, _MAP_MM, _PADDING_MM, _CLOSING_MM = 22, 100, 0.8, 34
_NOTE_MM = 18
"""Room of the closing lines, which stay on one page, and of the note before them."""
_FAMILY = "text"
_NUMBERED, _GREY = 8, (110, 110, 110)


def notice_pdf(notice: Notice, picture: bytes | None, regular: Font, bold: Font) -> bytes:
    """picture: the map as a PNG, None where nothing has a place. The same notice makes the same bytes."""
    pdf = _paper(notice, regular, bold)
    _line(pdf, notice.title, 18, bold=True, align="C", after=4)
    _line(pdf, notice.number, 10.5, align="R", after=4)
    _line(pdf, notice.addressee, 12, bold=True, after=2)
    for paragraph in notice.body:
        _line(pdf, paragraph, 11, after=2)
    if picture is not None:
        pdf.image(io.BytesIO(picture), x=Align.C, w=pdf.epw, h=_MAP_MM, keep_aspect_ratio=True)
    _line(pdf, notice.map_caption, 9, align="C", after=3)
    _line(pdf, notice.list_title, 12, bold=True, after=1)
    _list(pdf, notice)
    pdf.ln(4)
    if pdf.get_y() + _CLOSING_MM + (_NOTE_MM if notice.note else 0) > pdf.page_break_trigger:
        pdf.add_page()
    for text in filter(None, (notice.note, notice.deadline)):
        _line(pdf, text, 11, bold=text == notice.deadline, after=2)
    pdf.ln(6)
    for text in (notice.issued, notice.day):
        _line(pdf, text, 11, align="R", after=1)
    return bytes(pdf.output())


class _Paper(FPDF):
    footing = ""

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(_FAMILY, size=_NUMBERED)
        self.set_text_color(*_GREY)
        self.cell(0, 8, f"{self.footing}    {self.page_no()} / {{nb}}", align="C")
        self.set_text_color(0, 0, 0)


def _paper(notice: Notice, regular: Font, bold: Font) -> FPDF:
    pdf = _Paper(format="A4")
    pdf.footing = notice.code
    pdf.set_creation_date(datetime.fromisoformat(notice.day).replace(tzinfo=UTC))
    pdf.set_title(notice.title)
    pdf.set_lang("zh-CN" if notice.language == "zh_CN" else "en")
    pdf.set_margin(_MARGIN_MM)
    pdf.set_auto_page_break(True, margin=20)
    for style, font in (("", regular), ("B", bold)):
        pdf.add_font(_FAMILY, style, font.path, collection_font_number=font.index)
    pdf.add_page()
    return pdf


def _line(pdf: FPDF, text: str, size: float, *, bold: bool = False, align: str = "L", after: float = 0) -> None:
    pdf.set_font(_FAMILY, "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.62, broken(pdf, text, pdf.epw), align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after)


def _list(pdf: FPDF, notice: Notice) -> None:
    """The head repeats on every page, and no row is torn apart."""
    pdf.set_font(_FAMILY, size=9)
    head = FontFace(emphasis="BOLD", fill_color=(232, 237, 243))
    widths = [pdf.epw * share / sum(WIDTHS) for share in WIDTHS]
    with pdf.table(
        col_widths=widths, text_align="LEFT", line_height=5, padding=_PADDING_MM, headings_style=head,
        cell_fill_mode=TableCellFillMode.NONE,
    ) as table:  # fmt: skip
        for row in (notice.head, *notice.rows):
            table.row([broken(pdf, cell, width - 2 * _PADDING_MM) for cell, width in zip(row, widths, strict=True)])
