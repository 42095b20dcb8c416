"""Whatever a city looks like, the store shows what the reference reading of the contract shows."""

from dataclasses import astuple
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import answers
from data_access.answers.shown import VALUE_COLUMNS
from data_access.engine import open_engine
from data_access.questions import ProfileQuestion, SeriesQuestion, ValuesQuestion
from tests.data.reference_rollup import Area, City, Indicator, Recorded, Shown
from tests.data.small_city import rewrite

PARTITIONS = ("administrative", "unit", "grid")
PERIODS = ("2022/2023", "2023", "2024-06", "2024", "2024-Q4")
SHOWN = dict(zip(Shown.__dataclass_fields__, [*VALUE_COLUMNS[:4], *VALUE_COLUMNS[5:12]], strict=True))

numbers = st.sampled_from([-2.0, 0.0, 1.0, 2.5, 4.0, 100.0])
maybe = st.one_of(st.none(), numbers)
measures = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 3.0, 10.0]))


@st.composite
def recorded(draw: st.DrawFn) -> Recorded:
    status = draw(
        st.sampled_from(["valid"] * 4 + ["estimated", "suspect", "not_collected", "suppressed", "not_applicable"])
    )
    has_value = status in {"valid", "estimated", "suspect"}
    pair = st.one_of(st.tuples(numbers, measures), st.tuples(maybe, maybe)) if has_value else st.just((None, None))
    if status == "not_collected":
        pair = st.sampled_from([(None, None)] * 4 + [(1.0, None), (None, 2.0)])
    numerator, denominator = draw(pair)
    rolls_up = draw(st.sampled_from([True] * 6 + [False]))
    return Recorded(status, draw(numbers) if has_value else None, numerator, denominator, rolls_up)


@st.composite
def areas(draw: st.DrawFn) -> list[Area]:
    count = draw(st.integers(1, 14))
    population = st.one_of(st.none(), st.integers(0, 9))
    return [
        Area(
            code=f"{n:02}",
            parent=None if n == 0 else f"{draw(st.integers(max(0, n - 6), n - 1)):02}",
            partition=draw(st.sampled_from(PARTITIONS + PARTITIONS[:1] * 3)),
            population=draw(population),
            area_km2=draw(measures),
        )
        for n in range(count)
    ]


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    aggregation = draw(st.sampled_from(["sum", "ratio", "weighted_mean", "none"]))
    by = draw(st.sampled_from(["population", "area_km2", "W"])) if aggregation == "weighted_mean" else None
    scale = draw(st.sampled_from([None, 1.0, 1000.0]))
    return Indicator("I", aggregation, None if by == "W" else by, "W" if by == "W" else None, scale)


@st.composite
def cities(draw: st.DrawFn) -> tuple[City, Indicator]:
    tree, indicator = draw(areas()), draw(indicators())
    periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, max_size=3, unique=True))
    places = st.tuples(
        st.sampled_from(["I", "I", "W"]), st.sampled_from([a.code for a in tree]), st.sampled_from(periods)
    )
    return City(tree, draw(st.dictionaries(places, recorded(), max_size=30))), indicator


@pytest.fixture
def connection(database: str) -> Any:
    engine = open_engine(database, access="load")
    yield engine
    engine.dispose()


@given(cities())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_every_figure_is_what_the_contract_says(connection: Any, case: tuple[City, Indicator]) -> None:
    city, indicator = case
    rewrite(connection, as_tables(city, indicator))
    periods = {period for _, _, period in city.rows} | {"2024"}
    with connection.connect() as reading:
        for area in city.areas.values():
            answered = {p: shown for p in periods if (shown := city.shown(indicator, area.code, p)).status is not None}
            profile = answers.profile(reading, ProfileQuestion(area=area.code))
            assert by_key(profile[profile["indicator_code"] == "I"], "period") == same(answered)
        check_one_period(reading, city, indicator)


def check_one_period(reading: Any, city: City, indicator: Indicator) -> None:
    """The other questions of the root and of one area that has children, which are asked in other ways."""
    parents = [area for area in city.areas.values() if city.tiles(area)]
    for area in parents[:1] + parents[-1:]:
        asked = [area, *city.tiles(area)]
        expected = {a.code: city.shown(indicator, a.code, "2024") for a in asked}
        question = ValuesQuestion(indicator="I", period="2024", area=area.code, include_self=True)
        assert by_key(answers.values_by_area(reading, question), "area_code") == same(expected)
        own = {"2024": expected[area.code]} if expected[area.code].status is not None else {}
        series = answers.series(reading, SeriesQuestion(indicator="I", areas=(area.code,)))
        assert by_key(series[series["period"] == "2024"], "period") == same(own)
        one = answers.profile(reading, ProfileQuestion(area=area.code, period="2024"))
        assert by_key(one[one["indicator_code"] == "I"], "period") == same(own)


def by_key(frame: pd.DataFrame, key: str) -> dict[str, Any]:
    """The figures of a frame as the reference tells them, missing as None."""
    columns = frame[[key, *SHOWN.values()]].astype(object)
    return {
        row[0]: approximately(row[1:]) for row in columns.where(frame.notna(), None).itertuples(index=False, name=None)
    }


def same(expected: dict[str, Shown]) -> dict[str, Any]:
    return {key: approximately(astuple(shown)) for key, shown in expected.items()}


def approximately(figures: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(round(figure, 9) if type(figure) in {int, float} else figure for figure in figures)


def as_tables(city: City, indicator: Indicator) -> dict[str, list[dict[str, Any]]]:
    about = {"name_zh": "x"}
    facts = {"aggregation": indicator.aggregation, "ratio_scale": indicator.ratio_scale}
    weights = {"weight_column": indicator.weight_column, "weight_indicator_code": indicator.weight_indicator}
    return {
        "area_level": [{"level": p, "rank": n, "partition": p, **about} for n, p in enumerate(PARTITIONS)],
        "area": [
            {
                "area_code": a.code,
                "parent_code": a.parent,
                "level": a.partition,
                "population": a.population,
                "area_km2": a.area_km2,
                **about,
            }
            for a in city.areas.values()
        ],
        "indicator": [
            {"indicator_code": "I", **facts, **weights, **about},
            {"indicator_code": "W", "aggregation": "none", **about},
        ],
        "indicator_value": [
            {
                "indicator_code": code,
                "area_code": area,
                "period": period,
                "value": row.value,
                "numerator": row.numerator,
                "denominator": row.denominator,
                "status": row.status,
                "rolls_up": row.rolls_up,
            }
            for (code, area, period), row in city.rows.items()
        ],
    }
