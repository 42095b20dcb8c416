"""`POST /opinions`: an expert pins an opinion to what the indicator view shows. The one thing the screen writes."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from flask import Flask, Request, Response, jsonify, request
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from callbacks.viewer import current_viewer
from dashboard.http.errors import error_answer
from data_access.errors import DatabaseReadOnly
from data_access.opinions import LONGEST_TEXT, Opinion
from data_access.store import IndicatorStore

_Code = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: with them a text could show other words than it holds."""
_Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT),
    AfterValidator(lambda said: _TURNING.sub("", said)),
]


class _Sent(BaseModel):
    """What the page sends; who says it is not part of it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    indicator: _Code
    area: _Code
    period: _Code
    verdict: Literal["agree", "question", "reject"]
    text: _Text = ""


def register_opinion_routes(server: Flask, store: IndicatorStore, *, are_open: bool) -> None:
    """are_open: whether this installation takes opinions; the listing stays either way."""

    @server.post("/opinions")
    def pin() -> Response:
        if not are_open:
            return error_answer(403, "opinions are closed", "this installation takes no opinions")
        if not comes_from_our_page(request):
            return error_answer(403, "foreign page", "opinions are written on the screen itself")
        if not request.is_json:
            return error_answer(415, "not JSON", "an opinion is a JSON object")
        try:
            sent = _Sent.model_validate(request.get_json())
        except ValidationError as fault:
            return error_answer(400, "malformed opinion", f"{fault.error_count()} faults in the request body")
        try:
            number = store.write_opinion(Opinion(viewer=current_viewer(), **sent.model_dump()))
        except DatabaseReadOnly as refusal:
            return error_answer(409, "read-only database", str(refusal))
        response = jsonify({"opinion_id": number})
        response.status_code = 201
        response.headers["Cache-Control"] = "no-store"
        return response


def comes_from_our_page(asked: Request) -> bool:
    """Whether a browser says that a page of this very screen sent the request (Fetch Metadata, else Origin).

    A foreign page can make a signed-in browser post, but it can forge neither header.
    """
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(asked.headers.get("Origin", "")).netloc == asked.host
