"""The area sheet as a PDF on A4, with its own letters in it."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TableCellFillMode
from fpdf.fonts import FontFace

from dashboard.exports.fonts import Font
from dashboard.exports.line_breaking import broken
from layouts.sentences import Sentence
from layouts.sheet import Grid, Sheet
from layouts.texts import Texts

_MARGIN_MM, _INSET_MM, _INSET_HIGH_MM, _PADDING_MM, _MARK_MM = 15, 36, 26, 0.7, 4.5
_FAMILY = "text"
_INK, _QUIET, _HEADING = (19, 32, 51), (82, 98, 122), (15, 79, 140)
_TONES = {"better": (11, 125, 79), "worse": (194, 50, 28), "": _QUIET}
_MM_PER_POINT = 0.55
"""Height of a line."""


def sheet_pdf(texts: Texts, sheet: Sheet, inset: bytes | None, regular: Font, bold: Font) -> bytes:
    """inset: a PNG of where the area lies. The same sheet makes the same bytes."""
    pdf = _paper(texts, sheet, regular, bold)
    _head(pdf, sheet, inset)
    _figures(pdf, sheet.figures)
    for section, sentences in sheet.numbered():
        _title(pdf, section.title)
        if section.grid is not None:
            _grid(pdf, section.grid)
        for one, number in sentences:
            _sentence(pdf, one, number)
    pdf.ln(3)
    _text(pdf, sheet.note, 8, colour=_QUIET)
    _evidence(pdf, sheet)
    return bytes(pdf.output())


class _Paper(FPDF):
    footing = ""

    def footer(self) -> None:
        self.set_y(-11)
        self.set_font(_FAMILY, size=8)
        self.set_text_color(*_QUIET)
        self.cell(0, 6, self.footing.format(page=self.page_no(), pages="{nb}"), align="C")


def _paper(texts: Texts, sheet: Sheet, regular: Font, bold: Font) -> FPDF:
    pdf = _Paper(format="A4")
    pdf.footing = f"{sheet.title}    {texts('sheet.page', page='{page}', pages='{pages}')}"
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    pdf.set_title(sheet.title)
    pdf.set_lang(texts.html_lang)
    pdf.set_margin(_MARGIN_MM)
    pdf.set_auto_page_break(True, margin=14)
    for style, font in (("", regular), ("B", bold)):
        pdf.add_font(_FAMILY, style, font.path, collection_font_number=font.index)
    pdf.add_page()
    return pdf


def _head(pdf: FPDF, sheet: Sheet, inset: bytes | None) -> None:
    top = pdf.get_y()
    width = pdf.epw - (_INSET_MM if inset else 0)
    _text(pdf, sheet.title, 20, bold=True, width=width)
    _text(pdf, sheet.subtitle, 9, colour=_QUIET, width=width)
    if inset:
        shown = pdf.image(
            io.BytesIO(inset),
            x=pdf.w - pdf.r_margin - _INSET_MM,
            y=top,
            w=_INSET_MM,
            h=_INSET_HIGH_MM,
            keep_aspect_ratio=True,
        )
        pdf.set_y(max(pdf.get_y(), top + min(shown.rendered_height, _INSET_HIGH_MM)))
    pdf.ln(2)
    pdf.set_draw_color(*_INK)
    pdf.set_line_width(0.5)
    pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
    pdf.ln(2.5)


def _figures(pdf: FPDF, figures: Sequence[tuple[str, str]]) -> None:
    """Side by side: the number, and under it what it is."""
    width, top = pdf.epw / len(figures), pdf.get_y()
    for place, (label, number) in enumerate(figures):
        pdf.set_xy(pdf.l_margin + place * width, top)
        _text(pdf, number, 12, bold=True, width=width, stays=True)
        _text(pdf, label, 8, colour=_QUIET, width=width, stays=True)
    pdf.set_x(pdf.l_margin)


def _title(pdf: FPDF, title: str) -> None:
    pdf.ln(2.2)
    if pdf.will_page_break(14):
        pdf.add_page()
    _text(pdf, title, 11.5, bold=True, colour=_HEADING)
    pdf.ln(0.6)


def _sentence(pdf: FPDF, one: Sentence, number: int) -> None:
    pdf.set_font(_FAMILY, size=9.5)
    pdf.set_text_color(*_TONES[one.tone])
    mark = {"better": "▲", "worse": "▼"}.get(one.tone, "·")
    pdf.cell(_MARK_MM, 9.5 * _MM_PER_POINT, mark)
    _text(pdf, f"{one.text} [{number}]" if number else one.text, 9.5, width=pdf.epw - _MARK_MM)


def _grid(pdf: FPDF, grid: Grid) -> None:
    pdf.set_font(_FAMILY, size=9)
    pdf.set_text_color(*_INK)
    pdf.set_draw_color(200, 208, 220)
    pdf.set_line_width(0.2)
    widths = [pdf.epw * share / sum(grid.widths) for share in grid.widths]
    head = FontFace(emphasis="BOLD", color=_QUIET)
    with pdf.table(
        col_widths=widths, text_align="LEFT", line_height=4.6, padding=_PADDING_MM, headings_style=head,
        cell_fill_mode=TableCellFillMode.NONE, borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as table:  # fmt: skip
        for row in (grid.head, *grid.rows):
            table.row([broken(pdf, cell, width - 2 * _PADDING_MM) for cell, width in zip(row, widths, strict=True)])
    pdf.ln(1)


def _evidence(pdf: FPDF, sheet: Sheet) -> None:
    lines = sheet.evidence_lines()
    if not lines:
        return
    _title(pdf, sheet.evidence[0])
    _text(pdf, sheet.evidence[1], 8, colour=_QUIET)
    for number, facts in lines:
        _text(pdf, f"[{number}]  {facts}", 8)


def _text(
    pdf: FPDF, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK,
    width: float | None = None, stays: bool = False,
) -> None:  # fmt: skip
    """stays: the next text begins under this one, not at the margin."""
    pdf.set_font(_FAMILY, "B" if bold else "", size)
    pdf.set_text_color(*colour)
    wide = width or pdf.epw
    new_x = "LEFT" if stays else "LMARGIN"
    pdf.multi_cell(wide, size * _MM_PER_POINT, broken(pdf, text, wide), align="L", new_x=new_x, new_y="NEXT")
