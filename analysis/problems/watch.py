"""The watch list: what became of last year's problems.

On the list of a year is what was found before it and was not done before the year before it began. The rules, in the
order in which they apply:
1. recurring   a later problem names it in `recurs_from_code`;
2. resolved    it was resolved by today;
3. improving, worse   not resolved, and its indicator in its area moved the good or the bad way since the year before;
4. unchanged   not resolved, and its indicator stayed the same, has no good direction, or has no later value.
"""

from datetime import date

import numpy as np
import pandas as pd

from analysis import day_intervals as days
from analysis.problems.deadlines import is_done

RECURRING, WORSE, UNCHANGED, IMPROVING, RESOLVED = "recurring", "worse", "unchanged", "improving", "resolved"
FATES = (RECURRING, WORSE, UNCHANGED, IMPROVING, RESOLVED)
RULES = ("recurs_from", "resolved_by_then", "indicator_moved", "indicator_same", "no_later_value")


def watch_list(problems: pd.DataFrame, moves: pd.DataFrame, year: int, today: date) -> pd.DataFrame:
    """The problems on the list of `year`, with `fate` (one of FATES), `rule` (one of RULES) and `recurred_as`.

    problems: `problem_code`, `indicator_code`, `area_code`, `status`, `found_on`, `resolved_on`, `recurs_from_code`.
    moves: `indicator_code`, `area_code`, `valuation` (better, worse, same, unvalued: of `analysis.change`), from the
    year before to the latest period. A problem found on an unknown day is not on the list: it cannot be last year's.
    """
    found = days.last_day(problems["found_on"])
    long_done = days.last_day(problems["resolved_on"]) < pd.Timestamp(year - 1, 1, 1)
    listed = problems[(found < pd.Timestamp(year, 1, 1)) & ~long_done].copy()
    later = problems[days.has_come(problems["found_on"], today) & problems["recurs_from_code"].notna()]
    recurred_as = later.drop_duplicates("recurs_from_code").set_index("recurs_from_code")["problem_code"]
    listed["recurred_as"] = listed["problem_code"].map(recurred_as)
    moved = listed.merge(moves, on=["indicator_code", "area_code"], how="left")["valuation"].to_numpy()
    done = is_done(listed, today).to_numpy()
    conditions = [listed["recurred_as"].notna().to_numpy(), done, moved == "better", moved == "worse"]
    listed["fate"] = np.select(conditions, [RECURRING, RESOLVED, IMPROVING, WORSE], UNCHANGED)
    known = pd.notna(moved)
    rules = ["recurs_from", "resolved_by_then", "indicator_moved", "indicator_moved"]
    listed["rule"] = np.where(
        np.logical_or.reduce(conditions),
        np.select(conditions, rules, ""),
        np.where(known, "indicator_same", "no_later_value"),
    )
    return listed


def fates(listed: pd.DataFrame) -> pd.DataFrame:
    """One row per fate in the order of FATES: `fate`, `problems`, `share_pct`."""
    counts = listed["fate"].value_counts().reindex(list(FATES), fill_value=0)
    share = 100 * counts / max(len(listed), 1)
    return pd.DataFrame({"fate": counts.index, "problems": counts.to_numpy(), "share_pct": share.to_numpy()})


def indicator_fates(judged: pd.DataFrame) -> pd.DataFrame:
    """What became of the indicators that missed their standard in the year before: adds `fate` to those rows.

    judged: one row per indicator (and area) with `attainment_before`, `attainment`, `valuation`, and
    `attainment_earlier` (two years before). Recurring: missed now, met in the year before, and missed earlier.
    """
    missed, met = ("fails", "near"), "meets"
    was_missed = judged["attainment_before"].isin(missed)
    recurs = (
        judged["attainment"].isin(missed)
        & (judged["attainment_before"] == met)
        & judged["attainment_earlier"].isin(missed)
    )
    listed = judged[was_missed | recurs].copy()
    listed["fate"] = np.select(
        [
            recurs[listed.index],
            listed["attainment"] == met,
            listed["valuation"] == "better",
            listed["valuation"] == "worse",
        ],
        [RECURRING, RESOLVED, IMPROVING, WORSE],
        UNCHANGED,
    )
    return listed
