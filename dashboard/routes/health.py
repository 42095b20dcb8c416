"""`/live`: the process answers. `/ready`: it can answer questions, because the database answers it."""

from flask import Flask, Response, jsonify

from data_access.store import IndicatorStore


def register_health_routes(server: Flask, store: IndicatorStore) -> None:
    """A load balancer restarts what is not live and sends no one to what is not ready (503 by the error handlers)."""

    @server.get("/live")
    def live() -> Response:
        return _fresh({"status": "live"})

    @server.get("/ready")
    def ready() -> Response:
        contract = store.contract()
        return _fresh({"status": "ready", "contract": contract.version, "data_version": contract.data_version})


def _fresh(answer: dict[str, object]) -> Response:
    response = jsonify(answer)
    response.headers["Cache-Control"] = "no-store"
    return response
