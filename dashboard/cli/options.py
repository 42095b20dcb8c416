"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.settings import read_settings

_defaults = read_settings()

Database = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="CITYVITALS_DATABASE_URL",
        help="sqlite:///file or postgresql://user@host/name",
        show_default=_defaults.database_url,
    ),
]
Layers = Annotated[
    Path | None,
    typer.Option("--layers", envvar="CITYVITALS_LAYERS", help="GeoPackage beside a SQLite database [same name, .gpkg]"),
]
DEFAULT_DATABASE = _defaults.database_url
