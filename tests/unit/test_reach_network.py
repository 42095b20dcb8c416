"""A small town by hand: who gets where, in how many minutes, and who does not."""

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.reach.coverage import by_area, covered_share, facilities, residents, seconds_to, service_land, spread
from analysis.reach.graph import CYCLE, DRIVE, SNAP_TOLERANCE_M, WALK, WALK_KMH, Graph, make_graph
from analysis.reach.isochrone import OFF_ROAD_M, isochrones
from analysis.reach.plane import Plane
from analysis.reach.roads import read_roads

PLANE = Plane(114.0, 30.0)
A, B, C, D = (0.0, 0.0), (600.0, 0.0), (600.0, 400.0), (0.0, 400.0)
ISLAND = ((5000.0, 0.0), (5600.0, 0.0))
WALK_MS = WALK_KMH / 3.6


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(PLANE.degrees(np.array(points)))


def town(**columns: list[object]) -> pd.DataFrame:
    """Streets A–B, B–C (one-way, 60 km/h) and C–D, and a street on an island that no bridge leads to."""
    shapes = [line(A, B), line(B, C), line(C, D), line(*ISLAND)]
    facts: dict[str, list[object]] = {
        "class": ["local", "primary", "local", "local"],
        "speed_kmh": [30, "60", None, 30],
        "oneway": [False, "true", False, False],
    }
    return pd.DataFrame({"geometry": shapes} | facts | columns)


def graph(mode: str, features: pd.DataFrame | None = None) -> Graph:
    return make_graph(read_roads(town() if features is None else features), mode)


def seconds(on: Graph, start: tuple[float, float], end: tuple[float, float]) -> float:
    """From one place to another; places in metres of PLANE."""
    plane = on.roads.plane
    here, there = (on.place(plane.metres(PLANE.degrees(np.array([spot])))) for spot in (start, end))
    return float(on.times_at(on.arrivals(here, 7200), here, there)[0])


def test_walking_takes_the_length_at_walking_speed_and_ignores_one_way_streets() -> None:
    assert seconds(graph(WALK), A, C) == pytest.approx(1000 / WALK_MS, rel=1e-3)
    assert seconds(graph(WALK), C, A) == pytest.approx(1000 / WALK_MS, rel=1e-3)


def test_driving_takes_each_street_at_its_speed_and_never_against_a_one_way() -> None:
    drive = graph(DRIVE)
    assert seconds(drive, A, C) == pytest.approx(600 / (30 / 3.6) + 400 / (60 / 3.6), rel=1e-3)
    assert seconds(drive, C, A) == np.inf
    assert seconds(drive.reversed, C, A) == pytest.approx(seconds(drive, A, C))


def test_a_street_without_a_speed_is_driven_as_its_class_usually_is() -> None:
    assert seconds(graph(DRIVE), C, D) == pytest.approx(600 / (20 / 3.6), rel=1e-3)


def test_what_no_road_leads_to_is_not_reached() -> None:
    assert seconds(graph(WALK), A, ISLAND[0]) == np.inf


def test_the_walk_to_the_road_counts_and_beyond_the_tolerance_there_is_no_network() -> None:
    walk = graph(WALK)
    assert seconds(walk, (300.0, -90.0), B) == pytest.approx((90 + 300) / WALK_MS, rel=1e-2)
    assert seconds(walk, (300.0, -SNAP_TOLERANCE_M - 10), B) == np.inf


def test_two_places_on_one_street_are_as_far_apart_as_the_stretch_between_them() -> None:
    assert seconds(graph(WALK), (100.0, 0.0), (150.0, 0.0)) == pytest.approx(50 / WALK_MS, rel=1e-2)
    one_way = town(oneway=[True, True, False, False])
    assert seconds(graph(CYCLE, one_way), (150.0, 0.0), (100.0, 0.0)) == np.inf


def test_node_numbers_of_the_layer_join_streets_and_without_them_ends_that_lie_near_do() -> None:
    apart = town(geometry=[line(A, B), line((601.0, 0.0), C), line((604.0, 400.0), D), line(*ISLAND)])
    assert read_roads(town()).nodes == 6
    snapped = graph(WALK, apart)
    assert seconds(snapped, A, C) < np.inf, "1 m is snapped"
    assert seconds(snapped, A, (300.0, 400.0)) == np.inf, "4 m is a gap"
    numbered = graph(WALK, apart.assign(from_node=[1, 2, 3, 5], to_node=[2, 3, 4, 6]))
    assert seconds(numbered, A, D) == pytest.approx(1600 / WALK_MS, rel=1e-2)


