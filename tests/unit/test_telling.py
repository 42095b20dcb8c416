"""The first pair shown is worth a look: neither chance nor size nor definition explains it."""

import numpy as np
import pandas as pd

from analysis.correlation import correlate
from analysis.telling import is_trivial, strongest_pair


def row(code: str, root: str, **links: str) -> dict[str, object]:
    nothing = dict.fromkeys(("parent_indicator_code", "predecessor_code", "weight_indicator_code"))
    return {"indicator_code": code, "root_dimension_code": root, **nothing, **links}


def test_one_dimension_part_and_whole_old_and_new_are_trivial() -> None:
    assert is_trivial(row("a", "x"), row("b", "x"))
    assert is_trivial(row("a", "x"), row("b", "y", parent_indicator_code="a"))
    assert is_trivial(row("a", "x", predecessor_code="b"), row("b", "y"))
    assert is_trivial(row("a", "x", weight_indicator_code="b"), row("b", "y"))
    assert not is_trivial(row("a", "x"), row("b", "y"))


def test_the_strongest_pair_between_dimensions_is_found_and_always_the_same() -> None:
    random = np.random.default_rng(0)
    base = random.normal(size=80)
    values = pd.DataFrame(
        {
            "same": base,
            "twin": base * 2,
            "close": base + random.normal(size=80) / 4,
            "far": base + random.normal(size=80),
            "noise": random.normal(size=80),
        }
    )
    rows = {code: row(code, "x" if code in {"same", "noise"} else "y") for code in values}
    matrix = correlate(values)
    assert strongest_pair(matrix, rows) == ("same", "close")  # the twin is the same thing
    assert strongest_pair(matrix.in_order(list(values)[::-1]), rows) == ("same", "close")
    assert strongest_pair(matrix, rows, "far") == ("far", "same")
    assert strongest_pair(matrix, rows, "noise") is None
