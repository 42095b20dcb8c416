"""What the routes that give away files have in common: the selection in the address, and the answer as a file."""

from flask import Response, request

from callbacks.link import from_search
from callbacks.resolving import resolve
from callbacks.scene import Scene
from callbacks.viewer import current_viewer
from data_access.errors import UnknownCode
from data_access.store import IndicatorStore


def asked_scene(store: IndicatorStore, needs: tuple[str, ...] = ("area", "indicator", "period")) -> Scene:
    """The selection that the query string names, as far as it exists. Raises UnknownCode for one of `needs` that the
    database has none of."""
    wish, _ = from_search(request.query_string.decode(errors="replace"))
    found, _ = resolve(wish, store, current_viewer())
    for field in needs:
        if getattr(found, field) is None:
            raise UnknownCode(field, "")
    return Scene(found, store, current_viewer())


def attached(response: Response, name: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
