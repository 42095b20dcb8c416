"""From the text of a cell to its value, a column at a time, by the kind that the contract gives the column."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Column, Integer

from data_access.importing.limits import CODE_CHARACTERS
from data_access.period import EXPECTED_DAY, EXPECTED_PERIOD, parse_day, parse_period

_NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_WHOLE = r"^[+-]?[0-9]{1,18}(\.0*)?$"
_TRUE = ("true", "1", "1.0", "yes", "y", "t", "是")
_FALSE = ("false", "0", "0.0", "no", "n", "f", "否")
_SMALL = 2**31


class Read(NamedTuple):
    """A column read: its values (null where blank or bad), which cells were blank, which were bad."""

    values: Any
    blank: Any
    bad: Any


def read_column(column: Column[Any], cells: pa.Array) -> Read:
    """Values of the column's kind. Blank and whitespace-only cells are null; a bad cell is null and marked."""
    kind = column.info["kind"]
    trimmed = pc.utf8_trim_whitespace(cells)
    blank = pc.fill_null(pc.equal(trimmed, ""), True)
    cells = pc.if_else(blank, pa.scalar(None, pa.string()), cells if kind in ("text", "name", "json") else trimmed)
    values, good = _READERS[kind](column, cells)
    bad = pc.and_(pc.invert(blank), pc.invert(pc.fill_null(good, False)))
    return Read(pc.if_else(bad, pa.scalar(None, values.type), values), blank, bad)


def expectation(column: Column[Any]) -> str:
    """What a cell of the column may say, for people."""
    info = column.info
    if "words" in info:
        return "one of " + ", ".join(info["words"])
    if column.name in ("lon", "lat"):
        axis = "a longitude" if column.name == "lon" else "a latitude"
        return f"{axis} in degrees, {info['low']:g} to {info['high']:g} (are lon and lat swapped?)"
    expected = _EXPECTED[info["kind"]]
    if "low" in info or "high" in info:
        expected += f"; at least {info['low']:g}" if "low" in info else ""
        expected += f"; at most {info['high']:g}" if "high" in info else ""
    return expected


def split_codes(values: pa.Array) -> pa.ListArray:
    """The codes of `;` lists, trimmed, without empty ones."""
    return pa.array(
        [
            None if text is None else [code for part in text.split(";") if (code := part.strip())]
            for text in values.to_pylist()
        ],
        pa.list_(pa.string()),
    )


def _text(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    return cells, pc.is_valid(cells)


def _code(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    return cells, pc.less_equal(pc.utf8_length(cells), CODE_CHARACTERS)


def _codes(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    joined = [";".join(codes) if codes else None for codes in split_codes(cells).to_pylist()]
    return pa.array(joined, pa.string()), pc.is_valid(cells)


def _word(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    return cells, pc.is_in(cells, value_set=pa.array(column.info["words"]))


def _number(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    values = _only(cells, pc.match_substring_regex(cells, _NUMBER)).cast(pa.float64())
    return values, pc.and_(pc.is_finite(values), _within(column, values))


def _whole(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    digits = pc.replace_substring_regex(_only(cells, pc.match_substring_regex(cells, _WHOLE)), r"^\+|\.0*$", "")
    values = digits.cast(pa.int64())
    within = _within(column, values)
    if isinstance(column.type, Integer) and column.type.__visit_name__ == "integer":
        within = pc.and_(within, pc.less(pc.abs(values), _SMALL))
    return values, within


def _flag(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
    words = pc.utf8_lower(cells)
    is_true = pc.if_else(pc.is_valid(words), pc.is_in(words, value_set=pa.array(_TRUE)), pa.scalar(None, pa.bool_()))
    return is_true, pc.or_(is_true, pc.is_in(words, value_set=pa.array(_FALSE)))


def _by_word(accepts: Callable[[str], object]) -> Callable[[Column[Any], pa.Array], tuple[Any, Any]]:
    """Each distinct text is judged once; there are few of them beside millions of rows."""

    def read(column: Column[Any], cells: pa.Array) -> tuple[Any, Any]:
        distinct = pc.unique(cells).drop_null()
        good = [text for text in distinct.to_pylist() if _accepted(accepts, text)]
        return cells, pc.is_in(cells, value_set=pa.array(good, pa.string()))

    return read


def _accepted(accepts: Callable[[str], object], text: str) -> bool:
    try:
        accepts(text)
    except (ValueError, RecursionError):
        return False
    return True


def _moment(text: str) -> object:
    return datetime.fromisoformat(text) if len(text) > len("2024-06-30") else parse_day(text)


def _only(cells: pa.Array, good: pa.Array) -> Any:
    return pc.if_else(pc.fill_null(good, False), cells, pa.scalar(None, pa.string()))


def _within(column: Column[Any], values: pa.Array) -> Any:
    low, high = column.info.get("low"), column.info.get("high")
    within = pc.is_valid(values)
    if low is not None:
        within = pc.and_(within, pc.fill_null(pc.greater_equal(values, low), False))
    if high is not None:
        within = pc.and_(within, pc.fill_null(pc.less_equal(values, high), False))
    return within


_READERS: dict[str, Callable[[Column[Any], pa.Array], tuple[Any, Any]]] = {
    "text": _text,
    "name": _text,
    "code": _code,
    "codes": _codes,
    "word": _word,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "period": _by_word(parse_period),
    "day": _by_word(parse_day),
    "moment": _by_word(_moment),
    "json": _by_word(json.loads),
}

_EXPECTED = {
    "text": "text",
    "name": "a name",
    "code": f"a code of at most {CODE_CHARACTERS} characters",
    "codes": "codes joined by ;",
    "number": "a finite number in plain digits such as 1234.5, without thousands separators, units or %",
    "whole": "a whole number in plain digits, without thousands separators",
    "flag": "true or false",
    "period": EXPECTED_PERIOD,
    "day": EXPECTED_DAY,
    "moment": "a date or date-time such as 2025-06-30T12:00:00",
    "json": "JSON text",
}
