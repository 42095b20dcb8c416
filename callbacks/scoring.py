"""The installation's scoring: its own file, else the one that comes along."""

from pathlib import Path

from flask import Flask, current_app

from analysis.scoring import DEFAULT, Scoring, read_scoring

_FILE = "CITYVITALS_SCORING"


def keep_scoring(server: Flask, file: Path | None) -> None:
    """Reads the file at once, so that a fault in it stops the start. Raises ScoringFault or OSError."""
    read_scoring(file or DEFAULT)
    server.config[_FILE] = file or DEFAULT


def current_scoring() -> Scoring:
    return read_scoring(current_app.config[_FILE])
