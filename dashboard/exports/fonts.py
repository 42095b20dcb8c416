"""The Chinese font of the machine: a PDF and a drawn map bring their letters along, whoever opens them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("C:/Windows/Fonts"),
    Path("/System/Library/Fonts"),
)
_FAMILIES = (
    "NotoSansCJK",
    "NotoSansSC",
    "SourceHanSans",
    "msyh",
    "Deng",
    "simhei",
    "wqy-",
    "PingFang",
    "DroidSansFallback",
)
_ENDINGS = {".ttf", ".ttc", ".otf"}
_SIMPLIFIED = (" SC", " CN")
_FAMILY_NAME = 1


class NoFont(LookupError):
    """The machine has no font with Chinese letters."""


@dataclass(frozen=True, slots=True)
class Font:
    """index: of the face in a collection of several."""

    path: Path
    index: int = 0


@cache
def chinese_font(wanted: Path | None = None, *, bold: bool = False) -> Font:
    """The named file, else the first family of `_FAMILIES` that is installed. Raises NoFont.

    A bold face falls back to the regular one.
    """
    if wanted is not None:
        if not wanted.is_file():
            raise NoFont(f"the font {wanted} is not there")
        return Font(wanted, _simplified(wanted))
    found = list(_installed())
    for weight in ("bold", "regular") if bold else ("regular", ""):
        for family in _FAMILIES:
            for path in found:
                if path.name.startswith(family) and weight in path.stem.lower().replace("msyhbd", "msyhbold"):
                    return Font(path, _simplified(path))
    if bold:
        return chinese_font()
    raise NoFont("no Chinese font is installed, such as fonts-noto-cjk; CITYVITALS_FONT may name a font file")


def _installed() -> Iterator[Path]:
    for folder in _FOLDERS:
        if folder.is_dir():
            yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


def _simplified(path: Path) -> int:
    """The face for simplified Chinese; its traditional letters are there too, in mainland shapes."""
    try:
        faces = TTCollection(path, lazy=True).fonts if path.suffix.lower() == ".ttc" else []
        names = [_family(face) for face in faces]
    except (TTLibError, OSError) as error:
        raise NoFont(f"the font {path} cannot be read") from error
    return next((place for place, name in enumerate(names) if any(word in name for word in _SIMPLIFIED)), 0)


def _family(face: TTFont) -> str:
    return str(face["name"].getDebugName(_FAMILY_NAME))
