from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.period import parse_day, parse_period

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H1", "half", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-H2", "half", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q3", "quarter", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-06-30", "day", date(2024, 6, 30), date(2024, 6, 30)),
        ("2020/2022", "span", date(2020, 1, 1), date(2022, 12, 31)),
        ("2018-12/2019-02", "span", date(2018, 12, 1), date(2019, 2, 28)),
        ("2024-Q1/2024-Q2", "span", date(2024, 1, 1), date(2024, 6, 30)),
    ],
)
def test_a_period_means_its_first_to_its_last_day(text: str, kind: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.text, period.kind, period.starts_on, period.ends_on) == (text, kind, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-Q0",
        "2024-H3",
        "2024-02-30",
        "2023-02-29",
        "0000",
        "24",
        "2024年",
        "２０２４",
        "2024-6",
        "2024/",
        "/2024",
        "2022/2020",
        "2019-02/2018-12",
        "2024/2024-06",
        "2020/2021/2022",
        "2024-h1",
        "2024.0",
        "20240630",
        "2024-06-30T00:00",
        "-2024",
        "nan",
        "",
        " ",
        "2024 ",
        " 2024",
        "2024\n",
    ],
)
def test_nonsense_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not|ends before|does not exist"):
        parse_period(text)


@pytest.mark.parametrize("text", ["2024-H1", "2024-Q1", "2024/2025", "2024-13", "2023-02-29", "0000", "", "today"])
def test_a_date_is_a_year_a_month_or_a_day_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not|does not exist"):
        parse_day(text)


def test_winters_compare_with_winters_whatever_february_has() -> None:
    winters = [parse_period(f"{year}-12/{year + 1}-02").series for year in range(2015, 2025)]
    assert len(set(winters)) == 1
    assert parse_period("2018-06/2018-08").series not in winters


def test_periods_of_different_length_are_different_series() -> None:
    texts = ["2024", "2024-H1", "2024-Q1", "2024-01", "2024-01-01", "2020/2022", "2020/2021", "2024-01/2024-02"]
    assert len({parse_period(text).series for text in texts}) == len(texts)
    assert parse_period("2020/2022").series == parse_period("2023/2025").series


@given(DAYS)
def test_a_partial_date_contains_every_day_it_is_the_beginning_of(day: date) -> None:
    for length in (4, 7, 10):
        first, last = parse_day(day.isoformat()[:length])
        assert first <= day <= last
    assert first == last == day


@given(DAYS, st.integers(0, 4000))
def test_a_span_runs_from_its_first_to_its_second_date_and_not_backwards(day: date, length: int) -> None:
    later = day + timedelta(days=length)
    period = parse_period(f"{day}/{later}")
    assert (period.starts_on, period.ends_on) == (day, later)
    if length:
        with pytest.raises(ValueError, match="ends before"):
            parse_period(f"{later}/{day}")


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert period.starts_on <= period.ends_on
