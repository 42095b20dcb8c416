"""`cityvitals export-package`: everything in the database as an import package."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers

REFUSED = 1
UNAVAILABLE = 3

Target = Annotated[Path, typer.Argument(metavar="FOLDER_OR_ZIP", help="New folder, or a file name that ends in .zip.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the package that is there.")]


def export_package(
    target: Target, database: Database = DEFAULT_DATABASE, layers: Layers = None, force: Force = False
) -> None:
    """Write everything in the database as an import package, to be loaded elsewhere with the same answers.

    Exit codes: 0 written, 1 refused because the target is not empty, 2 wrong usage, 3 database unavailable.
    """
    from rich.console import Console

    from data_access.errors import DataAccessError
    from data_access.exporting import ExportRefused
    from data_access.exporting import export_package as export

    try:
        with Console(stderr=True).status("Reading the database") as status:
            exported = export(
                database, target, layers, force=force, progress=lambda step, done, _: status.update(f"{step} {done:,}")
            )
    except DataAccessError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(REFUSED if isinstance(error, ExportRefused) else UNAVAILABLE) from error
    for table, rows in exported.rows.items():
        typer.echo(f"{table:<20}{rows:>12,}")
    typer.echo(f"Written to {exported.path}")
