"""Round trips: what is exported and loaded elsewhere gives the same rows, from either kind of database to either."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import insert, select

from data_access import contract
from data_access.contract import TABLES
from data_access.engine import open_engine
from data_access.errors import DatabaseUnavailable
from data_access.exporting import ExportRefused, export_package
from data_access.importing import load_packages
from data_access.layer_features import layer_feature
from tests.builders import TAIPEI, area, boundaries, city, indicator, problem, project, value, write_package
from tests.empty_databases import EmptyDatabases

AWKWARD = [
    '逗号, "引号"',
    "两\n行",
    "回车\r\n换行",
    " 前空格",
    "尾空格 ",
    "'单引号",
    "=1+1",
    "emoji 🏙",
    "tab\there",
    "NULL",
    "a;b",
]


def everything(database: str) -> dict[str, list[Any]]:
    """All rows of all tables, geometries as WKB; without the data version and its time, the database's own."""
    answer: dict[str, list[Any]] = {}
    with open_engine(database).connect() as connection:
        for name, table in {**TABLES, "layer_feature": layer_feature}.items():
            columns = [
                column for column in table.columns if name != "contract" or column.name[:4] not in ("data", "upda")
            ]
            rows = connection.execute(select(*columns).order_by(*table.primary_key))
            answer[name] = [tuple(c.wkb if isinstance(c, shapely.Geometry) else c for c in row) for row in rows]
    return answer


def awkward_city(folder: Path) -> Path:
    areas = [area(f"00{n}", "district", "01", name_zh=text, population=n) for n, text in enumerate(AWKWARD)]
    values = [
        value("N", f"00{n}", value=repr(number)) for n, number in enumerate([0.1 + 0.2, 1e-300, 1e22, 5e-324, -0.0])
    ]
    values += [value("N", "01", value=None, status="suppressed"), value("R", "01", value=1 / 3, rolls_up=False)]
    style = json.dumps({"颜色": "#fff", "a": [1, None]}, ensure_ascii=False)
    layers = [
        {"layer_code": "g", "title_zh": "点", "source_kind": "file", "source": "points.geojson", "style": style},
        {"layer_code": "k", "title_zh": "包", "source_kind": "file", "source": "two.gpkg", "source_layer": "first"},
        {"layer_code": "t", "title_zh": "表", "source_kind": "table", "source": "elsewhere", "style": None},
    ]
    package = write_package(
        folder,
        city(
            area=[area("01", "city", None), *areas],
            indicator=[indicator("N", unit="处", is_key=None), indicator("R", "ratio", ratio_scale=1000)],
            indicator_value=values,
            problem=[problem("p", "000", lon=121.123456789012, lat=31, description=AWKWARD[1])],
            project=[project("x", "001", name_en="Lake, east")],
            project_progress=[{"project_code": "x", "reported_on": "2024-06", "note": "进\n度"}],
            spatial_layer=layers,
            opinion=[{"author": "专家", "verdict": "question", "text": AWKWARD[0]}],
        ),
    )
    boundaries(["01", "000"]).to_file(package / "area_boundary.gpkg")
    named = boundaries(["甲", "乙"], key="名称")
    named["count"], named["share"] = [1, 2], [0.1, None]
    named.to_crs(4326).to_file(package / "points.geojson", driver="GeoJSON")
    named.to_file(package / "two.gpkg", layer="first")
    return package


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
@pytest.mark.parametrize("form", ["package", "package.zip"])
def test_a_round_trip_loses_and_changes_nothing(
    other: str, form: str, database: str, empty_databases: EmptyDatabases, tmp_path: Path
) -> None:
    load_packages([awkward_city(tmp_path / "awkward")], database)
    elsewhere = empty_databases.make(other)
    export_package(database, tmp_path / form)
    load_packages([tmp_path / form], elsewhere)
    ours, theirs = everything(database), everything(elsewhere)
    assert {name: rows for name, rows in theirs.items() if rows != ours[name]} == {}
    assert sum(map(len, theirs.values())) > 30


def test_taipei_comes_back_as_it_went_in(database: str, empty_databases: EmptyDatabases, tmp_path: Path) -> None:
    load_packages([TAIPEI], database)
    elsewhere = empty_databases.make("postgresql" if database.startswith("sqlite") else "sqlite")
    export_package(database, tmp_path / "taipei.zip")
    load_packages([tmp_path / "taipei.zip"], elsewhere)
    assert everything(database) == everything(elsewhere)


def test_an_empty_text_of_another_writer_becomes_missing(database: str, tmp_path: Path) -> None:
    load_packages([write_package(tmp_path / "package", city())], database)
    with open_engine(database, access="load").begin() as connection:
        connection.execute(insert(contract.action).values(action_code="a", name_zh="行动", goal=""))
    export_package(database, tmp_path / "out")
    assert ",行动,,,\r\n" in (tmp_path / "out" / "action.csv").read_bytes().decode()


def test_what_is_there_is_replaced_only_when_asked_and_only_a_package(database: str, tmp_path: Path) -> None:
    load_packages([write_package(tmp_path / "package", city())], database)
    export_package(database, tmp_path / "out")
    with pytest.raises(ExportRefused, match="not empty"):
        export_package(database, tmp_path / "out")
    (tmp_path / "out" / "stale.csv").write_text("x")
    export_package(database, tmp_path / "out", force=True)
    assert not (tmp_path / "out" / "stale.csv").exists()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportRefused, match="other than a package"):
        export_package(database, tmp_path / "home", force=True)
    assert (tmp_path / "home" / "thesis.txt").exists()


def test_a_database_that_is_not_there_is_not_made_by_an_export(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        export_package(f"sqlite:///{tmp_path}/none.sqlite", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
