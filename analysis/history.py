"""One indicator over time as it is drawn: every period of its series has a place, so that what is missing is a gap."""

import pandas as pd

from analysis.change import series_of

_YEAR = "year"


def timeline_of(periods: pd.DataFrame, period: str | None) -> list[str]:
    """The periods of the series that `period` belongs to, in order of time; years that nobody recorded are put in.

    periods: `period`, `kind`, `starts_on`, `ends_on`. Without a known period: the series with most periods.
    """
    if periods.empty:
        return []
    series = series_of(periods)
    chosen = series[periods["period"] == period]
    wanted = chosen.iloc[0] if len(chosen) else series.value_counts().index[0]
    own = [str(one) for one in periods[series == wanted].sort_values("ends_on")["period"]]
    if wanted != _YEAR:
        return own
    return [str(year) for year in range(int(own[0]), int(own[-1]) + 1)]


def on_timeline(rows: pd.DataFrame, periods: list[str]) -> pd.DataFrame:
    """The rows of one area and indicator, one per period; a period without an answer has missing columns."""
    return rows.drop_duplicates("period").set_index("period").reindex(pd.Index(periods, name="period")).reset_index()


def breaks(points: pd.DataFrame) -> list[str]:
    """Periods whose caliber or boundaries are not those of the value before: figures on both sides do not compare.

    No caliber means the indicator's own; no boundary version means nobody said, which is no change.
    """
    known = points[points["value"].notna()]
    caliber, boundary = known["caliber"].fillna(""), known["boundary_version"].ffill().bfill().fillna("")
    changed = (caliber != caliber.shift()) | (boundary != boundary.shift())
    return known["period"].iloc[1:][changed.iloc[1:]].to_list()
