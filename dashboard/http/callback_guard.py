"""The door of all callbacks: a request that no page of ours would send is refused before Dash reads it.

Dash trusts the shape of the request body, and a body of another shape ends in a KeyError deep inside it.
"""

import json
from typing import Annotated, Any

from dash import Dash
from flask import Response, request
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from dashboard.http.errors import error_answer

_PropertyName = Annotated[str, StringConstraints(max_length=200)]


class _Property(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: _PropertyName | dict[str, Any]
    property: _PropertyName


class _CallbackBody(BaseModel):
    """What dash-renderer posts; pattern-matching dependencies arrive as lists of properties."""

    output: str
    outputs: _Property | list[_Property | list[_Property]] | None = None
    inputs: list[_Property | list[_Property]]
    state: list[_Property | list[_Property]] = []
    changedPropIds: list[_PropertyName] = []  # noqa: N815, the renderer's name


def guard_callbacks(app: Dash) -> None:
    """Answers 400 to a body of the wrong shape and 404 to a callback that does not exist."""
    path = f"{app.config.requests_pathname_prefix}_dash-update-component"

    @app.server.before_request  # type: ignore[untyped-decorator]
    def refuse_malformed() -> Response | None:
        if request.path != path:
            return None
        if request.method != "POST":
            return error_answer(405, "method not allowed", "callbacks are asked with POST")
        try:
            body = _CallbackBody.model_validate(request.get_json())
        except ValidationError as fault:
            return error_answer(400, "malformed callback", f"{fault.error_count()} faults in the request body")
        registered = app.callback_map.get(body.output)
        if registered is None or "callback" not in registered:  # a clientside callback has no server side
            return error_answer(404, "unknown callback", "no such output; reload the page")
        if not _fits(body, registered):
            return error_answer(400, "malformed callback", "inputs or outputs are not those of this callback")
        return None


def _fits(body: _CallbackBody, registered: dict[str, Any]) -> bool:
    if not _same_properties(body.inputs, registered["inputs"]):
        return False
    if not _same_properties(body.state, registered["state"]):
        return False
    return registered.get("no_output", False) or _outputs_fit(body)


def _same_properties(sent: list[_Property | list[_Property]], registered: list[dict[str, str]]) -> bool:
    return len(sent) == len(registered) and all(map(_same_property, sent, registered))


def _same_property(sent: _Property | list[_Property], registered: dict[str, str]) -> bool:
    """A wildcard stands for anything, and where it is ALL, for several."""
    if registered["id"].startswith("{"):
        pattern = json.loads(registered["id"])
        several = sent if isinstance(sent, list) else [sent]
        return all(_is_of(one.id, pattern) and one.property == registered["property"] for one in several)
    return not isinstance(sent, list) and (sent.id, sent.property) == (registered["id"], registered["property"])


def _is_of(component: str | dict[str, Any], pattern: dict[str, Any]) -> bool:
    """Dash writes a wildcard as a list with its name."""
    return (
        isinstance(component, dict)
        and component.keys() == pattern.keys()
        and all(isinstance(part, list) or component[key] == part for key, part in pattern.items())
    )


def _outputs_fit(body: _CallbackBody) -> bool:
    """The output key is `id.property`, or `..id.property...id.property..` for several."""
    several = body.output.startswith("..")
    return body.outputs is not None and isinstance(body.outputs, list) == several
