"""`cityvitals check`: the doctor."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers

if TYPE_CHECKING:
    from data_access.checking import Diagnosis, Finding

ERRORS = 1
UNAVAILABLE = 3
_SHOWN = 5

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object: contract_version, data_version, findings …")]


def check(database: Database = DEFAULT_DATABASE, layers: Layers = None, as_json: AsJson = False) -> None:
    """Examine the database: what is broken, missing or hard to believe, with counts and the first codes.

    Exit codes: 0 no errors (warnings do not fail), 1 errors, 2 wrong usage, 3 database unavailable.
    """
    from rich.console import Console

    from data_access.checking import check_database
    from data_access.errors import DataAccessError

    try:
        with Console(stderr=True).status("Examining") as status:
            diagnosis = check_database(database, layers, lambda step, *_: status.update(f"Examining {step}"))
    except DataAccessError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(UNAVAILABLE) from error
    _print_json(diagnosis) if as_json else _print_text(diagnosis)
    if diagnosis.errors:
        raise typer.Exit(ERRORS)


def _print_json(diagnosis: "Diagnosis") -> None:
    import orjson

    answer = asdict(diagnosis) | {"errors": diagnosis.errors, "warnings": diagnosis.warnings}
    typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())


def _print_text(diagnosis: "Diagnosis") -> None:
    for finding in sorted(diagnosis.findings, key=lambda finding: finding.severity):
        colour = "red" if finding.severity == "error" else "yellow"
        typer.secho(f"{finding.severity:<8}{finding.check} ({finding.count:,})  {finding.message}", fg=colour)
        _print_examples(finding)
    typer.echo(
        f"Data version {diagnosis.data_version}: {diagnosis.errors} kinds of error, {diagnosis.warnings} of warning"
    )


def _print_examples(finding: "Finding") -> None:
    for example in finding.examples[:_SHOWN]:
        cells = ", ".join(f"{name}={value}" for name, value in example.items() if value is not None)
        typer.echo("          " + "".join(sign if sign.isprintable() else "�" for sign in cells))
    if finding.count > _SHOWN:
        typer.echo(f"          … and {finding.count - _SHOWN:,} more")
