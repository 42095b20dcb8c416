"""Results go back to the CIM platform as OGC API – Features: read by standard clients, in nobody else's scope."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from flask.testing import FlaskClient
from owslib.ogcapi.features import Features

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.startup import open_store
from data_access.viewer import EVERYTHING, Viewer
from scripts.screen_server import served
from tests.data.small_city import write

DISTRICT_A = Viewer(area_codes=("A",))
ITEMS = "/ogc/collections/indicator-I/items"


def city() -> dict[str, list[dict[str, Any]]]:
    """Districts A and B with two communities each, three of which have recorded values; J is another department's."""
    communities = ["A1", "A2", "B1", "B2"]
    levels = ["c", "d", "k"]
    area = [{"area_code": "C", "name_zh": "城", "level": "c"}]
    area += [{"area_code": code, "name_zh": code, "level": "d", "parent_code": "C"} for code in "AB"]
    area += [{"area_code": code, "name_zh": code, "level": "k", "parent_code": code[0]} for code in communities]
    shapes = {"A1": (120, 30), "A2": (120.1, 30), "B1": (120.2, 30), "B2": (120.3, 30)}
    boxes = {code: shapely.box(x + 0.01, y, x + 0.09, y + 0.1) for code, (x, y) in shapes.items()}
    boxes |= {"A": shapely.box(120, 30, 120.2, 30.1)}
    row = {"indicator_code": "I", "status": "valid"}
    values = [row | {"area_code": "A1", "period": year, "value": n} for n, year in enumerate(["2023", "2024"], 3)]
    values += [row | {"area_code": "B1", "period": "2024", "value": 5}]
    values += [row | {"area_code": "A2", "period": "2024", "value": None, "status": "suppressed"}]
    return {
        "area_level": [{"level": level, "rank": n, "name_zh": level} for n, level in enumerate(levels)],
        "area": area,
        "area_boundary": [{"area_code": code, "geometry": box} for code, box in boxes.items()],
        "indicator_system": [{"system_code": "s", "name_zh": "s"}],
        "dimension": [{"dimension_code": "d", "system_code": "s", "name_zh": "d"}],
        "indicator": [
            {"indicator_code": "I", "name_zh": "危房", "aggregation": "sum", "unit": "栋", "caliber": "口径甲"},
            {"indicator_code": "J", "name_zh": "J", "aggregation": "sum", "lead_department_code": "X"},
        ],
        "department": [{"department_code": "X", "name_zh": "X"}],
        "indicator_value": values,
    }


@pytest.fixture(scope="module")
def url(make_module_database: Callable[[], str]) -> str:
    database = make_module_database()
    write(database, **city())
    return database


def client(url: str, viewer: Viewer = EVERYTHING) -> FlaskClient:
    app = create_app(open_store(url), Settings(database_url=url), identify=lambda request: viewer)
    return app.server.test_client()


def test_a_rolled_up_figure_says_what_it_is(url: str) -> None:
    answer = client(url).get(f"{ITEMS}/A@2024")
    assert answer.mimetype == "application/geo+json"
    feature = answer.get_json()
    said = feature["properties"]
    assert (said["value"], said["unit"], said["status"], said["origin"]) == (4, "栋", "valid", "computed")
    assert (said["coverage_contributing"], said["coverage_children"]) == (1, 2)
    assert said["misses_suppressed"] is True and said["caliber"] == "口径甲"
    assert shapely.equals(
        shapely.from_geojson(json.dumps(feature["geometry"])), city()["area_boundary"][-1]["geometry"]
    )


def test_missing_is_null_with_its_reason_and_an_area_without_boundary_is_listed(url: str) -> None:
    found = {one["id"]: one for one in client(url).get(f"{ITEMS}?limit=1000").get_json()["features"]}
    assert len(found) == 14  # 7 areas in 2 periods
    assert [found[f"{code}@2024"]["properties"]["status"] for code in ("A2", "B2")] == ["suppressed", "none"]
    assert found["A2@2024"]["properties"]["value"] is None
    assert found["B@2024"]["geometry"] is None and found["B@2024"]["properties"]["value"] == 5


def test_pages_hold_every_feature_once_and_lead_to_each_other(url: str) -> None:
    asking, seen, at = client(url), [], f"{ITEMS}?limit=4&level=k"
    while at:
        page = asking.get(at).get_json()
        assert page["numberMatched"] == 8 and page["numberReturned"] == len(page["features"])
        seen += [one["id"] for one in page["features"]]
        at = next(
            (link["href"].removeprefix("http://localhost") for link in page["links"] if link["rel"] == "next"), ""
        )
    assert seen == [f"{code}@{year}" for year in ("2024", "2023") for code in ("A1", "A2", "B1", "B2")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bbox=120.12,30,120.25,30.1&datetime=2024-06-30", ["A@2024", "A2@2024", "B1@2024"]),
        ("bbox=120.095,30,120.105,30.1&level=k", []),  # the gap between A1 and A2
        ("datetime=../2023-12-31&within=B", ["B@2023", "B1@2023", "B2@2023"]),
        ("datetime=2024-12-31T23:00:00Z/..&area_code=A1", ["A1@2024"]),
        ("datetime=2019-01-01/2022-12-31", []),
        ("period=2023&area_code=A1", ["A1@2023"]),
        ("limit=1&offset=99", []),
    ],
)
def test_filters(url: str, query: str, expected: list[str]) -> None:
    answer = client(url).get(f"{ITEMS}?{query}")
    assert [one["id"] for one in answer.get_json()["features"]] == expected


