"""Spatial statistics agree with the documented examples of libpysal and find what is planted, and nothing else."""

import libpysal
import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.neighbours import Neighbours, listed, neighbours
from analysis.spatial import (
    COLD,
    HIGH_HIGH,
    HIGH_LOW,
    HOT,
    LOW_HIGH,
    LOW_LOW,
    NOT_SIGNIFICANT,
    LocalPattern,
    MoranI,
    bivariate_moran,
    global_moran,
    hot_spots,
    local_bivariate_moran,
    local_moran,
)
from analysis.unanswered import Reason, Unanswered

SIDE = 12


def documented(weights: str, table: str, column: str) -> tuple[pd.Series, Neighbours]:
    """One of libpysal's own examples, which lie in the package."""
    w = libpysal.io.open(libpysal.examples.get_path(weights)).read()
    codes = pd.Index([str(code) for code in w.id_order])
    place = {code: n for n, code in enumerate(w.id_order)}
    pairs = np.array([(place[one], place[other]) for one in w.id_order for other in w.neighbors[one]])
    values = np.array(libpysal.io.open(libpysal.examples.get_path(table)).by_col(column), dtype=float)
    return pd.Series(values, index=codes), Neighbours("queen", codes, pairs[:, 0], pairs[:, 1])


def board(side: int = SIDE) -> pd.DataFrame:
    squares = [shapely.box(120 + x / 100, 31 + y / 100, 120.01 + x / 100, 31.01 + y / 100) for y, x in cells(side)]
    return pd.DataFrame({"area_code": codes(side), "geometry": pd.Series(squares, dtype=object)})


def cells(side: int = SIDE) -> list[tuple[int, int]]:
    return [(y, x) for y in range(side) for x in range(side)]


def codes(side: int = SIDE) -> list[str]:
    return [f"{y:02d}{x:02d}" for y, x in cells(side)]


def noise(seed: int = 0) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).normal(size=SIDE * SIDE), index=codes())


def old_town(values: pd.Series) -> pd.Series:
    """Three units more in a 4 × 4 corner."""
    return values + [3.0 * (y < 4 and x < 4) for y, x in cells()]


def clusters(found: LocalPattern | Unanswered) -> pd.Series:
    assert isinstance(found, LocalPattern)
    return found.areas["cluster"]


def moran(found: MoranI | Unanswered) -> MoranI:
    assert isinstance(found, MoranI)
    return found


def test_morans_i_of_st_louis_homicides_is_the_documented_one() -> None:
    """esda.Moran, docstring: I = 0.244, E[I] = -0.012987, p under normality 0.00027."""
    found = moran(global_moran(*documented("stl.gal", "stl_hom.txt", "HR8893")))
    assert (round(found.i, 3), found.expected) == (0.244, pytest.approx(-0.012987012987))
    assert found.p_value < 0.005
    assert (found.n, found.permutations) == (78, 9999)


def test_morans_i_of_sids_is_the_one_of_opengeoda() -> None:
    """esda.Moran, docstring, "SIDS example replicating OpenGeoda": I = 0.248, p 0.000116."""
    assert round(moran(global_moran(*documented("sids2.gal", "sids2.dbf", "SIDR74"))).i, 3) == 0.248


def test_quadrants_of_desmith_are_the_documented_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """esda.Moran_Local, docstring: q = 4 4 4 2 3 3 1 4 3 3."""
    monkeypatch.setattr("analysis.spatial.SIGNIFICANT", 1.0)
    quadrant = {HIGH_HIGH: 1, LOW_HIGH: 2, LOW_LOW: 3, HIGH_LOW: 4}
    found = clusters(local_moran(*documented("desmith.gal", "desmith.txt", "z")))
    assert [quadrant[word] for word in found] == [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]


def test_bivariate_moran_with_itself_is_moran() -> None:
    values, near = documented("sids2.gal", "sids2.dbf", "SIDR74")
    same = moran(bivariate_moran(values, values.rename("again"), near))
    assert same.i == pytest.approx(moran(global_moran(values, near)).i)


def test_bivariate_moran_of_sids_is_the_documented_one() -> None:
    """esda.Moran_BV, docstring: Moran_BV(SIDR79, SIDR74, w): I = 0.156, p 0.001."""
    early, near = documented("sids2.gal", "sids2.dbf", "SIDR74")
    late, _ = documented("sids2.gal", "sids2.dbf", "SIDR79")
    found = moran(bivariate_moran(late, early.rename("early"), near))
    assert (round(found.i, 3), round(found.p_value, 2)) == (0.156, 0.0)


