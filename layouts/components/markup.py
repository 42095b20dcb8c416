"""Panels as compact markup that assets/js/shell_markup.js turns into elements.

Dash's renderer takes about a millisecond for every component of an answer, and a panel has hundreds: seconds
for one click (ADR 0006). A panel is therefore one component, its content travels as data: `[tag, attributes, children]`
or a text. Texts become text nodes in the browser, never markup.
"""

import re
from typing import Any

import orjson
from dash.development.base_component import Component

Node = str | list[Any]
_RENAMED = {"className": "class", "tabIndex": "tabindex"}
_OF_COMPONENTS = ("_", "available_")
"""How the names begin of what a component says of itself rather than of what it shows."""
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def markup(content: Any) -> str:
    """The content of one panel, ready for the attribute `data-markup` of its section."""
    return orjson.dumps(nodes(content)).decode()


def nodes(content: Any) -> list[Node]:
    """A flat list of nodes; None and empty texts are nothing."""
    if content is None or content == "":
        return []
    if isinstance(content, list | tuple):
        return [node for part in content for node in nodes(part)]
    return [_element(content)] if isinstance(content, Component) else [str(content)]


def _element(component: Component) -> Node:
    props = {name: value for name, value in vars(component).items() if not name.startswith(_OF_COMPONENTS)}
    children = props.pop("children", None)
    attributes = {_RENAMED.get(name, name): _value(value) for name, value in props.items()}
    return [component._type.lower(), attributes, nodes(children)]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ";".join(f"{_css_name(name)}:{part}" for name, part in value.items())
    return str(value)


def _css_name(name: str) -> str:
    """`maskImage` is `mask-image`, `WebkitMaskImage` is `-webkit-mask-image`."""
    dashed = _CAPITAL.sub("-", name).lower()
    return f"-{dashed}" if dashed.startswith("webkit-") else dashed
