"""Import packages in a few words: a small city that loads without a fault, and changes to it.

`write_package(folder, city())` writes one; `city(area=[...])` replaces a table; `csv(...)` is the raw text of one.
"""

import csv as csv_module
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas
import shapely

Row = Mapping[str, Any]
Tables = dict[str, list[dict[str, Any]]]

TAIPEI = Path(__file__).parents[1] / "examples" / "taipei.zip"


def area(code: str, level: str, parent: str | None, **facts: Any) -> dict[str, Any]:
    return {"area_code": code, "name_zh": f"名{code}", "level": level, "parent_code": parent} | facts


def indicator(code: str, aggregation: str = "sum", **facts: Any) -> dict[str, Any]:
    return {
        "indicator_code": code,
        "system_code": "s",
        "dimension_code": "d",
        "name_zh": f"指标{code}",
        "unit": "%",
        "direction": "lower_better",
        "graded": True,
        "aggregation": aggregation,
    } | facts


def value(
    indicator: str, area: str, period: str = "2024", value: float | str | None = 1, **facts: Any
) -> dict[str, Any]:
    row = {"indicator_code": indicator, "area_code": area, "period": period, "value": value}
    return row | {"status": "valid" if value is not None else "not_collected"} | facts


def problem(code: str, area: str, **facts: Any) -> dict[str, Any]:
    row = {
        "problem_code": code,
        "area_code": area,
        "title_zh": f"问题{code}",
        "track": "time_limited",
        "status": "open",
    }
    return row | {"found_on": "2024"} | facts


def project(code: str, area: str, **facts: Any) -> dict[str, Any]:
    row = {"project_code": code, "name_zh": f"项目{code}", "area_code": area}
    return row | {"project_type": "roads", "stage": "started"} | facts


def city(**changes: list[dict[str, Any]]) -> Tables:
    """Root `01` with districts `0101` and `0102`, a summed and a ratio indicator, and values of 2024."""
    tables: Tables = {
        "area_level": [
            {"level": "city", "rank": 0, "name_zh": "市"},
            {"level": "district", "rank": 1, "name_zh": "区"},
        ],
        "area": [area("01", "city", None), area("0101", "district", "01"), area("0102", "district", "01")],
        "department": [{"department_code": "housing", "name_zh": "住建局"}],
        "indicator_system": [{"system_code": "s", "name_zh": "体系"}],
        "dimension": [{"dimension_code": "d", "system_code": "s", "name_zh": "维度"}],
        "indicator": [indicator("N", unit="处"), indicator("R", "ratio")],
        "indicator_value": [value("N", "0101"), value("N", "0102", value=2)],
    }
    return tables | changes


def csv(rows: Iterable[Row]) -> str:
    """The rows as CSV text; columns in the order in which they first appear, None as an empty cell."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv_module.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_package(folder: Path, tables: Mapping[str, Iterable[Row]]) -> Path:
    """A package folder with one UTF-8 CSV file per table."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        (folder / f"{table}.csv").write_text(csv(rows), encoding="utf-8")
    return folder


def boundaries(codes: Iterable[str], crs: str | None = "EPSG:4490", key: str = "area_code") -> geopandas.GeoDataFrame:
    """One square of 0.1° per code, side by side from 121° E 31° N."""
    codes = list(codes)
    squares = [shapely.box(121 + n / 10, 31, 121.1 + n / 10, 31.1) for n in range(len(codes))]
    return geopandas.GeoDataFrame({key: codes}, geometry=squares, crs=crs)
