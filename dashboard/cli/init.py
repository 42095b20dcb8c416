"""`cityvitals init`: the tables of the contract."""

import typer

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers

UNAVAILABLE = 3


def init(database: Database = DEFAULT_DATABASE, layers: Layers = None) -> None:
    """Create the tables of the shared database, empty, with data version 0. What is there already stays.

    Exit codes: 0 done, 2 wrong usage, 3 database unavailable.
    """
    from data_access.errors import DataAccessError
    from data_access.importing import prepare

    try:
        prepare(database, layers)
    except DataAccessError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(UNAVAILABLE) from error
    typer.echo(f"Tables are ready in {_without_password(database)}")


def _without_password(url: str) -> str:
    from sqlalchemy import make_url

    return make_url(url).render_as_string(hide_password=True)
