"""Every error is a short JSON object with the request's id; a traceback goes to the log and nowhere else."""

import logging

from dash.exceptions import DependencyException
from flask import Flask, Response, g, jsonify
from werkzeug.exceptions import HTTPException

from data_access.errors import (
    ContractMismatch,
    DatabaseCorrupt,
    DatabaseUnavailable,
    InvalidQuestion,
    UnknownCode,
)

LOG = logging.getLogger("cityvitals.errors")
RETRY_AFTER_S = 5


def answer_errors_as_json(server: Flask) -> None:
    """400 or 404 for what the asker got wrong, 503 while the database is away, 500 for our own faults."""
    server.register_error_handler(
        HTTPException, lambda error: error_answer(error.code or 500, error.name, error.description)
    )
    server.register_error_handler(DependencyException, lambda error: error_answer(404, "unknown file", "no such file"))
    server.register_error_handler(UnknownCode, lambda error: error_answer(404, "unknown code", str(error)))
    server.register_error_handler(InvalidQuestion, lambda error: error_answer(400, "invalid question", str(error)))
    for away in (DatabaseUnavailable, DatabaseCorrupt, ContractMismatch):
        server.register_error_handler(away, _database_away)
    server.register_error_handler(Exception, _our_fault)


def error_answer(status: int, name: str, message: str | None) -> Response:
    answer = jsonify({"error": {"status": status, "name": name, "message": message, "request_id": g.get("request_id")}})
    answer.status_code = status
    return answer


def _database_away(error: Exception) -> Response:
    LOG.warning("database away: %s", error)
    answer = error_answer(503, "database unavailable", str(error))
    answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _our_fault(error: Exception) -> Response:
    LOG.exception("unhandled %s", type(error).__name__)
    return error_answer(500, "internal error", "The server could not answer; the log holds the reason under this id.")
