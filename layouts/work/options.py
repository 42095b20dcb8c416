"""How the views of work are shown, as dot-separated words in the link: `cross=branch*severity.hot=population`."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.picking import pick_button

PAIR = "*"
_ESCAPES = {"%": "%25", ".": "%2E", "=": "%3D", PAIR: "%2A"}
Options = dict[str, str]


def parse_options(show: str | None) -> Options:
    """Name → value; words that belong to another view keep their place with an empty value."""
    found: Options = {}
    for word in (show or "").split("."):
        name, _, value = word.partition("=")
        if name:
            found[name] = value
    return found


def write_options(options: Mapping[str, str]) -> str | None:
    return ".".join(f"{name}={value}" if value else name for name, value in options.items()) or None


def changed(options: Options, name: str, value: str | None) -> dict[str, str | None]:
    """The change of the selection that sets one option, or takes it away."""
    rest = {key: word for key, word in options.items() if key != name}
    return {"show": write_options(rest | ({name: value} if value is not None else {}))}


def pair_of(text: str) -> tuple[str, str] | None:
    """Two names of `rows*columns`."""
    parts = text.split(PAIR)
    return (plain(parts[0]), plain(parts[1])) if len(parts) == 2 and all(parts) else None  # noqa: PLR2004


def pair_text(rows: str, columns: str) -> str:
    return f"{escaped(rows)}{PAIR}{escaped(columns)}"


def escaped(word: str) -> str:
    for letter, code in _ESCAPES.items():
        word = word.replace(letter, code)
    return word


def plain(word: str) -> str:
    for letter, code in reversed(_ESCAPES.items()):
        word = word.replace(code, letter)
    return word


def switch(choices: Sequence[tuple[str, dict[str, Any], bool]], label: str) -> html.Div:
    """Buttons of which one is pressed. choices: word, change of the selection, whether it is the one."""
    buttons = [
        pick_button(word, changes, "switch", **{"aria-pressed": str(pressed).lower()})
        for word, changes, pressed in choices
    ]
    return html.Div(buttons, className="switches", role="group", **{"aria-label": label})


def menu(summary: str, choices: Sequence[tuple[str, dict[str, Any], bool]], *, is_active: bool = False) -> html.Details:
    """A menu of things to show, one of which is pressed."""
    options = [
        pick_button(word, changes, "facet__option", **{"aria-pressed": str(pressed).lower()})
        for word, changes, pressed in choices
    ]
    attributes = {"data-menu": "true"}
    return html.Details(
        [html.Summary(summary), html.Div(options, className="facet__options")],
        className=f"facet{' facet--active' if is_active else ''}",
        **attributes,
    )
