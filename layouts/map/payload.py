"""What assets/js/area_map.js paints: packed values beside the URL of their geometry, classes and words."""

import base64
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from analysis.classification import Classes
from layouts.formatting import known
from layouts.map.ramps import HATCHES, MAP_COLOURS, class_colours
from layouts.texts import Texts

STATUSES = ("valid", "estimated", "suspect", "not_applicable", "not_collected", "suppressed", "none")
"""Numbers of the status words, as in assets/js/area_values.js; `none`: nothing recorded, nothing rolled up."""
MOST_WITH_DETAIL = 2000
"""Up to so many areas the card's details travel with the values; a city's communities are only values."""
_WORDS = (*STATUSES, "recorded")
_SCALES = (1, 10, 100, 1000)
_LARGEST_SHORT = 32767
_ORIGINS = {"recorded": 1, "rolled_up": 2}
_MARKS = ("contains_estimated", "contains_suspect", "misses_suppressed")


def packed_values(values: pd.DataFrame) -> dict[str, Any]:
    """Packed values, and statuses as runs [status, how many, …], in the order of the frame."""
    numbers = {word: number for number, word in enumerate(STATUSES)}
    status = values["status"].map(numbers).fillna(numbers["none"]).astype(int)
    runs = [part for number, run in groupby(status) for part in (number, len(list(run)))]
    return {"values": pack(values["value"]), "status": runs}


def pack(values: pd.Series) -> dict[str, Any]:
    """`data`: base64 of little-endian numbers, `type` i2 or f4; i2 numbers are values times `scale`.

    Two bytes are enough for most indicators, whose values have few digits; NaN is then the smallest number.
    """
    exact = values.to_numpy(dtype=float, na_value=np.nan)
    for scale in _SCALES:
        whole = np.rint(exact * scale)
        fits = np.isnan(exact) | ((np.abs(whole) <= _LARGEST_SHORT) & (whole / scale == exact))
        if fits.all():
            short = np.where(np.isnan(whole), -_LARGEST_SHORT - 1, whole).astype("<i2")
            return {"type": "i2", "scale": scale, "data": base64.b64encode(short.tobytes()).decode()}
    return {"type": "f4", "scale": 1, "data": base64.b64encode(exact.astype("<f4").tobytes()).decode()}


def details(values: pd.DataFrame, previous: pd.Series | None) -> dict[str, Any]:
    """What only the card says: where each value comes from, and what it was before."""
    if len(values) > MOST_WITH_DETAIL:
        return {}
    rolled = np.flatnonzero(values["origin"] == "rolled_up").tolist()
    counts = values[["coverage_contributing", "coverage_children"]].fillna(0).astype(int).to_numpy().tolist()
    return {
        "origin": values["origin"].map(_ORIGINS).fillna(0).astype(int).to_list(),
        "coverage": {place: counts[place] for place in rolled},
        "marks": {mark: np.flatnonzero(values[mark].fillna(False).astype(bool)).tolist() for mark in _MARKS},
        "previous": None if previous is None else pack(previous),
    }


def area_details(value: Mapping[Any, Any], previous: object) -> dict[str, Any]:
    """The same for one area: a value row, and the value of the period before."""
    counts = [known(value.get(column)) for column in ("coverage_contributing", "coverage_children")]
    return {
        "origin": _ORIGINS.get(str(value.get("origin")), 0),
        "coverage": [int(count or 0) for count in counts],
        "marks": [mark for mark in _MARKS if value.get(mark) is True],
        "previous": known(previous),
    }


def class_payload(classes: Classes, theme: str, judged: bool) -> dict[str, Any]:
    return {"bounds": classes.bounds, "colours": class_colours(classes, theme, judged=judged)}


def colours_payload(theme: str) -> dict[str, Any]:
    colours = MAP_COLOURS[theme]
    lines = ("border", "group", "outline", "quiet", "quiet_border")
    missing = {
        status: {"colour": colours.ground, "ink": colours.ink, "hatch": hatch} for status, hatch in HATCHES.items()
    }
    return {line: getattr(colours, line) for line in lines} | {"missing": missing}


def words_payload(texts: Texts) -> dict[str, str]:
    """Sentences of the card; the browser fills what stands in braces."""
    sentences = ("rank", "change", "rolled_up", "play", "pause", "timeline", "label", *_MARKS)
    return {word: texts(f"value.{word}") for word in _WORDS} | {word: texts(f"map.{word}") for word in sentences}


def format_payload(texts: Texts, indicator: Mapping[str, Any], values: Sequence[float]) -> dict[str, Any]:
    """How the browser writes a value: the indicator's decimals, else as many as its size needs."""
    decimals = known(indicator.get("decimals"))
    largest = max((abs(value) for value in values), default=0.0)
    needed = 0 if largest >= 100 else 1 if largest >= 10 else 2  # noqa: PLR2004
    return {
        "decimals": int(decimals) if decimals is not None else needed,
        "unit": texts.unit(indicator.get("unit")),
        "locale": texts.html_lang,
    }