def test_a_viewer_of_one_district_neither_reads_nor_counts_another(url: str) -> None:
    asking = client(url, DISTRICT_A)
    everything = asking.get(f"{ITEMS}?limit=1000").get_json()
    assert everything["numberMatched"] == 6  # A, A1, A2 in two periods
    assert {one["properties"]["area_code"] for one in everything["features"]} == {"A", "A1", "A2"}
    assert {one["properties"]["parent_code"] for one in everything["features"]} == {None, "A"}
    assert asking.get(f"{ITEMS}?offset=6").get_json()["features"] == []
    assert asking.get(f"{ITEMS}?bbox=120.2,30,120.4,30.1&level=k").get_json()["numberMatched"] == 0
    for hidden in ("items/B@2024", "items/C@2024", "items?within=B", "items?area_code=C"):
        assert asking.get(f"/ogc/collections/indicator-I/{hidden}").status_code == 404
    extent = asking.get("/ogc/collections/indicator-I").get_json()["extent"]["spatial"]["bbox"][0]
    assert extent == pytest.approx([120, 30, 120.2, 30.1])


def test_an_indicator_of_another_department_is_no_collection(url: str) -> None:
    asking = client(url, Viewer(department_codes=("Y",)))
    assert asking.get("/ogc/collections").get_json()["collections"] == []
    assert asking.get("/ogc/collections/indicator-J").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("nonsense=1", "f=html", "limit=0", "limit=-1", "limit=x", "limit=" + "9" * 40, "offset=-1"),
        *("bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,0,1,1", "bbox=3,0,1,1", "bbox=0,0,1,1&bbox-crs=EPSG:4490"),
        *("datetime=tomorrow", "datetime=2024/2023", "datetime=2024-13-01"),
    ],
)
def test_a_malformed_question_is_a_clear_400(published: FlaskClient, query: str) -> None:
    answer = published.get(f"{ITEMS}?{query}")
    assert answer.status_code == 400 and answer.get_json()["error"]["message"]


@pytest.fixture(scope="module")
def published(empty_databases: Any) -> FlaskClient:
    database = empty_databases.make("sqlite")
    write(database, **city())
    return client(database)


def test_the_api_definition_names_every_parameter_that_is_understood(published: FlaskClient) -> None:
    definition = published.get("/ogc/api").get_json()
    items = definition["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]
    queries = {"limit": "3", "offset": "0", "bbox": "0,0,1,1", "datetime": "2024-01-01", "period": "2024"}
    queries |= {"level": "k", "area_code": "A", "within": "A"}
    assert {one["name"] for one in items if one["in"] == "query"} == queries.keys()
    assert published.get(ITEMS, query_string=queries).status_code == 200


def test_standard_clients_read_the_service(empty_databases: Any, tmp_path: Path) -> None:
    """OWSLib walks the documents; GDAL's OAPIF driver pages through the features and reads types and geometry."""
    database = empty_databases.make("sqlite")
    write(database, **city())
    with served(database) as address:
        service = Features(f"{address}/ogc")
        assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in service.conformance()["conformsTo"]
        assert service.feature_collections() == ["indicator-I", "indicator-J"]
        found = service.collection_items("indicator-I", limit=3, bbox=[120, 30, 120.09, 30.1], level="k")
        assert (found["numberMatched"], found["numberReturned"]) == (2, 2)
        frame = _read_with_gdal(f"OAPIF:{address}/ogc", tmp_path / "read.parquet")
    assert len(frame) == 14 and frame.crs.to_authority() in {("EPSG", "4326"), ("OGC", "CRS84")}
    values = frame.set_index(["area_code", "period"])["value"]
    assert values["A1", "2023"] == 3 and values["A", "2024"] == 4 and values.isna().sum() == 6
    assert frame.loc[frame["area_code"] == "A1", "geometry"].notna().all()


def _read_with_gdal(source: str, copy: Path) -> geopandas.GeoDataFrame:
    """In a process of its own: GDAL holds the interpreter while it waits for the server, which runs in this one."""
    reading = (
        "import sys, pyogrio;"
        "pyogrio.read_dataframe(sys.argv[1], layer='indicator-I', PAGE_SIZE='5').to_parquet(sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", reading, source, copy], check=True, timeout=120)
    return geopandas.read_parquet(copy)
