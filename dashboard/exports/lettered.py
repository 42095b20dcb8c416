"""Fonts with only the letters that are needed: a Chinese font holds 65,000, and each paper would read them all."""

import string
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from dashboard.exports.fonts import Font


@contextmanager
def lettered(fonts: Sequence[Font], text: str) -> Iterator[list[Font]]:
    """The fonts with the letters of the text and those of ASCII, as files for as long as they are needed."""
    with TemporaryDirectory() as folder:
        yield [_lettered(font, text, Path(folder) / f"{place}.otf") for place, font in enumerate(fonts)]


def _lettered(font: Font, text: str, file: Path) -> Font:
    face = TTFont(font.path, fontNumber=font.index, lazy=True, recalcTimestamp=False)
    chosen = Subsetter(Options(layout_features=[], notdef_outline=True))
    chosen.populate(text=text + string.printable)
    chosen.subset(face)
    face.save(file)
    return Font(file)