def test_local_statistics_add_up_to_the_global_one() -> None:
    """Anselin 1995, equations 7 to 9: with these weights the mean of the local Moran's I is the global one."""
    values, near = documented("stl.gal", "stl_hom.txt", "HR8893")
    local = local_moran(values, near)
    assert isinstance(local, LocalPattern)
    n = len(values)
    assert local.areas["score"].sum() / (n - 1) == pytest.approx(moran(global_moran(values, near)).i)


def test_the_local_statistic_is_the_one_of_its_formula() -> None:
    """Anselin 1995, equation 12, worked out by hand: z of the area times the mean z of its neighbours."""
    values, near = documented("desmith.gal", "desmith.txt", "z")
    found = local_moran(values, near)
    assert isinstance(found, LocalPattern)
    z = (values - values.mean()) / values.std(ddof=0)
    pairs = pd.Series(z.to_numpy()[near.other]).groupby(near.focal).mean()
    expected = (len(z) - 1) / len(z) * z.to_numpy() * pairs.to_numpy()
    np.testing.assert_allclose(found.areas["score"], expected)
    np.testing.assert_allclose(found.areas["lag"], pd.Series(values.to_numpy()[near.other]).groupby(near.focal).mean())


def test_where_most_areas_have_no_problem_a_place_without_one_is_no_cold_spot() -> None:
    """Simulations equal to what is observed count on both sides; esda's own p counts them on one: all would be cold."""
    rare = pd.Series(0.0, index=codes())
    rare[["0101", "0102", "0201", "0202", "0703"]] = [9, 8, 9, 7, 5]
    for found in (hot_spots(rare, neighbours(board())), local_moran(rare, neighbours(board()))):
        assert not clusters(found).isin([COLD, LOW_LOW]).any()
        assert clusters(found)["0101"] in {HOT, HIGH_HIGH}


def test_who_waits_hears_how_much_of_the_permutations_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.spatial._DRAWS_AT_ONCE", SIDE * SIDE * 2500)
    told: list[float] = []
    found = local_moran(old_town(noise()), neighbours(board()), told.append)
    assert told == pytest.approx([2500 / 9999, 5000 / 9999, 7500 / 9999, 1.0])
    assert isinstance(found, LocalPattern) and found.permutations == 9999
    assert found.areas["p_value"].min() == pytest.approx(2 / 10_000)


def test_an_old_town_is_found_and_its_core_is_a_cluster() -> None:
    found = clusters(local_moran(old_town(noise()), neighbours(board())))
    assert found[["0101", "0102", "0201", "0202"]].eq(HIGH_HIGH).all()
    assert (found[[code for code in codes() if code > "0600"]] != HIGH_HIGH).all()
    assert clusters(hot_spots(old_town(noise()), neighbours(board())))["0101"] == HOT


@pytest.mark.parametrize("seed", range(5))
def test_pure_chance_has_hardly_a_cluster_after_fdr(seed: int) -> None:
    found = clusters(local_moran(noise(seed), neighbours(board())))
    assert (found != NOT_SIGNIFICANT).mean() < 0.05
    assert moran(global_moran(noise(seed), neighbours(board()))).p_value > 0.01


def test_hot_spots_do_not_depend_on_where_zero_is() -> None:
    values = old_town(noise())
    pd.testing.assert_series_equal(
        clusters(hot_spots(values, neighbours(board()))), clusters(hot_spots(values + 1000, neighbours(board())))
    )


def test_the_second_word_of_a_bivariate_cluster_is_the_neighbours_indicator() -> None:
    high, low = old_town(noise(1)), -old_town(noise(2))
    assert clusters(local_bivariate_moran(high, low, neighbours(board())))["0101"] == HIGH_LOW


def test_the_same_question_has_the_same_answer() -> None:
    near = neighbours(board())
    assert global_moran(noise(), near) == global_moran(noise(), near)
    one, other = local_moran(noise(), near), local_moran(noise(), near)
    assert isinstance(one, LocalPattern) and isinstance(other, LocalPattern)
    pd.testing.assert_frame_equal(one.areas, other.areas)


