import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access import contract
from data_access.importing.cells import read_column
from data_access.importing.faults import inert
from data_access.importing.workbook import cell_text

VALUE = contract.indicator_value.c.value
CODE = contract.area.c.area_code


def read_one(column: object, text: str) -> tuple[object, bool]:
    """Value and whether the cell is bad."""
    read = read_column(column, pa.array([text], pa.string()))
    return read.values[0].as_py(), read.bad[0].as_py()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_in_full_comes_back_to_the_last_bit(number: float) -> None:
    value, bad = read_one(VALUE, repr(number))
    assert not bad
    assert (value, math.copysign(1, value)) == (number, math.copysign(1, number))


@given(st.text(max_size=8))
def test_any_text_is_a_finite_number_a_blank_or_a_fault(text: str) -> None:
    value, bad = read_one(VALUE, text)
    if bad or value is None:
        assert bad != (text.strip() == "")
    else:
        assert math.isfinite(value)
        assert value == float(text)


@pytest.mark.parametrize(
    "text", ["1_000", "0x10", "1,5", "١٢", "－5", "1e", "--1", "1.2.3", "nan", "Infinity", "1e309", "½"]
)
def test_what_only_looks_like_a_number_is_a_fault(text: str) -> None:
    assert read_one(VALUE, text) == (None, True)


@given(st.text(alphabet="0123456789ABC.-e", min_size=1, max_size=20))
def test_a_code_is_never_reinterpreted(code: str) -> None:
    assert read_one(CODE, f" {code}\t") == (code, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("TRUE", True), ("1", True), ("是", True), ("False", False), ("0", False), ("否", False)],
)
def test_flags_are_read_as_people_write_them(text: str, value: bool) -> None:
    assert read_one(contract.indicator.c.graded, text) == (value, False)


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("12.0", 12), ("+7", 7), ("007", 7)])
def test_whole_numbers_may_carry_an_empty_fraction(text: str, value: int) -> None:
    assert read_one(contract.area.c.population, text) == (value, False)


@pytest.mark.parametrize("text", ["12.5", "-1", "9" * 19, "1e3"])
def test_a_population_is_a_whole_number_of_at_least_zero(text: str) -> None:
    assert read_one(contract.area.c.population, text) == (None, True)


def test_a_level_rank_beyond_the_databases_integers_is_a_fault() -> None:
    assert read_one(contract.area_level.c.rank, str(2**31)) == (None, True)


@given(st.integers(0, 10**15 - 1))
def test_a_code_that_excel_stored_as_a_number_is_its_integer_text(number: int) -> None:
    assert cell_text(float(number)) == str(number)


@given(st.text(alphabet="=+-@\t\r0a1.", max_size=6))
def test_no_cell_of_a_report_is_a_formula(text: str) -> None:
    shown = str(inert(text))
    assert shown[:1] not in ("=", "@", "\t", "\r")
    if shown[:1] in ("+", "-"):
        assert set(shown[1:]) <= set("0123456789.eE+-")
