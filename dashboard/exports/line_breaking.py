"""Lines of mixed Chinese and Latin text for PDF, which knows no line breaking of its own for Chinese."""

import re

from fpdf import FPDF

_CLOSING, _OPENING = "，。、；：？！）》」』”’·…％%)", "（《「『“‘("
_PIECES = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[\u2e80-\u9fff\uf900-\uffef]|[^\s\u2e80-\u9fff\uf900-\uffef]+|\s)[{re.escape(_CLOSING)}]*"
)
"""What may not be torn apart: a word, a Chinese letter, with the marks that cling to it."""


def broken(pdf: FPDF, text: str, width: float) -> str:
    """In lines of a width: Chinese breaks between any two letters, but no line begins with a closing mark."""
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall("".join(letter for letter in text if letter >= " ")):
        if line and pdf.get_string_width(line + piece.rstrip()) > width - 2 * pdf.c_margin:
            lines, line = [*lines, line.rstrip()], ""
        line += piece if line else piece.lstrip()
    return "\n".join([*lines, line])
