"""Four comparisons, scores and tallies say what the field's practice says, and why."""

import numpy as np
import pandas as pd
import pytest

from analysis.attainment import ATTAINMENTS, FAILS, MEETS, NEAR
from analysis.benchmarks import PeerStanding, history, peer_standing, verdict
from analysis.progress import NOT_COMPARABLE, tally, year_on_year
from analysis.unanswered import Reason, Unanswered


def peers(*values: float, differs: tuple[int, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame({"value": values, "definition_differs": [n in differs for n in range(len(values))]})


def standing(quartile: int) -> PeerStanding:
    return PeerStanding(1, 12, quartile, 0.0, 0.0, 0)


def test_the_best_of_eight_is_first_in_the_first_quarter() -> None:
    assert peer_standing(90, peers(10, 20, 30, 40, 50, 60, 70), "higher_better") == PeerStanding(1, 8, 1, 40, 70, 0)
    assert peer_standing(90, peers(10, 20, 30, 40, 50, 60, 70), "lower_better") == PeerStanding(8, 8, 4, 40, 10, 0)


@pytest.mark.parametrize("n", [5, 8, 9, 11, 12])
def test_a_quarter_holds_those_behind_as_many_as_its_share(n: int) -> None:
    """A city is in quarter q where at least (q - 1) and fewer than q quarters of all n are better"""
    peers = pd.DataFrame({"value": np.arange(n - 1) * 2.0, "definition_differs": False})
    for ahead in range(n):
        found = peer_standing(2.0 * (n - 2 - ahead) + 1, peers, "higher_better")
        assert isinstance(found, PeerStanding)
        assert (found.rank, found.n) == (ahead + 1, n)
        assert (found.quartile - 1) / 4 <= ahead / n < found.quartile / 4
        assert found.median == n - 2


def test_ties_share_the_better_rank() -> None:
    found = peer_standing(50, peers(50, 50, 60, 10), "higher_better")
    assert isinstance(found, PeerStanding) and found.rank == 2


def test_peers_that_define_it_differently_do_not_rank() -> None:
    found = peer_standing(50, peers(99, 10, 20, 30, 40, differs=(0,)), "higher_better")
    assert found == PeerStanding(1, 5, 1, 25, 40, 1)


def test_standing_among_peers_needs_a_value_a_direction_and_four_peers() -> None:
    assert peer_standing(None, peers(1, 2, 3, 4), "higher_better") == Unanswered(Reason.ALL_MISSING, 4)
    assert peer_standing(1, peers(1, 2, 3, 4), "neutral") == Unanswered(Reason.NO_DIRECTION, 4)
    assert peer_standing(1, peers(1, 2), "higher_better") == Unanswered(Reason.TOO_FEW, 2, 4)


def test_a_strength_meets_its_standard_and_leads_its_peers() -> None:
    assert verdict(MEETS, standing(1)).word == "strength"
    assert verdict(MEETS, standing(4)).word == "par"
    assert verdict(FAILS, standing(1)).word == "par"
    assert verdict(FAILS, standing(2)).word == "shortfall"
    assert verdict(NEAR, standing(4)).word == "shortfall"
    assert verdict(MEETS, Unanswered(Reason.TOO_FEW, 2, 4)).word == "undecided"


def test_every_verdict_says_why() -> None:
    assert all(verdict(word, standing(quartile)).why for word in ATTAINMENTS for quartile in (1, 2, 3, 4))
    assert verdict(FAILS, standing(3)).why == ("standard_fails", "peers_q3")


def test_own_best_of_a_lower_better_indicator_is_the_lowest() -> None:
    past = pd.DataFrame(
        {"period": list("abcdefg"), "ends_on": [f"201{n}-12-31" for n in range(7)], "value": [1.0, 9, 8, 7, 6, 5, None]}
    )
    found = history(past, "lower_better")
    assert not isinstance(found, Unanswered)
    assert (found.best, found.best_period, found.mean, found.years) == (1.0, "a", 7.0, 5)
    assert history(past.head(0), "lower_better") == Unanswered(Reason.ALL_MISSING)


def test_less_than_the_tolerance_is_unchanged() -> None:
    assert year_on_year(100.9, 100, "higher_better") == "unchanged"
    assert year_on_year(101.1, 100, "higher_better") == "improved"
    assert year_on_year(101.1, 100, "lower_better") == "declined"
    assert year_on_year(1, 0, "lower_better") == "declined"
    assert year_on_year(0, 0, "lower_better") == "unchanged"
    assert year_on_year(2, 1, "range") == NOT_COMPARABLE


def test_what_does_not_compare_is_listed_with_the_reason() -> None:
    def check(values: list[float | None], **columns: list[str | None]) -> pd.DataFrame:
        codes = list("abcdef")
        facts = {"status": ["valid"] * 6, "caliber": [None] * 6, "boundary_version": [None] * 6} | columns
        return pd.DataFrame({"indicator_code": codes, "value": values} | facts)

    indicators = pd.DataFrame({"indicator_code": list("abcdef"), "direction": ["higher_better"] * 5 + ["neutral"]})
    now = check([2, 2, None, 2, 2, 2], caliber=[None, "new", None, None, None, None])
    before = check([1, 1, 1, None, 1, 1], status=["valid"] * 4 + ["suspect", "valid"])
    found = tally(now, before, indicators)
    assert found.count("improved") == found.comparable == 1
    assert found.rows["reason"].tolist()[1:] == [
        "caliber_changed",
        "missing_now",
        "missing_before",
        "suspect",
        "no_direction",
    ]
