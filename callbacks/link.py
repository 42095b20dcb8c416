"""The selection as a link: short readable keys in the query string, so that every state of the screen can be sent."""

from dataclasses import fields, replace
from urllib.parse import parse_qsl, urlencode

from callbacks.selection import Selection
from data_access.errors import InvalidQuestion
from layouts.texts import DEFAULT_LANGUAGE, Language

KEYS = {
    "view": "view",
    "area": "area",
    "indicator": "ind",
    "period": "period",
    "level": "level",
    "partition": "tiling",
    "scheme": "scheme",
    "k": "k",
    "compare": "vs",
    "other": "with",
    "show": "show",
    "lang": "lang",
    "theme": "theme",
    "density": "density",
    "filter": "filter",
    "today": "today",
    "layers": "layers",
    "reach": "reach",
    "cim_object": "object",
}
_FIELD_OF = {key: field for field, key in KEYS.items()}
_MOST_FIELDS = 100
_DEFAULTS = {field.name: field.default for field in fields(Selection)}


def to_search(selection: Selection) -> str:
    """`?area=…&ind=…`: area, indicator, period and language always, the rest where it departs from the default.

    The language of a link that says none is up to the installation.
    """
    state = selection.to_store()
    said = {KEYS[field]: value for field, value in state.items() if field == "lang" or value != _DEFAULTS[field]}
    return f"?{urlencode(said)}"


def from_search(search: str, language: Language = DEFAULT_LANGUAGE) -> tuple[Selection, list[str]]:
    """The selection a link asks for, and the parts of it that mean nothing here. Raises InvalidQuestion if endless.

    language: of a link that says none.
    """
    selection, ignored = replace(_start(search), lang=language), []
    for key, text in _pairs(search):
        field = _FIELD_OF.get(key)
        try:
            selection = selection.changed({field: _value(field, text)}) if field else selection
        except InvalidQuestion:
            ignored.append(f"{key}={text:.40}")
    return selection, ignored


def _pairs(search: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(search.removeprefix("?"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InvalidQuestion(f"a link has at most {_MOST_FIELDS} parts") from error


def _start(search: str) -> Selection:
    """A link of another platform that names an object but no view leads to the one that shows objects, in 3D."""
    keys = dict(_pairs(search))
    is_from_elsewhere = "object" in keys and "view" not in keys
    return Selection(view="scene", show="solid") if is_from_elsewhere else Selection()


def _value(field: str, text: str) -> object:
    return int(text) if field == "k" and text.isdecimal() and len(text) == 1 else text
