"""A series ready for statistics: one kind of period, its place in time, and the breaks that interrupt it."""

import pandas as pd

from analysis.change import series_of

SUSPECT = "suspect"
_DAYS_PER_YEAR = 365.25
_DEFINED_BY = ("caliber", "boundary_version")


def timeline(values: pd.DataFrame, periods: pd.DataFrame, *, include_suspect: bool = False) -> pd.DataFrame:
    """One area's values in time, each with its `series`, its `year` and the `segment` between two breaks.

    values: `period`, `value`, `status`, `caliber`, `boundary_version`. periods: as `change.series_of` wants them.
    year: decimal year of the period's middle, so that uneven gaps count as long as they last. used: whether the value
    enters statistics: present, and not suspect unless the viewer includes those. Ordered by series and time.
    """
    placed = values.merge(periods.assign(series=series_of(periods)), on="period")
    placed = placed.sort_values(["series", "ends_on"], kind="stable").reset_index(drop=True)
    placed["year"] = decimal_years(placed["starts_on"], placed["ends_on"])
    placed["used"] = placed["value"].notna() & (include_suspect | (placed["status"] != SUSPECT))
    placed["is_break"] = _breaks(placed[placed["value"].notna()]).reindex(placed.index, fill_value=False)
    placed["segment"] = placed.groupby("series", sort=False)["is_break"].cumsum().astype(int)
    return placed


def decimal_years(starts_on: pd.Series, ends_on: pd.Series) -> pd.Series:
    """The middle of each period as a decimal year: 2024 is 2024.5, 2024-Q1 is 2024.12."""
    starts, ends = pd.to_datetime(starts_on), pd.to_datetime(ends_on)
    middle = starts + (ends - starts + pd.Timedelta(days=1)) / 2
    return middle.dt.year + ((middle.dt.day_of_year - 1) + middle.dt.hour / 24) / _DAYS_PER_YEAR


def last_segment(line: pd.DataFrame) -> pd.DataFrame:
    """The used rows since the last break: what a statement about the present may rest on."""
    used = line[line["used"]]
    return used[used["segment"] == used["segment"].iloc[-1]] if len(used) else used


def last_segments(values: pd.DataFrame, periods: pd.DataFrame, period: str | None) -> pd.DataFrame:
    """`last_segment` of every indicator at once, in the series that `period` belongs to: indicator_code, year, value.

    values: as `timeline` wants them, with `indicator_code`. One indicator at a time takes a hundred times as long.
    """
    calendar = periods.assign(series=series_of(periods))
    calendar = calendar[calendar["series"].isin(calendar.loc[calendar["period"] == period, "series"])]
    known = values.loc[values["value"].notna(), ["indicator_code", "period", "value", "status", *_DEFINED_BY]]
    placed = known.merge(calendar, on="period").sort_values(["indicator_code", "ends_on"], kind="stable")
    placed["year"] = decimal_years(placed["starts_on"], placed["ends_on"])
    placed["is_break"] = _breaks(placed.assign(series=placed["indicator_code"]))
    placed["segment"] = placed.groupby("indicator_code", sort=False)["is_break"].cumsum().astype(int)
    used = placed[placed["status"] != SUSPECT]
    last = used.groupby("indicator_code", sort=False)["segment"].transform("last")
    return used.loc[used["segment"] == last, ["indicator_code", "year", "value"]]


def _breaks(known: pd.DataFrame) -> pd.Series:
    """Where the caliber or the known boundary version is not that of the value before in the series.

    No caliber means the indicator's own; no boundary version means nobody said, which is no change.
    """
    said = pd.DataFrame({"series": known["series"], "caliber": known["caliber"].fillna("")})
    said["boundary"] = known.groupby("series", sort=False)["boundary_version"].ffill()
    said["boundary"] = said.groupby("series", sort=False)["boundary"].bfill().fillna("")
    before = said.groupby("series", sort=False).shift()
    return before["caliber"].notna() & (said[["caliber", "boundary"]] != before).any(axis=1)


def one_series(
    values: pd.DataFrame, periods: pd.DataFrame, period: str | None, *, include_suspect: bool = False
) -> pd.DataFrame:
    """The timeline of the series that `period` belongs to, else of the one with most values; years nobody recorded are
    put in without a value."""
    known = values.drop(columns=["kind", "starts_on", "ends_on"], errors="ignore")
    if periods.empty:
        return timeline(known.head(0), periods)
    calendar = _with_missing_years(same_series(periods, period))
    filled = calendar[["period"]].merge(known, how="left", on="period")
    return timeline(filled, calendar, include_suspect=include_suspect)


def same_series(periods: pd.DataFrame, period: str | None) -> pd.DataFrame:
    """The periods of the series that `period` belongs to, else of the one with most periods."""
    if periods.empty:
        return periods
    series = series_of(periods)
    chosen = series[periods["period"] == period]
    wanted = chosen.iloc[0] if len(chosen) else series.value_counts().index[0]
    same: pd.DataFrame = periods.loc[series == wanted]
    return same


def _with_missing_years(periods: pd.DataFrame) -> pd.DataFrame:
    if set(periods["kind"]) != {"year"}:
        return periods
    years = periods["period"].astype(int)
    missing = [str(year) for year in range(years.min(), years.max()) if year not in set(years)]
    rows = [{"period": y, "kind": "year", "starts_on": f"{y}-01-01", "ends_on": f"{y}-12-31"} for y in missing]
    return pd.concat(
        [periods, pd.DataFrame(rows, columns=["period", "kind", "starts_on", "ends_on"])], ignore_index=True
    )
