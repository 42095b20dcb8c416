"""The references that a benchmark shows beside the standard: the next target, the national average, values abroad."""

from typing import Any

import pandas as pd

from callbacks.scene import Scene


def next_references(at: Scene, period: str) -> dict[str, dict[str, dict[Any, Any]]]:
    """Indicator → kind → the reference shown: the first that applies, of targets the next one due."""
    found = at.applicable(period)
    targets = found[(found["kind"] == "plan_target") & (found["period"].fillna("9999") >= period[:4])]
    others = found[found["kind"].isin(["national_average", "international"])]
    rows = pd.concat([targets.sort_values("period", kind="stable"), others]).drop_duplicates(["indicator_code", "kind"])
    result: dict[str, dict[str, dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        result.setdefault(row["indicator_code"], {})[row["kind"]] = row
    return result
