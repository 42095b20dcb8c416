"""From recorded to shown, told on a small city: what a planner would check by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from data_access.questions import ProfileQuestion, SeriesQuestion, ValuesQuestion
from data_access.startup import open_store
from data_access.store import IndicatorStore
from tests.data.small_city import write

Make = Callable[..., IndicatorStore]


def area(code: str, level: str, parent: str | None, **facts: Any) -> dict[str, Any]:
    return {"area_code": code, "name_zh": code, "level": level, "parent_code": parent} | facts


def row(at: str, value: float | None = None, *, of: str = "I", period: str = "2024", **facts: Any) -> dict[str, Any]:
    status = "valid" if value is not None else "not_collected"
    return {"indicator_code": of, "area_code": at, "period": period, "value": value, "status": status} | facts


@pytest.fixture
def make_store(make_database: Callable[[], str]) -> Make:
    """A city C of districts A (communities A1, A2) and B (B1); A also holds renewal unit U with block U1."""

    def make(*rows: dict[str, Any], **indicator: Any) -> IndicatorStore:
        database = make_database()
        levels = {"c": None, "d": None, "k": None, "unit": "renewal_unit", "block": "renewal_unit"}
        write(
            database,
            area_level=[
                {"level": at, "rank": n, "partition": p, "name_zh": at} for n, (at, p) in enumerate(levels.items())
            ],
            area=[
                area("C", "c", None, population=1000),
                area("A", "d", "C", population=600),
                area("B", "d", "C", population=400, area_km2=8),
                area("A1", "k", "A", population=100, area_km2=1),
                area("A2", "k", "A", population=300, area_km2=3),
                area("B1", "k", "B"),
                area("U", "unit", "A"),
                area("U1", "block", "U", population=7),
            ],
            indicator=[
                {"indicator_code": "I", "name_zh": "I", "aggregation": "sum"} | indicator,
                {"indicator_code": "W", "name_zh": "W", "aggregation": "none"},
            ],
            indicator_value=rows,
        )
        return open_store(database)

    return make


def shown(store: IndicatorStore, at: str, period: str = "2024") -> Any:
    found = store.profile(ProfileQuestion(area=at, period=period))
    rows = found[found["indicator_code"] == "I"]
    return rows.iloc[0] if len(rows) else None


def test_the_sewage_rate_of_a_district_is_collected_over_produced_and_not_the_mean(make_store: Make) -> None:
    rate = make_store(
        row("A1", 50, numerator=5, denominator=10), row("A2", 90, numerator=81, denominator=90), aggregation="ratio"
    )
    figure = shown(rate, "A")
    assert (figure["value"], figure["numerator"], figure["denominator"]) == (86.0, 86.0, 100.0)
    assert (figure["origin"], figure["coverage_contributing"], figure["coverage_children"]) == ("rolled_up", 2, 2)
    assert figure["coverage_population_share"] == pytest.approx(400 / 600)


def test_a_recorded_value_wins_over_what_its_children_add_up_to(make_store: Make) -> None:
    store = make_store(row("A", 100), row("A1", 1), row("A2", 2), row("B1", 3))
    assert shown(store, "A")["value"] == 100
    assert shown(store, "C")["value"] == 103


@pytest.mark.parametrize("status", ["suppressed", "not_applicable"])
def test_a_recorded_refusal_is_the_answer_and_shows_no_number(make_store: Make, status: str) -> None:
    store = make_store(row("A", 5, status=status), row("A1", 1))
    assert shown(store, "A")["status"] == status
    assert shown(store, "A")[["value", "numerator", "denominator"]].isna().all()


def test_not_collected_gives_way_to_a_roll_up_and_is_the_answer_where_nothing_rolls_up(make_store: Make) -> None:
    store = make_store(row("A"), row("A1", 4), row("B"))
    assert (shown(store, "A")["value"], shown(store, "A")["status"]) == (4, "valid")
    assert (shown(store, "B")["status"], shown(store, "B")["origin"]) == ("not_collected", "recorded")
    assert shown(store, "U") is None


def test_a_suppressed_community_is_missing_from_the_city_and_the_city_says_so(make_store: Make) -> None:
    store = make_store(row("A1", status="suppressed"), row("A2", 2, status="estimated"), row("B1", 3, status="suspect"))
    city = shown(store, "C")
    assert city["value"] == 5
    assert (city["contains_estimated"], city["contains_suspect"], city["misses_suppressed"]) == (True, True, True)
    assert not shown(store, "B")["misses_suppressed"]


def test_what_does_not_roll_up_hides_everything_below_it(make_store: Make) -> None:
    store = make_store(row("A", 9, rolls_up=False), row("A1", 1), row("B1", 3))
    assert shown(store, "C")["value"] == 3
    assert shown(store, "C")["coverage_contributing"] == 1


@pytest.mark.parametrize("pair", [{"numerator": 5}, {"denominator": 10}, {}])
def test_a_ratio_without_its_whole_pair_is_left_out_with_everything_below_it(
    make_store: Make, pair: dict[str, float]
) -> None:
    store = make_store(
        row("A", 50, **pair),
        row("A1", 50, numerator=1, denominator=2),
        row("B1", 25, numerator=1, denominator=4),
        aggregation="ratio",
    )
    assert shown(store, "C")["value"] == 25


def test_two_tilings_are_never_added(make_store: Make) -> None:
    store = make_store(row("A1", 1), row("A2", 2), row("U", 50), row("U1", 40))
    assert shown(store, "A")["value"] == 3
    assert shown(store, "A")["coverage_children"] == 2


def test_a_renewal_unit_rolls_up_from_its_own_blocks(make_store: Make) -> None:
    store = make_store(row("U1", 40))
    assert shown(store, "U")["value"] == 40
    units = store.values_by_area(ValuesQuestion(indicator="I", period="2024", area="A", partition="renewal_unit"))
    assert list(units["area_code"]) == ["U"]


def test_a_mean_weighs_by_population_and_leaves_out_areas_without_any(make_store: Make) -> None:
    store = make_store(
        row("A1", 10), row("A2", 20), row("B1", 99), aggregation="weighted_mean", weight_column="population"
    )
    assert shown(store, "C")["value"] == pytest.approx((10 * 100 + 20 * 300) / 400)
    assert shown(store, "C")["coverage_contributing"] == 1
    assert shown(store, "B") is None


def test_a_weight_indicator_of_the_same_period_counts_before_the_latest_that_has_ended(make_store: Make) -> None:
    store = make_store(
        row("A1", 10),
        row("A2", 20),
        row("A1", 1, of="W"),
        row("A1", 100, of="W", period="2023"),
        row("A2", 3, of="W", period="2023-06"),
        row("A2", 50, of="W", period="2022"),
        row("A2", 70, of="W", period="2024-Q4"),
        row("A2", 500, of="W", period="2025"),
        aggregation="weighted_mean",
        weight_indicator_code="W",
    )
    assert shown(store, "A")["value"] == pytest.approx((10 * 1 + 20 * 3) / 4)


def test_a_denominator_of_nothing_makes_no_rate(make_store: Make) -> None:
    store = make_store(row("A1", 0, numerator=0, denominator=0), aggregation="ratio")
    assert shown(store, "A") is None


def test_an_indicator_that_does_not_aggregate_has_recorded_values_only(make_store: Make) -> None:
    assert shown(make_store(row("A1", 1), aggregation="none"), "A") is None


def test_a_series_has_every_period_in_order_of_time_and_leaves_gaps_open(make_store: Make) -> None:
    store = make_store(*(row("A1", 1, period=p) for p in ("2024", "2022-06", "2018-12/2019-02", "2022", "2022-H1")))
    series = store.series(SeriesQuestion(indicator="I", areas=("A", "B")))
    assert list(series["period"]) == ["2018-12/2019-02", "2022-H1", "2022-06", "2022", "2024"]
    assert set(series["area_code"]) == {"A"}


def test_series_of_several_areas_come_in_the_order_asked_each_once(make_store: Make) -> None:
    store = make_store(row("A1", 1, period="2023"), row("A1", 2), row("B1", 3))
    series = store.series(SeriesQuestion(indicator="I", areas=("A1", "B", "A1", "A")))
    assert list(series["area_code"]) == ["A1", "A1", "B", "A", "A"]
    assert list(series["value"]) == [1, 2, 3, 1, 2]


def test_every_child_is_listed_also_without_a_value(make_store: Make) -> None:
    values = make_store(row("A1", 1)).values_by_area(ValuesQuestion(indicator="I", period="2024", area="C"))
    assert list(values["area_code"]) == ["A", "B"]
    assert values["value"].isna().tolist() == [False, True]
    assert values["status"].isna().tolist() == [False, True]


def test_all_communities_of_the_city_come_at_once(make_store: Make) -> None:
    store = make_store(row("B1", 1))
    values = store.values_by_area(ValuesQuestion(indicator="I", period="2024", area="C", level="k", include_self=True))
    assert list(values["area_code"]) == ["C", "A1", "A2", "B1"]
    assert values["value"].tolist()[0] == 1
