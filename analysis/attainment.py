"""Whether a value meets its standard, and which of several standards judges it.

The contract: all references are shown; attainment uses the primary standard, else the most local, else the latest in
effect. Only graded indicators are judged; a standard judges a period when it is in effect on the period's last day.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

MEETS, NEAR, FAILS, NOT_JUDGED = "meets", "near", "fails", "not_judged"
ATTAINMENTS = (MEETS, NEAR, FAILS, NOT_JUDGED)
NEAR_SHARE = 0.1
"""A value is near when it misses its standard by at most this share of it."""


def applicable_references(
    references: pd.DataFrame, area_path: Sequence[str], period: str, ends_on: str
) -> pd.DataFrame:
    """The rows of `reference_value` that apply to the last area of the path in one period, the judging one first.

    area_path: codes from the root down to the area. ends_on: the period's last day, ISO; partial `effective_on` dates
    compare as text, which is comparing their first day. Adds `locality`: depth of the reference's area, -1 everywhere.
    A target keeps the year it is due in `period` and is never dropped for it; others judge their period only.
    """
    depth = {code: position for position, code in enumerate(area_path)}
    everywhere = references["area_code"].isna()
    here = everywhere | references["area_code"].isin(list(depth))
    in_effect = references["effective_on"].isna() | (references["effective_on"].fillna("") <= ends_on)
    of_period = references["period"].isna() | (references["period"] == period) | (references["kind"] == "plan_target")
    chosen = references[here & in_effect & of_period].copy()
    chosen["locality"] = chosen["area_code"].map(depth).fillna(-1).astype(int)
    chosen["is_primary"] = chosen["is_primary"].map(bool, na_action="ignore").fillna(False).astype(bool)
    return chosen.iloc[_judging_first(chosen)]


def _judging_first(chosen: pd.DataFrame) -> list[int]:
    """Places by indicator: the primary, the most local, the latest in effect, then by code. Sorted as plain texts and
    numbers, since a few hundred rows take pandas longer than all else here."""
    named = chosen["reference_code"].to_list()
    effective = chosen["effective_on"].fillna("").to_list()
    rank = list(zip(chosen["indicator_code"], ~chosen["is_primary"], -chosen["locality"], strict=True))
    places = sorted(range(len(chosen)), key=named.__getitem__)
    places.sort(key=effective.__getitem__, reverse=True)
    places.sort(key=rank.__getitem__)
    return places


def judging_standards(applicable: pd.DataFrame) -> pd.DataFrame:
    """The one standard that judges each indicator: rows of `applicable_references`, indexed by `indicator_code`."""
    standards = applicable[applicable["kind"] == "standard"]
    return standards.drop_duplicates("indicator_code").set_index("indicator_code")


def judge(values: pd.DataFrame, indicators: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """`values` (one row per indicator_code with `value`) with the standard and an `attainment` beside each.

    indicators: `indicator_code`, `graded`. standards: of `judging_standards`. Adds `operator`, `standard_low`,
    `standard_high` (one of them NaN for a one-sided standard) and `attainment`, one of ATTAINMENTS.
    """
    bounds = standard_bounds(standards)
    judged = values.merge(bounds, how="left", left_on="indicator_code", right_index=True)
    graded = indicators.set_index("indicator_code")["graded"].fillna(False).astype(bool)
    may_judge = judged["indicator_code"].map(graded).fillna(False).astype(bool) & judged["operator"].notna()
    judged["attainment"] = attainment_of(judged["value"], judged["standard_low"], judged["standard_high"])
    judged["attainment"] = judged["attainment"].where(may_judge, NOT_JUDGED)
    return judged


def standard_bounds(standards: pd.DataFrame) -> pd.DataFrame:
    """Each standard as a lower and an upper bound; NaN where it has none."""
    operator, value = standards["operator"], standards["value"].astype(float)
    return pd.DataFrame(
        {
            "operator": operator,
            "standard_low": value.where(operator.isin([">=", "between"])),
            "standard_high": value.where(operator == "<=", standards["value_high"].astype(float)).where(
                operator != ">="
            ),
        },
        index=standards.index,
    )


def attainment_of(value: pd.Series, low: pd.Series, high: pd.Series) -> pd.Series:
    """meets inside the bounds, near within NEAR_SHARE of the missed bound, fails beyond; missing is not judged."""
    value = value.astype(float)
    short, over = (low - value).fillna(0).clip(lower=0), (value - high).fillna(0).clip(lower=0)
    missed = np.maximum(short, over)
    bound = low.abs().where(short > 0, high.abs()).fillna(0)
    word = pd.Series(np.select([missed == 0, missed <= NEAR_SHARE * bound], [MEETS, NEAR], FAILS), index=value.index)
    return word.where(value.notna() & (low.notna() | high.notna()), NOT_JUDGED)