def test_of_two_streets_between_the_same_crossings_the_faster_is_taken() -> None:
    twice = pd.concat([town(), town().iloc[:1].assign(speed_kmh=60)], ignore_index=True)
    assert seconds(graph(DRIVE, twice), A, B) == pytest.approx(600 / (60 / 3.6), rel=1e-2)


def test_an_isochrone_follows_the_streets_and_leaves_the_block_between_them_out() -> None:
    walk = graph(WALK)
    plane = walk.roads.plane
    place = walk.place(plane.metres(PLANE.degrees(np.array([A]))))
    five, fifteen = isochrones(walk, place, (5, 15))

    def holds(shape: shapely.Geometry, spot: tuple[float, float]) -> bool:
        return bool(shape.contains(shapely.Point(plane.metres(PLANE.degrees(np.array([spot])))[0])))

    assert five.within(fifteen.buffer(1))
    assert holds(five, (300.0, 0.0))
    assert not holds(five, (360.0 + OFF_ROAD_M / 2, 0.0)), "5 minutes are 333 m on foot"
    assert holds(fifteen, (590.0, 300.0))
    assert not holds(fifteen, (300.0, 200.0)), "the middle of the block is no street"
    assert not holds(fifteen, ISLAND[0])


def test_the_time_to_a_school_is_asked_of_those_who_go_there_and_of_a_fire_engine_that_comes() -> None:
    drive = graph(DRIVE)
    plane = drive.roads.plane
    station, home = (drive.place(plane.metres(PLANE.degrees(np.array([spot])))) for spot in (A, C))
    assert seconds_to(drive, station, home, 3600, inward=False)[0] < np.inf
    assert seconds_to(drive, station, home, 3600, inward=True)[0] == np.inf


def test_the_people_of_an_area_are_shared_out_over_its_buildings() -> None:
    buildings = pd.DataFrame({"area_code": ["a", "a", "b", "c"], "weight": [1.0, 3.0, 2.0, 2.0]})
    persons = residents(buildings, pd.Series({"a": 100.0, "b": 50.0}))
    assert persons[:3].tolist() == [25.0, 75.0, 50.0]
    assert persons[3] == pytest.approx(2 * 150 / 6), "as many per storey as elsewhere"


def test_a_districts_share_is_of_its_people_and_not_the_mean_of_its_communities() -> None:
    demand = pd.DataFrame({"area_code": ["x", "y"], "weight": [900.0, 100.0]})
    lines = {"x": ["x", "district"], "y": ["y", "district"]}
    found = by_area(demand, np.array([1.0, 0.0]), lines, ["district", "x", "y", "empty"])
    assert found.loc["district", ["total", "served", "unserved", "share_pct"]].tolist() == [1000, 900, 100, 90]
    assert found["served"].sum() == 2 * 900
    assert np.isnan(found.loc["empty", "share_pct"]), "nobody lives there: not 0 %"


def test_land_is_covered_by_the_part_that_lies_in_the_radius() -> None:
    land = np.array([shapely.box(0, 0, 100, 100), shapely.box(900, 0, 1100, 100), shapely.box(5000, 0, 5100, 100)])
    inside = service_land(np.array([shapely.Point(0, 50)]), 1000.0)
    share = covered_share(land, inside)
    assert share[0] == 1.0
    assert share[1] == pytest.approx(0.5, abs=0.01)
    assert share[2] == 0.0


def test_a_park_is_entered_anywhere_along_its_edge_and_a_school_where_it_stands() -> None:
    found = facilities(np.array([shapely.Point(5, 5), shapely.box(0, 0, 400, 100)]))
    assert (found.owner == 0).sum() == 1
    edge = found.metres[found.owner == 1]
    assert len(edge) >= 10
    assert shapely.distance(shapely.box(0, 0, 400, 100).exterior, shapely.points(edge)).max() < 1e-6


def test_where_nothing_is_known_of_homes_people_stand_evenly_over_their_area() -> None:
    points = spread(shapely.box(0, 0, 1000, 1000))
    assert 40 <= len(points) <= 80
    assert points.mean(axis=0) == pytest.approx([500, 500], abs=30)
    assert len(spread(shapely.Polygon())) == 0
