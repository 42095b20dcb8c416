"""The reach view's answers: who is within reach, what one more school changes, and only what a viewer may see."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from dash import Dash

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.startup import open_store
from data_access.viewer import EVERYTHING, Viewer
from tests.reach_city import EAST, HOSTILE, LAT, PEOPLE, load_town
from tests.wiring.asking import Screen, texts_of

REACHED = 6
"""Homes within 15 minutes: at the school, and up to 5 × 193 m = 965 m of the 1,000 m."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return load_town(tmp_path_factory.mktemp("reach"))


def app_of(url: str, viewer: Viewer = EVERYTHING) -> Dash:
    return create_app(open_store(url), Settings(database_url=url), identify=lambda _: viewer)


@pytest.fixture(scope="module")
def screen(url: str) -> Screen:
    return Screen(app_of(url))


def table(screen: Screen, search: str) -> dict[str, dict[str, str]]:
    """The rows taken away as CSV, by area."""
    answer = screen.client.get(f"/download/reach.csv?view=reach&{search}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    rows = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    return {row["area_code"]: row for row in rows}


def shapes(screen: Screen, search: str) -> dict[str, Any]:
    selection, _ = screen.open(f"?view=reach&{search}")
    status, answer = screen.ask("reach-shapes.data", selection=selection)
    assert status == 200, answer
    found: dict[str, Any] = answer["response"]["reach-shapes"]["data"]
    return found


def test_residents_within_fifteen_minutes_on_foot_are_counted_home_by_home(screen: Screen) -> None:
    rows = table(screen, "area=0101")
    assert float(rows["010101"]["residents_served"]) == 100 * REACHED
    assert float(rows["010102"]["residents_served"]) == 0
    assert float(rows["0101"]["residents"]) == PEOPLE
    assert float(rows["0101"]["served_pct"]) == pytest.approx(100 * REACHED / 41, abs=0.01)
    assert float(rows["0101"]["residents_served"]) == sum(
        float(rows[c]["residents_served"]) for c in ("010101", "010102")
    )


def test_the_reported_share_stands_beside_the_one_computed_in_its_caliber(screen: Screen) -> None:
    row = table(screen, "area=0101")["0101"]
    assert float(row["reported_pct"]) == 60
    assert float(row["land_in_radius_pct"]) == pytest.approx(100 * 5.6 / 41, abs=1), "the land within 1,000 m, straight"
    difference = float(row["land_in_radius_pct"]) - 60
    assert float(row["difference_pct_points"]) == pytest.approx(difference, abs=0.02)
    assert table(screen, "area=0101")["010101"]["reported_pct"] == "", "communities report nothing: not zero"


def test_a_school_tried_out_at_the_other_end_serves_as_many_again(screen: Screen) -> None:
    rows = table(screen, f"area=0101&reach=plus:{EAST},{LAT}")
    assert float(rows["010102"]["residents_served"]) == 100 * REACHED
    assert float(rows["0101"]["served_pct_before"]) == pytest.approx(100 * REACHED / 41, abs=0.01)
    selection, _ = screen.open(f"?view=reach&area=0101&reach=plus:{EAST},{LAT}")
    said = " ".join(
        texts_of(
            screen.ask("reach-summary.data-markup", selection=selection)[1]["response"]["reach-summary"]["data-markup"]
        )
    )
    assert "14.6" in said
    assert "29.3" in said
    assert "600" in said


def test_cycling_reaches_three_times_as_far(screen: Screen) -> None:
    rows = table(screen, "area=0101&reach=mode:cycle")
    assert float(rows["0101"]["residents_served"]) == 100 * 16, "3 km hold 15 steps of 193 m"


def test_the_map_gets_land_within_reach_blind_zones_and_the_schools(screen: Screen) -> None:
    drawn = shapes(screen, "area=0101")
    (reached,) = (shapely.from_geojson(json.dumps(band)) for band in drawn["bands"])
    blind = shapely.from_geojson(json.dumps(drawn["blind"]))
    assert reached.contains(shapely.Point(114.115, LAT))
    assert not reached.contains(shapely.Point(114.13, LAT))
    assert blind.contains(shapely.Point(114.15, LAT))
    assert not blind.contains(shapely.Point(114.112, LAT))
    points = screen.client.get(drawn["layer"]["url"])
    assert points.status_code == 200
    assert points.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    known = screen.client.get(drawn["layer"]["url"].removesuffix(".bin") + "/0.json")
    assert known.get_json()["name"] == HOSTILE


def test_from_one_place_there_is_a_band_for_each_number_of_minutes(screen: Screen) -> None:
    drawn = shapes(screen, f"area=0101&reach=at:114.15,{LAT};minutes:10")
    five, ten = (shapely.from_geojson(json.dumps(band)) for band in drawn["bands"])
    assert five.area < ten.area
    assert ten.contains(shapely.Point(114.15, LAT))


def test_a_place_far_from_any_road_is_answered_with_the_reason(screen: Screen) -> None:
    selection, _ = screen.open("?view=reach&area=0101&reach=at:114.15,30.18")
    answer = screen.ask("reach-summary.data-markup", selection=selection)[1]["response"]["reach-summary"]
    assert any("500" in text and "道路" in text for text in texts_of(answer["data-markup"]))
    assert all(not band["coordinates"] for band in shapes(screen, "area=0101&reach=at:114.15,30.18")["bands"])


@pytest.mark.parametrize(
    "reach",
    ["mode:fly", "minutes:7", "at:1", "at:nan,nan", "at:200,0", "plus:x", "plus:1,1|2,2|3,3|4,4|5,5", "sql:1", 7],
)  # fmt: skip
def test_a_question_the_view_would_not_write_is_refused(screen: Screen, reach: object) -> None:
    selection, _ = screen.open("?view=reach")
    for output in ("reach-shapes.data", "reach-summary.data-markup"):
        assert screen.ask(output, selection=selection | {"reach": reach})[0] == 400
    assert screen.pick(selection, reach=reach)[0] == 400


def test_unknown_layers_files_and_points_are_not_found(screen: Screen) -> None:
    selection, _ = screen.open("?view=reach")
    assert screen.ask("reach-summary.data-markup", selection=selection | {"reach": "layer:nothing"})[0] == 404
    url = shapes(screen, "area=0101")["layer"]["url"]
    for path in (url.replace(".bin", "0.bin"), url.replace(".bin", "/1.json"), url.replace(".bin", ".overview.bin"),
                 "/points/%00.x.bin", "/points/x", "/points/eA.y/99999999999999999999.json"):  # fmt: skip
        assert screen.client.get(path).status_code in (400, 404), path


def test_shapes_are_taken_away_as_a_geopackage_with_its_layers(screen: Screen, tmp_path: Path) -> None:
    answer = screen.client.get("/download/reach.gpkg?view=reach&area=0101")
    (tmp_path / "reach.gpkg").write_bytes(answer.data)
    assert {name for name, _ in pyogrio.list_layers(tmp_path / "reach.gpkg")} == {"reach", "blind_zones", "coverage"}
    coverage = pyogrio.read_dataframe(tmp_path / "reach.gpkg", layer="coverage")
    assert set(coverage["area_code"]) >= {"010101", "010102"}


def test_who_sees_one_community_gets_its_figures_its_points_and_its_land_alone(url: str) -> None:
    screen = Screen(app_of(url, Viewer(area_codes=("010102",))))
    rows = table(screen, "view=reach")
    assert set(rows) == {"010102"}
    drawn = shapes(screen, "view=reach")
    assert shapely.from_geojson(json.dumps(drawn["bands"][0])).is_empty, "the school reaches nobody here"
    points = screen.client.get(drawn["layer"]["url"])
    assert HOSTILE.encode() not in points.data
    assert int.from_bytes(points.data[28:32], "little") == 0, "the school lies elsewhere"
    selection, _ = screen.open("?view=reach")
    assert screen.ask("reach-shapes.data", selection=selection | {"reach": f"at:114.12,{LAT}"})[0] == 400


def test_a_city_without_roads_is_answered_by_straight_lines_and_says_so(tmp_path: Path) -> None:
    screen = Screen(app_of(load_town(tmp_path, with_roads=False)))
    selection, _ = screen.open("?view=reach&area=0101")
    markup = screen.ask("reach-summary.data-markup", selection=selection)[1]["response"]["reach-summary"]["data-markup"]
    assert any("直线" in text for text in texts_of(markup))
    title = screen.ask("reach-map-title.data-markup", selection=selection)[1]["response"]["reach-map-title"]
    assert any("直线估算" in text for text in texts_of(title["data-markup"]))
    assert float(table(screen, "area=0101")["0101"]["residents_served"]) == 100 * 4, "1,000 m ÷ 1.3 hold 3 steps"
