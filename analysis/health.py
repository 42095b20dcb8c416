"""What a health check concludes: each indicator against its standard, and the counts by dimension."""

import math
from collections import Counter

import pandas as pd

from analysis.attainment import ATTAINMENTS, MEETS, NOT_JUDGED, judge
from analysis.change import BETTER, WORSE, valuation

JUDGED = tuple(name for name in ATTAINMENTS if name != NOT_JUDGED)


def judged_profile(
    profile: pd.DataFrame, indicators: pd.DataFrame, standards: pd.DataFrame, period: str
) -> pd.DataFrame:
    """One row per indicator of the catalogue, in its order: its own columns, its value in the period, its attainment.

    profile: `indicator_code`, `period` and value columns. standards: of `attainment.judging_standards`. Where nothing
    is recorded the value columns are missing. The indicator's and the value's `caliber` keep apart as `caliber`
    (indicator) and `value_caliber`.
    """
    values = profile[profile["period"] == period].drop(columns="period").rename(columns={"caliber": "value_caliber"})
    return judge(indicators.merge(values, how="left", on="indicator_code"), indicators, standards)


def attainment_counts(judged: pd.DataFrame) -> dict[str, int]:
    """How many indicators meet, are near, fail; those not judged are left out."""
    counts = judged["attainment"].value_counts()
    return {name: int(counts.get(name, 0)) for name in JUDGED}


def meeting_share_pct(judged: pd.DataFrame) -> float:
    """Indicators that meet their standard, of those that could be judged; NaN where none could."""
    counts = attainment_counts(judged)
    total = sum(counts.values())
    return 100 * counts[MEETS] / total if total else float("nan")


def dimension_summary(judged: pd.DataFrame, dimensions: pd.DataFrame) -> pd.DataFrame:
    """One row per top dimension, in its order: what was collected, how it was judged, what was counted.

    Columns of `dimensions` plus: indicators, collected, graded, meets, near, fails, counted, counted_unit,
    with_problems. counted: the sum of the dimension's ungraded counts where lower is better (one object may be counted
    by several), NaN unless all have one unit. with_problems: how many of them are above zero.
    """
    tops = dimensions[dimensions["dimension_code"] == dimensions["root_dimension_code"]]
    groups = {str(code): group for code, group in judged.groupby("root_dimension_code")}
    summaries = [_summary(groups.get(code, judged.iloc[:0])) for code in tops["dimension_code"]]
    return pd.concat([tops.reset_index(drop=True), pd.DataFrame(summaries)], axis=1)


def _summary(group: pd.DataFrame) -> dict[str, object]:
    return {
        "indicators": len(group),
        "collected": int(group["value"].notna().sum()),
        "graded": int(group["graded"].sum()),
        **attainment_counts(group),
        **_counted(group),
    }


def _counted(group: pd.DataFrame) -> dict[str, object]:
    """What an ungraded dimension found; summed only where all its counts are of one kind of thing."""
    rows = zip(*(group[name] for name in ("graded", "direction", "value", "unit", "aggregation")), strict=True)
    like = [row for graded, direction, *row in rows if not graded and direction == "lower_better" and pd.notna(row[0])]
    values, units = [value for value, *_ in like], {unit for _, unit, _ in like}
    is_one_kind = len(units) == 1 and all(aggregation == "sum" for *_, aggregation in like)
    return {
        "counted": math.fsum(values) if is_one_kind else float("nan"),
        "counted_unit": str(*units) if is_one_kind else "",
        "with_problems": sum(value > 0 for value in values),
    }


def movements(compared: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Per top dimension, indexed by its code: how many indicators went `better` and how many `worse`.

    compared: rows of `change.previous_values` of one period. Indicators without a direction of good do not count.
    """
    about = indicators[["indicator_code", "root_dimension_code", "direction", "decimals"]]
    changed = compared.loc[compared["difference"].notna(), ["indicator_code", "difference"]]
    known = changed.merge(about, on="indicator_code")
    words = [
        valuation(row["difference"], row["direction"], _decimals(row["decimals"])) for row in known.to_dict("records")
    ]
    counts = Counter(zip(known["root_dimension_code"], words, strict=True))
    roots = pd.Index(sorted(known["root_dimension_code"].dropna().unique()), name="root_dimension_code", dtype="str")
    return pd.DataFrame({word: [counts[root, word] for root in roots] for word in (BETTER, WORSE)}, index=roots)


def _decimals(value: object) -> int | None:
    return int(value) if isinstance(value, float | int) and not math.isnan(value) else None
