"""What lies behind the map: the values of its areas, and all indicators of them, piece by piece."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from callbacks.indicator_series import areas_below
from callbacks.scene import Scene
from dashboard.exports.table import MOST_ROWS, Table
from dashboard.exports.writing import csv_text
from data_access.questions import BoundariesQuestion, ValuesQuestion

COLUMNS = [
    "indicator_code", "indicator", "unit", "area_code", "name_zh", "name_en", "level", "parent_code", "period", "value",
    "status", "origin", "numerator", "denominator", "caliber", "source",
]  # fmt: skip


def mapped(at: Scene) -> pd.DataFrame:
    """One row per area that the map shows, with the selected indicator in the selected period."""
    question = _question(at)
    return at.store.values_by_area(question).assign(indicator_code=question.indicator, period=question.period)


def mapped_places(at: Scene) -> pd.DataFrame:
    """The same for the areas with a boundary, with it."""
    asked = _question(at)
    shapes = at.store.boundaries(
        BoundariesQuestion(area=asked.area, level=asked.level, partition=asked.partition, viewer=at.viewer)
    )
    return mapped(at).merge(shapes, on="area_code")


def expected_rows(at: Scene) -> int:
    """How many rows `all_indicators` will have, as far as can be known before."""
    return min(MOST_ROWS, len(at.catalogue) * len(at.store.values_by_area(_question(at))))


def all_indicators(at: Scene) -> Iterator[bytes]:
    """CSV of every indicator of the areas on the map in the selected period: one piece per indicator, no more than
    MOST_ROWS rows in all; where it cuts, the last row says so."""
    asked, written = _question(at), 0
    yield "\ufeff".encode() + csv_text(Table("", pd.DataFrame(columns=COLUMNS), {})).encode()
    for row in at.catalogue.to_dict("records"):
        values = at.store.values_by_area(replace(asked, indicator=row["indicator_code"]))
        facts = {"indicator_code": row["indicator_code"], "indicator": at.texts.name(row), "unit": row["unit"]}
        rows = values.assign(**facts, period=asked.period)[COLUMNS].head(MOST_ROWS - written)
        written += len(rows)
        yield csv_text(Table("", rows, {}), header=False).encode()
        if written >= MOST_ROWS:
            yield f"{at.texts('export.cut', most=MOST_ROWS)}\r\n".encode()
            return


def _question(at: Scene) -> ValuesQuestion:
    """The areas as the map chooses them: of the chosen level, else the children of the chosen tiling."""
    home, below = areas_below(at)
    level = at.selection.level
    partition = None if level or below.empty else str(below["partition"].iloc[0])
    return ValuesQuestion(
        indicator=str(at.selection.indicator), period=str(at.selection.period), area=home, level=level,
        partition=partition, viewer=at.viewer,
    )  # fmt: skip
