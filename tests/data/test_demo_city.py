"""The demo city is what docs/demo-city.md says: its shape and its planted stories, read from the package."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from data_access.contract.words import STAGES, STATUSES
from data_access.demo import stories, write_package
from data_access.importing import load_packages
from data_access.startup import open_store
from tests.data.demo_tables import Table, by_compound, rank_correlation, sums
from tests.empty_databases import EmptyDatabases


@pytest.fixture(scope="module")
def shapes(demo_package: Path, table: Table) -> geopandas.GeoDataFrame:
    boundaries = geopandas.read_file(demo_package / "area_boundary.gpkg")
    return boundaries.merge(table("area"), on="area_code").set_index("area_code")


# The package


def test_the_package_is_loaded_without_a_fault_on_both_databases(
    demo_package: Path, demo_url: str, empty_databases: EmptyDatabases
) -> None:
    database = empty_databases.make("postgresql")
    (loaded,) = load_packages([demo_package], database)
    empty_databases.take_back(database)
    assert loaded.rows["indicator_value"] > 200_000
    assert open_store(demo_url).contract().data_version == 1


def test_another_process_writes_the_same_tables(demo_package: Path, tmp_path: Path) -> None:
    code = "import sys, pathlib; from data_access.demo import write_package; write_package(pathlib.Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    assert _digests(tmp_path) == _digests(demo_package)


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.csv"))}


def test_the_package_stays_small(demo_package: Path) -> None:
    assert sum(path.stat().st_size for path in demo_package.iterdir()) < 60e6


def test_the_city_is_marked_as_a_demo_by_its_root_code(table: Table) -> None:
    areas = table("area")
    (root,) = areas.loc[areas["parent_code"].isna(), "area_code"]
    assert root.startswith("99")
    assert table("indicator_value")["source"].str.startswith(stories.SOURCE).all()


# The land


def test_areas_nest_exactly_and_share_their_edges(shapes: geopandas.GeoDataFrame) -> None:
    for level, below in (("city", "district"), ("district", "subdistrict"), ("subdistrict", "community")):
        children = shapes[shapes["level"] == below]
        assert shapely.coverage_is_valid(children.geometry.to_numpy())
        for code, parts in children.groupby("parent_code"):
            whole = shapely.coverage_union_all(parts.geometry.to_numpy())
            assert shapely.equals(whole, shapes.geometry[code])
            assert shapes["level"][code] == level


def test_compounds_lie_in_their_community_and_leave_room_for_streets(shapes: geopandas.GeoDataFrame) -> None:
    compounds = shapes[shapes["level"] == "compound"]
    around = shapes.geometry[compounds["parent_code"]].to_numpy()
    assert shapely.covers(around, compounds.geometry.to_numpy()).mean() > 0.99
    tree = shapely.STRtree(compounds.geometry.to_numpy())
    first, second = tree.query(compounds.geometry.to_numpy(), predicate="intersects")
    assert (first == second).all()


def test_renewal_units_lie_in_one_district_and_cut_across_communities(shapes: geopandas.GeoDataFrame) -> None:
    units = shapes[shapes["level"] == "renewal_unit"]
    communities = shapes[shapes["level"] == "community"]
    shared = shapely.area(shapely.intersection(units.geometry.to_numpy()[:, None], communities.geometry.to_numpy()))
    assert ((shared > 1e-7).sum(axis=1) > 1).mean() > 0.8
    assert shapely.covers(shapes.geometry[units["parent_code"]].to_numpy(), units.geometry.to_numpy()).all()


def test_people_add_up_from_compounds_to_the_city(table: Table) -> None:
    areas = table("area").set_index("area_code")
    tiled = areas[areas["level"] != "renewal_unit"]
    below = tiled.groupby("parent_code")["population"].sum()
    assert (below == areas["population"][below.index]).all()


def test_the_road_network_is_one_piece(demo_package: Path) -> None:
    roads = geopandas.read_file(demo_package / "roads.gpkg", ignore_geometry=True)
    size = int(roads[["from_node", "to_node"]].to_numpy().max()) + 1
    graph = csr_matrix((np.ones(len(roads)), (roads["from_node"], roads["to_node"])), (size, size))
    label = connected_components(graph, directed=False)[1]
    assert len(set(label[roads["from_node"]])) == 1
    assert len(roads) > 15_000


@pytest.mark.parametrize(
    ("layer", "indicator", "radius_m"),
    [("secondary_school", "S22", 1000), ("park", "S25", 500), ("greenway", "U34", 1000), ("market", "N02", 1000)],
)
def test_facilities_stand_where_the_coverage_on_record_says(
    demo_package: Path, table: Table, layer: str, indicator: str, radius_m: float
) -> None:
    land = geopandas.read_file(demo_package / "land_use.gpkg").query("use == 'residential'").to_crs(4549)
    facilities = geopandas.read_file(demo_package / f"{layer}.gpkg").to_crs(4549)
    near = shapely.dwithin(land.geometry.representative_point(), facilities.geometry.union_all(), radius_m)
    covered = 100 * land["area_ha"][near].sum() / land["area_ha"].sum()
    values = table("indicator_value").set_index(["indicator_code", "period", "area_code"])
    rows = values.loc[(indicator, "2024")]
    recorded = 100 * rows["numerator"].sum() / rows["denominator"].sum()
    assert covered == pytest.approx(recorded, abs=4)


# The stories


def test_every_catalogue_indicator_says_something_in_every_way_a_status_can(table: Table) -> None:
    values = table("indicator_value")
    assert set(values["indicator_code"]) == set(table("indicator")["indicator_code"])
    assert set(values["status"]) == set(STATUSES)
    assert (~values["rolls_up"]).sum() == stories.CAMPUSES * 2 * len(stories.YEARS)


def test_housing_hazards_cluster_in_neighbouring_old_town_subdistricts(
    recorded: pd.DataFrame, shapes: geopandas.GeoDataFrame
) -> None:
    share = sums(recorded, "H01", "numerator")["2024"] / sums(recorded, "H01", "denominator")["2024"]
    assert set(share.nlargest(2).index) == set(stories.HAZARD_CLUSTER)
    assert share[list(stories.HAZARD_CLUSTER)].min() > 2 * share.drop(list(stories.HAZARD_CLUSTER)).max()
    assert shapes.geometry[stories.HAZARD_CLUSTER[0]].touches(shapes.geometry[stories.HAZARD_CLUSTER[1]])


def test_one_parking_gap_grows_while_another_closes(recorded: pd.DataFrame) -> None:
    gap = sums(recorded, "C15")
    assert gap.loc[stories.PARKING_GROWS].is_monotonic_increasing
    assert gap.loc[stories.PARKING_GROWS, "2024"] > 2.5 * gap.loc[stories.PARKING_GROWS, "2019"]
    assert gap.loc[stories.PARKING_CLOSES].is_monotonic_decreasing
    assert gap.loc[stories.PARKING_CLOSES, "2024"] < 0.05 * gap.loc[stories.PARKING_CLOSES, "2019"]


def test_one_pair_stays_related_when_size_is_held_and_the_other_does_not(recorded: pd.DataFrame, table: Table) -> None:
    true = by_compound(recorded, table, *stories.RELATED)
    assert rank_correlation(true, *stories.RELATED, given="population") > 0.5
    seeming = by_compound(recorded, table, *stories.SEEMINGLY_RELATED)
    assert rank_correlation(seeming, *stories.SEEMINGLY_RELATED) > 0.25
    assert abs(rank_correlation(seeming, *stories.SEEMINGLY_RELATED, given="population")) < 0.06


def test_the_walkway_project_improved_its_subdistrict_beyond_the_others(recorded: pd.DataFrame, table: Table) -> None:
    length = sums(recorded, "C18")
    change = length["2024"] / length["2021"] - 1
    assert change[stories.IMPROVED_BY_PROJECT] < -0.7
    assert change.drop(stories.IMPROVED_BY_PROJECT).min() > -0.3
    project = table("project").set_index("project_code").loc["P-0001"]
    assert (project["area_code"], project["actual_finish_on"]) == (stories.IMPROVED_BY_PROJECT, "2022-09-01")
    assert (table("project_indicator").query("project_code == 'P-0001'")["indicator_code"] == "C18").all()


def test_a_new_caliber_and_a_new_boundary_break_two_series(recorded: pd.DataFrame, table: Table) -> None:
    counted = sums(recorded, stories.REDEFINED).sum()
    assert counted["2022"] > 1.4 * counted["2021"]
    rows = table("indicator_value")
    caliber = rows[rows["indicator_code"] == stories.REDEFINED].groupby("period")["caliber"].unique()
    assert [list(words) for words in caliber] == [[stories.OLD_CALIBER]] * 3 + [[stories.NEW_CALIBER]] * 3
    density = rows[(rows["indicator_code"] == stories.REDRAWN) & (rows["area_code"] == "990100")].set_index("period")
    assert density["value"]["2023"] < density["value"]["2022"] < density["value"]["2024"] * 1.05
    assert list(density["boundary_version"].unique()) == list(stories.BOUNDARY_VERSIONS)


def test_a_year_is_missing_and_a_bureau_is_silent(table: Table) -> None:
    rows = table("indicator_value")
    code, year = stories.MISSING_YEAR
    assert str(year) not in set(rows.loc[rows["indicator_code"] == code, "period"])
    led = table("indicator").query("lead_department_code == @stories.SILENT_DEPARTMENT")["indicator_code"]
    latest = rows[rows["indicator_code"].isin(led) & (rows["period"] == str(stories.SILENT_YEAR))]
    assert len(led) >= 4
    assert set(latest["status"]) == {"not_collected"}


def test_one_value_is_suspect_and_ten_times_its_neighbours_in_time(table: Table) -> None:
    rows = table("indicator_value")
    (row,) = rows[rows["status"] == "suspect"].to_dict("records")
    assert (row["indicator_code"], row["area_code"], int(row["period"])) == stories.SUSPECT
    same = rows[(rows["indicator_code"] == row["indicator_code"]) & (rows["area_code"] == row["area_code"])]
    assert row["value"] > 5 * same.loc[same["status"] == "valid", "value"].max()


def test_problems_are_solved_recur_and_get_worse(table: Table) -> None:
    problems = table("problem")
    problems = problems.assign(year=problems["problem_code"].str[3:7])
    count = problems.groupby(["indicator_code", "year"]).size().unstack()
    assert count.loc[stories.SOLVED].is_monotonic_decreasing
    assert problems.loc[problems["indicator_code"] == stories.SOLVED, "resolved_on"].notna().all()
    assert count.loc[stories.WORSE, "2024"] > 1.5 * count.loc[stories.WORSE, "2023"]
    earlier = problems.set_index("problem_code")
    again = problems[problems["recurs_from_code"].notna()]
    solved = earlier.loc[again["recurs_from_code"]]
    assert (again["area_code"].to_numpy() == solved["area_code"].to_numpy()).all()
    assert (again["indicator_code"] == stories.RECURRING).sum() >= 10


def test_problems_end_as_their_status_says(table: Table) -> None:
    problems = table("problem")
    solved = problems["status"].isin(["resolved", "closed"])
    assert (problems["resolved_on"].notna() == solved).all()
    assert (problems["resolved_on"].dropna() <= stories.TODAY).all()
    assert set(problems["location_quality"]) == {"exact", "approximate", "none"}


def test_projects_run_on_time_late_over_budget_and_silent(table: Table) -> None:
    projects = table("project").set_index("project_code")
    assert set(projects["stage"]) == set(STAGES)
    on_time = projects.loc["P-0002"]
    assert on_time["actual_finish_on"] <= on_time["planned_finish_on"] + "-31"
    late = projects.loc["P-0003"]
    assert late["planned_finish_on"] < stories.TODAY
    assert pd.isna(late["actual_finish_on"])
    reports = table("project_progress").dropna(subset="physical_actual_pct")
    last = reports.sort_values("reported_on").groupby("project_code").last()
    assert last.loc["P-0004", "investment_actual"] > 1.2 * projects.loc["P-0004", "investment_planned"]
    assert last.loc["P-0005", "reported_on"] == "2024-08-31"
    assert projects.loc["P-0005", "stage"] == "construction"


def test_funding_adds_up_to_the_planned_investment(table: Table) -> None:
    paid = table("project_funding").groupby("project_code")["amount"].sum()
    planned = table("project").set_index("project_code")["investment_planned"]
    assert np.allclose(paid[planned.index], planned)


def test_the_composite_is_the_mean_of_its_components(table: Table) -> None:
    rows = table("indicator_value")
    city = rows[rows["indicator_code"].str.startswith("YL-01")].pivot(
        index="period", columns="indicator_code", values="value"
    )
    assert np.allclose(city["YL-01"], city.drop(columns="YL-01").mean(axis=1), atol=1e-4)


def test_a_recorded_city_rate_is_the_ratio_of_its_districts_sums(table: Table) -> None:
    rows = table("indicator_value").query("indicator_code == 'U32' and period == '2024'").set_index("area_code")
    districts = rows.drop("990100")
    expected = 100 * districts["numerator"].sum() / districts["denominator"].sum()
    assert rows.loc["990100", "value"] == pytest.approx(expected, abs=1e-3)


def test_unverified_names_and_thresholds_are_flagged(table: Table) -> None:
    source = pd.read_csv(Path(write_package.__code__.co_filename).with_name("indicator-catalogue.csv"))
    unchecked = source.loc[~source["name_verified"], "indicator_code"]
    caliber = table("indicator").set_index("indicator_code")["caliber"]
    assert caliber[unchecked].str.endswith("名称待核").all()
    standards = table("reference_value").query("kind == 'standard'").set_index("reference_code")
    verified = source[source["threshold_operator"].notna()].set_index("indicator_code")["threshold_verified"]
    assert (standards.loc["STD-" + verified.index, "verified"].to_numpy() == verified.to_numpy()).all()
