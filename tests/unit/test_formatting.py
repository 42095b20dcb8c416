"""Numbers, money and dates as people read them in each language."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.formatting import MISSING, Formatter
from layouts.texts import texts

ZH, EN = Formatter(texts("zh_CN"), "CNY"), Formatter(texts("en"), "CNY")


def test_chinese_counts_large_numbers_in_ten_thousands_and_hundred_millions() -> None:
    assert str(ZH.quantity(2_596_967, "人", 0)) == "260 万人"
    assert str(ZH.quantity(29_870, "个", 0)) == "29,870 个"
    assert str(ZH.quantity(386_000_000, "人")) == "3.86 亿人"


def test_english_counts_them_in_thousands_and_millions_with_the_unit_translated() -> None:
    assert str(EN.quantity(2_596_967, "人")) == "2.60 m persons"
    assert str(EN.quantity(643_341, "人")) == "643 k persons"


def test_money_is_shown_in_the_currency_of_the_installation() -> None:
    assert str(ZH.money(6_290_000_000)) == "62.9 亿元"
    assert str(ZH.money(520_000)) == "52 万元"
    assert str(EN.money(6_290_000_000)) == "6.29 bn CNY"
    assert str(Formatter(texts("zh_CN"), "TWD").money(230_000_000)) == "2.30 亿新台币"


def test_an_indicator_says_how_many_decimals_but_never_more_than_three() -> None:
    assert ZH.number(86.44, 1) == "86.4"
    assert ZH.number(0.123456, 5) == "0.123"
    assert ZH.number(7.4321) == "7.43"


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, "", "n/a"])
def test_what_is_missing_is_a_dash_and_never_zero(missing: object) -> None:
    assert ZH.number(missing) == ZH.quantity(missing, "个").text == ZH.money(missing).text == MISSING


def test_a_change_carries_its_sign_and_nothing_has_none() -> None:
    assert ZH.change(1.4, 1) == "+1.4"
    assert ZH.change(-530, 0) == "−530"
    assert ZH.change(-0.04, 1) == "0.0"


def test_dates_stay_as_precise_as_they_were_recorded() -> None:
    assert [ZH.day(day) for day in ("2025", "2025-06", "2025-06-30", None)] == [
        "2025",
        "2025-06",
        "2025-06-30",
        MISSING,
    ]


def test_parts_of_a_year_read_as_words_and_spans_as_spans() -> None:
    assert ZH.period("2024-H1") == "2024 上半年"
    assert EN.period("2024-Q3") == "2024 Q3"
    assert ZH.period("2018-12/2019-02") == "2018-12 – 2019-02"


def test_a_share_of_nothing_is_unknown() -> None:
    assert ZH.share(28, 43).text == "65.1"
    assert ZH.share(0, 0).text == MISSING


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 3))
def test_a_shown_number_reads_back_to_itself_at_its_decimals(value: float, decimals: int) -> None:
    shown = ZH.number(value, decimals).replace(",", "").replace("−", "-")
    assert abs(float(shown) - value) <= 0.5 * 10**-decimals + abs(value) * 1e-12
