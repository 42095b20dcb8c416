"""Every word on the screen, from the gettext catalogues under `locales/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel.messages.pofile import read_po

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "zh_CN"
_LOCALES = Path(__file__).parent / "locales"


class Texts:
    """The words of one language; calling it with a message key gives the sentence.

    Keys are dotted names (`ranking.title`), the same in both catalogues; `{name}` in a message is filled from the
    keywords. Raises KeyError for a key that the catalogue lacks, so that a forgotten translation fails in a test.
    """

    def __init__(self, language: Language, messages: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages

    def __call__(self, key: str, **values: object) -> str:
        return self._messages[key].format(**values) if values else self._messages[key]

    def has(self, key: str) -> bool:
        return key in self._messages

    def name(self, row: Any, prefix: str = "name") -> str:
        """The `…_zh` or `…_en` of a row (mapping or Series), whichever this language wants, else the other one."""
        wanted, other = ("zh", "en") if self.language == "zh_CN" else ("en", "zh")
        return _text(row.get(f"{prefix}_{wanted}")) or _text(row.get(f"{prefix}_{other}"))

    def unit(self, unit: object) -> str:
        """A unit of measure as the contract stores it, translated where the catalogue knows it."""
        key = f"unit.{_text(unit)}"
        return self._messages.get(key, _text(unit))

    def grade(self, grade: object) -> str:
        """The word of an official grade as the city gave it, translated where the catalogue knows it."""
        return self._messages.get(f"official.{_text(grade)}", _text(grade))

    @property
    def html_lang(self) -> str:
        return "zh-CN" if self.language == "zh_CN" else "en"


def texts(language: str) -> Texts:
    """The catalogue of a language, read once; an unknown language gets the default one."""
    return _catalogue(next((one for one in LANGUAGES if one == language), DEFAULT_LANGUAGE))


@cache
def _catalogue(language: Language) -> Texts:
    """Kept for the languages there are: what a stranger asks for never fills the memory."""
    return Texts(language, read_messages(language))


def read_messages(language: Language) -> dict[str, str]:
    with (_LOCALES / language / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
