"""Every progress report of the database in a few arrays: read once per version of the data, kept without objects."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import DBAPIError

from data_access import contract

NAMES = ("physical_planned_pct", "investment_planned", "physical_actual_pct", "investment_actual")
_report = contract.project_progress
_KEY = (_report.c.project_code, _report.c.reported_on)
_PART_ROWS = 500
"""So few that the objects of one part make room for those of the next: a third quicker than all at once."""
_END_OF_YEAR = "-12-31"
_YEAR = 4


@dataclass(frozen=True)
class ReportList:
    """One row per report, by project and in time. project, day: places in `codes` and `days`; figures by name.

    Of the whole database: whoever answers from it keeps to the viewer's scope.
    """

    codes: list[str]
    days: list[str]
    project: NDArray[np.int32]
    day: NDArray[np.int32]
    figures: dict[str, NDArray[np.float64]]

    def to_bytes(self) -> bytes:
        """As it is kept: Arrow, not compressed, so that it is read where it lies."""
        named = ((self.project, self.codes), (self.day, self.days))
        words = [pa.DictionaryArray.from_arrays(places, pa.array(texts, pa.string())) for places, texts in named]
        batch = pa.record_batch([*words, *map(pa.array, self.figures.values())], names=["project", "day", *NAMES])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        return bytes(sink.getvalue())

    @classmethod
    def from_bytes(cls, kept: bytes) -> "ReportList":
        batch = pa.ipc.open_stream(kept).read_next_batch()
        project, day = batch.column("project"), batch.column("day")
        return cls(
            project.dictionary.to_pylist(),
            day.dictionary.to_pylist(),
            project.indices.to_numpy(),
            day.indices.to_numpy(),
            {name: batch.column(name).to_numpy(zero_copy_only=False) for name in NAMES},
        )


def report_list(connection: Connection) -> ReportList:
    counted = select(_KEY[0], func.count()).group_by(_KEY[0]).order_by(_KEY[0])
    listed = connection.execute(counted).all()
    project = np.repeat(np.arange(len(listed), dtype="int32"), [count for _, count in listed])
    said, figures = _columns(connection)
    number, texts = pd.factorize(said)
    in_time = sorted(texts.tolist(), key=lambda text: (end_of(text), text))
    day = pd.Index(in_time).get_indexer(texts).astype("int32")[number]
    order = np.lexsort((day, project))
    return ReportList(
        [code for code, _ in listed],
        in_time,
        project,
        day[order],
        {name: figure[order] for name, figure in zip(NAMES, figures, strict=True)},
    )


def end_of(day: str) -> str:
    """Of a partial date, the end of the interval; every month may have 31 days here."""
    return f"{day}{_END_OF_YEAR[len(day) - _YEAR :]}"


def _columns(connection: Connection) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Days and figures by key: the driver's own rows, since wrapping 300,000 of them takes longer than reading them."""
    driver: Any = connection.dialect.loaded_dbapi
    days: list[str] = []
    parts = [np.empty((len(NAMES), 0))]
    try:
        cursor = _opened(connection, select(_KEY[1], *(_report.c[name] for name in NAMES)).order_by(*_KEY))
        while rows := cursor.fetchmany(_PART_ROWS):
            said, *figures = zip(*rows, strict=True)
            days.extend(said)
            parts.append(np.array([np.array(figure, dtype="float64") for figure in figures]))
    except driver.Error as error:
        raise DBAPIError(None, None, error) from error
    return np.array(days, dtype=object), np.concatenate(parts, axis=1)


def _opened(connection: Connection, statement: Select[Any]) -> Any:
    """The driver's cursor; PostgreSQL sends numbers as they are, not as text to be parsed."""
    if connection.dialect.name != "postgresql":
        return connection.execute(statement).cursor
    driven: Any = connection.connection.driver_connection
    return driven.cursor(binary=True).execute(str(statement.compile(dialect=connection.dialect)))
