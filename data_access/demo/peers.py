"""Twelve cities that do not exist either, to compare with."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from data_access.demo import stories
from data_access.demo.catalogue import read_data
from data_access.demo.chance import stream
from data_access.demo.frames import each
from data_access.demo.recipes import recipes

KINDS = ("percent", "ratio", "series", "mean")
LEVELS = ("district", "subdistrict", "city")
SHARE_MISSING, SHARE_DIFFERENT = 0.06, 0.08


def peer_cities() -> pd.DataFrame:
    return read_data("peers.csv").drop(columns=["level", "trend"])


def peer_values() -> pd.DataFrame:
    """The rates of every peer and year, better or worse throughout, with gaps and other definitions here and there."""
    peers, rows = read_data("peers.csv"), recipes()
    rows = rows[rows["kind"].isin(KINDS) & rows["level"].isin(LEVELS) & ~rows.index.str.startswith(("YL", "M25"))]
    pairs = product(rows.iterrows(), list(each(peers)))
    columns = ["indicator_code", "peer_code", "period", "value", "definition_differs"]
    found = [row for (code, recipe), peer in pairs for row in _values(str(code), recipe, peer)]
    return pd.DataFrame(found, columns=columns).assign(source_title=stories.SOURCE)


def _values(code: str, recipe: pd.Series, peer: Any) -> list[tuple[str, str, str, float, bool]]:
    chance = stream(f"peer {peer.peer_code} {code}")
    gain = (recipe["end"] - recipe["start"]) * float(peer.trend)
    better = np.sign(recipe["end"] - recipe["start"]) * (float(peer.level) - 1)
    first = recipe["start"] * (1 + better + chance.normal(0, 0.06))
    values = (
        first + gain * np.linspace(0, 1, len(stories.YEARS)) + chance.normal(0, abs(gain) * 0.06, len(stories.YEARS))
    )
    values = np.clip(values, 0, 100 if recipe["kind"] == "percent" else None)
    differs = bool(chance.random() < SHARE_DIFFERENT)
    known = chance.random(len(values)) > SHARE_MISSING
    return [
        (code, peer.peer_code, str(year), round(float(value), 1 if recipe["end"] > 10 else 3), differs)
        for year, value, is_known in zip(stories.YEARS, values, known, strict=True)
        if is_known
    ]
