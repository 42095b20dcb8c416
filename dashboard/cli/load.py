"""`cityvitals load`: import packages, each all or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers

if TYPE_CHECKING:
    from data_access.importing import Fault, FaultLog, Loaded

REFUSED = 1
UNAVAILABLE = 3

Packages = Annotated[
    list[Path], typer.Argument(exists=True, help="Folder, .zip or .xlsx with one table per file or sheet.")
]
Crs = Annotated[str | None, typer.Option(help="CRS of spatial files that declare none, such as EPSG:4547.")]
Report = Annotated[
    Path | None, typer.Option(help="CSV file for every fault and warning [PACKAGE-faults.csv when there are faults]")
]


def load(
    packages: Packages,
    database: Database = DEFAULT_DATABASE,
    layers: Layers = None,
    crs: Crs = None,
    report: Report = None,
) -> None:
    """Load import packages. Each is loaded whole, or refused with every fault listed and nothing changed.

    Exit codes: 0 loaded, 1 refused, 2 wrong usage, 3 database unavailable.
    """
    from data_access.errors import DataAccessError
    from data_access.importing import FaultLog, PackageRefused

    _check_crs(crs)
    for package in packages:
        with FaultLog() as log:
            try:
                loaded = _load_with_progress(package, database, layers, crs, log)
            except PackageRefused as refusal:
                _show(log, report or Path(f"{package.resolve().stem}-faults.csv"))
                typer.secho(str(refusal), fg="red", err=True)
                raise typer.Exit(REFUSED) from refusal
            except DataAccessError as error:
                typer.secho(str(error), fg="red", err=True)
                raise typer.Exit(UNAVAILABLE) from error
            _show(log, report)
            _summarise(package, loaded)


def _check_crs(crs: str | None) -> None:
    if crs is None:
        return
    from data_access.importing.geometries import known_crs

    if not known_crs(crs):
        raise typer.BadParameter(f"{crs} is no known code: use EPSG:n, such as EPSG:4547", param_hint="--crs")


def _load_with_progress(
    package: Path, database: str, layers: Path | None, crs: str | None, log: "FaultLog"
) -> "Loaded":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from data_access.importing import load_packages

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)

        return load_packages([package], database, layers, crs=crs, log=log, progress=show)[0]


def _show(log: "FaultLog", report: Path | None) -> None:
    """Faults and warnings on the terminal, the first hundred of each; all of them in the report."""
    for severity in ("fault", "warning"):
        count, first = log.counts[severity], log.first[severity]
        if first:
            _print_table(f"{count:,} {severity}{'s' if count != 1 else ''}", first)
            if count > len(first):
                typer.echo(f"… and {count - len(first):,} more", err=True)
    if report is not None:
        try:
            log.save_report(report)
        except OSError as error:
            typer.secho(f"The report cannot be written: {error}", fg="red", err=True)
        else:
            typer.echo(f"Report: {report}", err=True)


def _print_table(title: str, faults: list["Fault"]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("file", "row", "column", "value", "expected", title=title, title_justify="left")
    for fault in faults:
        cells = (fault.file, fault.row, fault.column, fault.value, fault.expected)
        table.add_row(*("" if cell is None else escape(_printable(str(cell))) for cell in cells))
    Console(stderr=True).print(table)


def _printable(text: str) -> str:
    """Without control characters: what a file says must not steer the terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _summarise(package: Path, loaded: "Loaded") -> None:
    for table, rows in loaded.rows.items():
        typer.echo(f"{table:<20}{rows:>12,}")
    typer.echo(f"{package.name} loaded in {loaded.seconds:.1f} s: data version {loaded.data_version}")
