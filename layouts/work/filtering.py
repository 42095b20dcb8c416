"""What a list is narrowed down to, as one short text in the link: `deadline:overdue,due_soon;severity:critical`.

A word that is missing in the data is written `~`.
"""

from collections.abc import Mapping
from typing import Any

from layouts.components.picking import pick_button

MISSING_WORD = "~"
_ESCAPES = {"%": "%25", ";": "%3B", ":": "%3A", ",": "%2C"}
Filter = dict[str, tuple[str, ...]]


def parse_filter(text: str | None) -> Filter:
    """Attribute → words; what does not follow the form is left out."""
    found: Filter = {}
    for part in (text or "").split(";"):
        name, colon, words = part.partition(":")
        if colon and name and words:
            found[_plain(name)] = tuple(_plain(word) for word in words.split(","))
    return found


def write_filter(chosen: Mapping[str, tuple[str, ...]]) -> str | None:
    """None where nothing is narrowed down."""
    parts = [f"{_escaped(name)}:{','.join(map(_escaped, words))}" for name, words in chosen.items() if words]
    return ";".join(parts) or None


def toggled(chosen: Filter, name: str, word: str) -> Filter:
    """With the word added, or taken away where it was there."""
    words = chosen.get(name, ())
    changed = tuple(one for one in words if one != word) if word in words else (*words, word)
    return {key: value for key, value in (chosen | {name: changed}).items() if value}


def only(chosen: Filter, **words: str) -> Filter:
    """With these attributes set to one word each, or cleared where they say just that."""
    wanted = {name: (word,) for name, word in words.items()}
    if all(chosen.get(name) == value for name, value in wanted.items()):
        return without(chosen, *wanted)
    return chosen | wanted


def without(chosen: Filter, *names: str) -> Filter:
    return {name: words for name, words in chosen.items() if name not in names}


def filter_button(children: Any, chosen: Filter, class_name: str, **attributes: Any) -> Any:
    """A button that narrows the lists down to `chosen`."""
    return pick_button(children, {"filter": write_filter(chosen)}, class_name, **attributes)


def _escaped(word: str) -> str:
    for plain, escaped in _ESCAPES.items():
        word = word.replace(plain, escaped)
    return word


def _plain(word: str) -> str:
    for plain, escaped in reversed(_ESCAPES.items()):
        word = word.replace(escaped, plain)
    return word
