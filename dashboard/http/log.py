"""JSON log lines with request ids, one per answered request."""

import logging
import re
import sys
import time
import uuid
import warnings

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

LOG = logging.getLogger("cityvitals.request")
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def write_json_logs(level: int = logging.INFO) -> None:
    """Sends all log records and warnings of the process to standard error, one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s", rename_fields={"asctime": "time", "levelname": "level"}
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    warnings.filterwarnings("ignore", message="Numba not installed")  # mapclassify is quick enough without


def log_requests(server: Flask) -> None:
    """Gives each request an id, the caller's `X-Request-Id` where it is well-formed, and logs how it was answered."""

    @server.before_request
    def begin() -> None:
        offered = request.headers.get("X-Request-Id", "")
        g.request_id = offered if _ACCEPTED_ID.fullmatch(offered) else uuid.uuid4().hex
        g.began = time.perf_counter()

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        LOG.info(
            "answered",
            extra={
                "request_id": g.get("request_id"),
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            },
        )
        return response