def test_islands_take_no_part_and_are_named() -> None:
    far = pd.DataFrame({"area_code": ["isle"], "geometry": pd.Series([shapely.box(130, 31, 130.01, 31.01)])})
    near = neighbours(pd.concat([board(), far], ignore_index=True))
    values = pd.concat([old_town(noise()), pd.Series({"isle": 9.0})])
    found = moran(global_moran(values, near))
    assert (found.islands, found.n) == (("isle",), SIDE * SIDE)
    assert found.i == pytest.approx(moran(global_moran(old_town(noise()), neighbours(board()))).i)


def test_an_area_whose_neighbours_have_no_value_becomes_an_island() -> None:
    values = noise()
    values[["0001", "0100", "0101"]] = np.nan
    assert moran(global_moran(values, neighbours(board()))).islands == ("0000",)


def test_corners_touch_and_a_hairline_gap_does_not_part_neighbours() -> None:
    gap = board(3)
    gap.loc[0, "geometry"] = shapely.box(120, 31, 120.01 - 1e-6, 31.01 - 1e-6)
    assert len(neighbours(gap).focal) == 2 * (12 + 8)


def test_nearest_and_distance_measure_in_kilometres() -> None:
    nearest = neighbours(board(3), "nearest", k=2)
    assert np.bincount(nearest.focal).tolist() == [2] * 9
    within = neighbours(board(3), "distance", distance_km=1.0)
    east_west = 3 * 2 * 2
    assert len(within.focal) == east_west  # a hundredth of a degree is 0.95 km eastwards here and 1.11 km northwards
    assert neighbours(board(3), "distance", distance_km=0.1).islands == tuple(codes(3))


def test_degenerate_input_is_answered_with_a_reason() -> None:
    near = neighbours(board())
    flat = pd.Series(1.0, index=codes())
    assert global_moran(flat, near) == Unanswered(Reason.CONSTANT, SIDE * SIDE)
    assert local_moran(flat * np.nan, near) == Unanswered(Reason.ALL_MISSING, 0, 10)
    assert hot_spots(noise().head(4), near) == Unanswered(Reason.TOO_FEW, 4, 10)
    assert local_moran(noise(), neighbours(board(), "distance", distance_km=0.1)) == Unanswered(
        Reason.ONLY_ISLANDS, SIDE * SIDE
    )
    undrawn = board().assign(geometry=None)
    assert global_moran(noise(), neighbours(undrawn)) == Unanswered(Reason.NO_BOUNDARIES, SIDE * SIDE)
    assert bivariate_moran(noise(), flat.rename("flat"), near) == Unanswered(Reason.CONSTANT, SIDE * SIDE)


def test_no_p_is_smaller_than_the_permutations_allow() -> None:
    found = local_moran(old_town(noise()), neighbours(board()))
    assert isinstance(found, LocalPattern)
    assert found.areas["p_value"].min() == pytest.approx(2 / 10_000)


def test_gi_star_of_the_documented_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """esda.G_Local, docstring: points within 15 of each other, Gi* with binary weights."""
    monkeypatch.setattr("analysis.spatial.FEWEST_AREAS", 3)
    near = {"a": "bd", "b": "ade", "c": "e", "d": "abe", "e": "bcdf", "f": "e"}
    found = hot_spots(pd.Series([2, 3, 3.2, 5, 8, 7], index=list("abcdef")), listed(near))
    assert isinstance(found, LocalPattern)
    documented_z = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(found.areas["score"], documented_z, atol=1e-7)


def test_a_corner_joins_queens_and_not_rooks() -> None:
    """A board of n × n has 2n(n-1) pairs with a common side and 2(n-1)² that meet at a corner."""
    queen, rook = (neighbours(board(), rule) for rule in ("queen", "rook"))
    assert len(rook.focal) == 2 * 2 * SIDE * (SIDE - 1)
    assert len(queen.focal) - len(rook.focal) == 2 * 2 * (SIDE - 1) ** 2


def test_neighbours_given_as_lists_are_the_same_neighbours() -> None:
    drawn = neighbours(board(), "rook")
    lists = {
        str(code): [str(one) for one in drawn.codes[drawn.other[drawn.focal == n]]]
        for n, code in enumerate(drawn.codes)
    }
    again = listed({**lists, "lonely": ["0000x"]})
    assert again.islands == ("lonely",)
    assert moran(global_moran(noise(), again)).i == pytest.approx(moran(global_moran(noise(), drawn)).i)
