"""`/pattern/progress?<selection>`: how much of the permutations behind the linked map is done."""

from flask import Flask, Response, jsonify

from callbacks.correlation_data import Pairing
from callbacks.correlation_map import share_done
from dashboard.routes.selected import asked_scene
from data_access.store import IndicatorStore


def register_pattern_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/pattern/progress")
    def progress() -> Response:
        """`done`: 0–1, null where nothing is being computed. The answer itself comes with the panel that waits."""
        response = jsonify({"done": share_done(Pairing(asked_scene(store)))})
        response.headers["Cache-Control"] = "no-store"
        return response
