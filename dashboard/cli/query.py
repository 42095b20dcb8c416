"""`cityvitals query`: the store's answers for scripts and other teams. Pure data on stdout, messages on stderr."""

import csv
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers

if TYPE_CHECKING:
    import pandas as pd

    from data_access.store import IndicatorStore

REFUSED = 1
UNAVAILABLE = 3
FIRST = (
    "value",
    "status",
    "grade",
    "origin",
    "coverage_contributing",
    "coverage_children",
    "coverage_population_share",
)
"""Columns that follow the codes and names of a value row; the others come after them."""


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


As = Annotated[Format, typer.Option("--format", help="csv: missing is empty; json: missing is null")]
Indicator = Annotated[str, typer.Option("--indicator", help="indicator code")]
Area = Annotated[str, typer.Option("--area", help="area code")]
AnyArea = Annotated[str | None, typer.Option("--area", help="area code [the whole city]")]
Level = Annotated[str | None, typer.Option("--level", help="all descendants of this level instead of the children")]
Period = Annotated[str, typer.Option("--period", help="2024, 2024-H1, 2024-Q3, 2024-06, 2024-06-30 or a span of dates")]
AnyPeriod = Annotated[str | None, typer.Option("--period", help="period [all]")]

query = typer.Typer(
    name="query",
    help="Ask for values, areas, problems and projects, as CSV or JSON. Rolled-up figures say so in `origin`.",
    no_args_is_help=True,
)


@query.command()
def values(
    indicator: Indicator,
    period: Period,
    area: Area,
    level: Level = None,
    as_: As = Format.CSV,
    database: Database = DEFAULT_DATABASE,
    layers: Layers = None,
) -> None:
    """One indicator in one period for the area's children, or for all its descendants of a level."""
    from data_access.questions import ValuesQuestion

    question = ValuesQuestion(indicator=indicator, period=period, area=area, level=level)
    _answer(database, layers, as_, lambda store: _values_first(store.values_by_area(question)))


@query.command()
def series(
    indicator: Indicator, area: Area, as_: As = Format.CSV, database: Database = DEFAULT_DATABASE, layers: Layers = None
) -> None:
    """One indicator of one area in all its periods."""
    from data_access.questions import SeriesQuestion

    question = SeriesQuestion(indicator=indicator, areas=(area,))
    _answer(database, layers, as_, lambda store: _values_first(store.series(question)))


@query.command()
def profile(
    area: Area,
    period: AnyPeriod = None,
    as_: As = Format.CSV,
    database: Database = DEFAULT_DATABASE,
    layers: Layers = None,
) -> None:
    """All indicators of one area, in one period or in all."""
    from data_access.questions import ProfileQuestion

    def ask(store: "IndicatorStore") -> "pd.DataFrame":
        found = store.profile(ProfileQuestion(area=area, period=period))
        found.insert(0, "area_code", area)
        return _values_first(found)

    _answer(database, layers, as_, ask)


@query.command()
def areas(
    area: AnyArea = None,
    level: Level = None,
    as_: As = Format.CSV,
    database: Database = DEFAULT_DATABASE,
    layers: Layers = None,
) -> None:
    """The area's children, or all its descendants of a level."""
    from data_access.questions import AreasQuestion

    _answer(database, layers, as_, lambda store: store.areas(AreasQuestion(area=area, level=level)))


@query.command()
def problems(
    area: AnyArea = None, as_: As = Format.CSV, database: Database = DEFAULT_DATABASE, layers: Layers = None
) -> None:
    """The problems in an area and below it."""
    from data_access.questions import ProblemsQuestion

    _answer(database, layers, as_, lambda store: store.problems(ProblemsQuestion(area=area)))


@query.command()
def projects(
    area: AnyArea = None, as_: As = Format.CSV, database: Database = DEFAULT_DATABASE, layers: Layers = None
) -> None:
    """The projects that serve an area or one below it."""
    from data_access.questions import ProjectsQuestion

    _answer(database, layers, as_, lambda store: store.projects(ProjectsQuestion(area=area)))


def _answer(database: str, layers: Path | None, as_: Format, ask: Callable[["IndicatorStore"], "pd.DataFrame"]) -> None:
    from data_access.errors import DataAccessError, InvalidQuestion, UnknownCode
    from data_access.startup import open_store

    try:
        found = ask(open_store(database, layers))
    except DataAccessError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(REFUSED if isinstance(error, UnknownCode | InvalidQuestion) else UNAVAILABLE) from error
    _print_csv(found) if as_ is Format.CSV else _print_json(found)


def _values_first(found: "pd.DataFrame") -> "pd.DataFrame":
    from data_access.store import VALUE_COLUMNS

    about = [name for name in found.columns if name not in VALUE_COLUMNS]
    return found[[*about, *FIRST, *(name for name in VALUE_COLUMNS if name not in FIRST)]]


def _print_csv(found: "pd.DataFrame") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.columns)
    writer.writerows([_text(cell) for cell in row] for row in _rows(found))


def _print_json(found: "pd.DataFrame") -> None:
    import orjson

    rows = [dict(zip(found.columns, row, strict=True)) for row in _rows(found)]
    typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())


def _rows(found: "pd.DataFrame") -> Iterator[tuple[Any, ...]]:
    """Rows of plain values: missing is None, and a number is whole where it is."""
    plain = found.astype(object).where(found.notna(), None)
    return (tuple(map(_whole, row)) for row in plain.itertuples(index=False, name=None))


def _whole(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _text(cell: Any) -> Any:
    return str(cell).lower() if isinstance(cell, bool) else cell
