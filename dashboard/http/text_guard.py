"""The door of all texts: what no database keeps and no reader takes is refused before anyone reads it.

PostgreSQL refuses the character NUL, and both databases half a surrogate pair; Python gives up on JSON nested deeply.
"""

import re
from typing import Any

import orjson
from flask import Flask, Response, request

from dashboard.http.errors import error_answer

MOST_NESTED = 32
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The escape of NUL, and not an escaped backslash before the text u0000."""


def refuse_unreadable(server: Flask) -> None:
    """Answers 400 to an address or a JSON body with such text."""

    @server.before_request
    def refuse() -> Response | None:
        if "\0" in request.path or b"%00" in request.query_string:
            return error_answer(400, "malformed address", "an address holds no NUL")
        if request.is_json and (body := request.get_data()) and not _is_readable(body):
            return error_answer(400, "malformed JSON", "the body is JSON of readable text, nested a few levels")
        return None


def _is_readable(body: bytes) -> bool:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return _NUL.search(body) is None and _is_shallow(read)


def _is_shallow(read: Any) -> bool:
    level = [read]
    for _ in range(MOST_NESTED):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return True
    return False


def _inside(one: Any) -> Any:
    if isinstance(one, dict):
        return one.values()
    return one if isinstance(one, list) else ()
