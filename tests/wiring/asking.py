"""Asks a callback of the running app as the browser would, and walks what comes back."""

import json
from collections.abc import Iterator
from typing import Any

from dash import Dash

UPDATE = "/_dash-update-component"


class Screen:
    """One browser: it knows the selection and asks the server's callbacks with it."""

    def __init__(self, app: Dash) -> None:
        self.app = app
        self.client = app.server.test_client()
        self.holds = False
        """Whether the last answer may be given again until the data change."""

    def ask(self, output: str, changed: str = "", **values: Any) -> tuple[int, Any]:
        """Status and answer of the callback that writes `output`. values: by component id, dashes as underscores."""
        key = next(key for key in self.app.callback_map if output in key.strip(".").split("..."))
        entry = self.app.callback_map[key]
        outputs = [
            dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in key.strip(".").split("...")
        ]
        body = {
            "output": key,
            "outputs": outputs if key.startswith("..") else outputs[0],
            "inputs": [sent(one, values.get(_named(one["id"]))) for one in entry["inputs"]],
            "state": [sent(one, values.get(_named(one["id"]))) for one in entry["state"]],
            "changedPropIds": [changed] if changed else [],
        }
        answer = self.client.post(UPDATE, data=json.dumps(body), content_type="application/json")
        self.holds = (answer.cache_control.max_age or 0) > 0
        return answer.status_code, answer.get_json(silent=True)

    def open(self, search: str = "") -> tuple[dict[str, Any], Any]:
        """The selection and the notice that a link leads to."""
        status, answer = self.ask("selection.data", "link.data", link={"search": search, "seq": 1})
        assert status == 200, answer
        return answer["response"]["selection"]["data"], answer["response"]["notice"]["children"]

    def pick(self, selection: dict[str, Any], **changes: Any) -> tuple[int, Any]:
        return self.ask("selection.data", "pick.data", pick=changes | {"seq": 1}, selection=selection)


def sent(dependency: dict[str, str], value: Any) -> dict[str, Any]:
    """An input or state as the browser sends it: an id with parts is an object there."""
    component = dependency["id"]
    return {
        "id": json.loads(component) if component.startswith("{") else component,
        "property": dependency["property"],
        "value": value,
    }


def _named(component: str) -> str:
    """How a test names a component; what a page follows is the selection."""
    return json.loads(component)["type"] if component.startswith("{") else component.replace("-", "_")


def texts_of(component: Any) -> Iterator[str]:
    """Every text a person sees or hears in a component as it was sent."""
    if isinstance(component, str) and component.startswith("[["):
        for node in json.loads(component):
            yield from texts_of_node(node)
    elif isinstance(component, str):
        yield component
    elif isinstance(component, list):
        for child in component:
            yield from texts_of(child)
    elif isinstance(component, dict) and "props" in component:
        props = component["props"]
        yield from texts_of(props.get("children"))
        yield from (props[name] for name in ("title", "placeholder", "aria-label") if isinstance(props.get(name), str))


def texts_of_node(node: Any) -> Iterator[str]:
    """The same for a node of layouts.components.markup."""
    if isinstance(node, str):
        yield node
        return
    _, attributes, children = node
    yield from (attributes[name] for name in ("title", "aria-label") if name in attributes)
    for label, said in json.loads(attributes.get("data-explain", "[]")):
        yield from (label, said)
    for child in children:
        yield from texts_of_node(child)


def attributes_of(nodes: Any, tag: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of one kind, in the markup of a panel or among the children of a node."""
    for node in json.loads(nodes) if isinstance(nodes, str) else nodes:
        if isinstance(node, list):
            if node[0] == tag:
                yield node[1]
            yield from attributes_of(node[2], tag)
