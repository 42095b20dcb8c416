"""The series an indicator view rests on: the area's own, those beside and below it, and the references that apply."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.attainment import judge, judging_standards
from analysis.story import Story, tell
from analysis.timeline import one_series, same_series
from callbacks.scene import Scene
from data_access.questions import AreasQuestion, CompletenessQuestion, PeriodsQuestion, SeriesQuestion, ValuesQuestion
from layouts.components.standard import standard_text

MOST_AREAS = 40
"""More lines or multiples than this cannot be told apart."""
INCLUDE_SUSPECT = "suspect"


def own_line(at: Scene) -> pd.DataFrame:
    return lines_of(at, [at.area])[at.area]


def lines_of(at: Scene, codes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Area code → timeline of the series that the selected period belongs to, for a few areas of any place."""
    if not codes:
        return {}
    asked = SeriesQuestion(indicator=str(at.selection.indicator), areas=tuple(codes), viewer=at.viewer)
    return _by_area(at, at.store.series(asked), codes)


def lines_below(at: Scene, home: str, below: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """As `lines_of`, for children of one tiling: one question per period, which the benchmark asks as well."""
    if below.empty:
        return {}
    partition = str(below["partition"].iloc[0])
    frames = [
        at.store.values_by_area(
            ValuesQuestion(
                indicator=str(at.selection.indicator), period=period, area=home, partition=partition, viewer=at.viewer
            )
        ).assign(period=period)
        for period in same_series(indicator_periods(at), at.selection.period)["period"]
    ]
    codes = [str(code) for code in below["area_code"]]
    return _by_area(at, pd.concat(frames, ignore_index=True), codes) if frames else {}


def _by_area(at: Scene, found: pd.DataFrame, codes: Sequence[str]) -> dict[str, pd.DataFrame]:
    periods, found = indicator_periods(at), _with_definitions(at, found)
    rows = {str(code): group for code, group in found.groupby("area_code", sort=False)}
    includes = includes_suspect(at)
    return {
        code: one_series(rows.get(code, found.head(0)), periods, at.selection.period, include_suspect=includes)
        for code in codes
    }


def includes_suspect(at: Scene) -> bool:
    """Whether the viewer wants suspect values in the statistics; the link keeps it."""
    return INCLUDE_SUSPECT in at.selection.shows


def _with_definitions(at: Scene, found: pd.DataFrame) -> pd.DataFrame:
    """Computed values follow the caliber and boundaries of most of the rows they may rest on."""
    asked = CompletenessQuestion(indicator=str(at.selection.indicator), viewer=at.viewer)
    known = at.store.definitions_by_period(asked).set_index("period")
    computed = found["origin"] == "rolled_up"
    said = {
        column: found[column].where(~computed, found["period"].map(known[column]))
        for column in ("caliber", "boundary_version")
    }
    return found.assign(**said)


def indicator_periods(at: Scene) -> pd.DataFrame:
    return at.store.periods(PeriodsQuestion(indicator=at.selection.indicator, viewer=at.viewer))


def references_now(at: Scene) -> list[dict[Any, Any]]:
    """What applies to the area in the selected period: the judging standard first, one of each kind and due year."""
    period = str(at.selection.period)
    found = at.applicable(period, at.selection.indicator)
    targets = found["kind"] == "plan_target"
    found = found[~targets | (found["period"].fillna("9999") >= period[:4])]
    keys = found["kind"] + found["period"].where(targets, "").fillna("")
    return found[~keys.duplicated()].to_dict("records")


def area_story(at: Scene) -> Story:
    binding = [row for row in references_now(at) if row["kind"] in {"standard", "plan_target"}]
    direction = str((at.indicator or {})["direction"])
    return tell(own_line(at), at.selection.period, direction, binding)


def verdict(at: Scene, value: object) -> tuple[str, str]:
    """Attainment of one value of the selected indicator in the selected period, and its standard in short."""
    code = str(at.selection.indicator)
    standards = judging_standards(at.applicable(str(at.selection.period), code))
    one = pd.DataFrame({"indicator_code": [code], "value": pd.Series([value], dtype=float)})
    judged = judge(one, at.catalogue, standards).iloc[0]
    return str(judged["attainment"]), standard_text(at.formatter, judged["standard_low"], judged["standard_high"])


def areas_below(at: Scene) -> tuple[str, pd.DataFrame]:
    """Code of the area whose children are compared (its parent's for a leaf), and those children of one tiling."""
    is_leaf = at.path.iloc[-1]["child_count"] == 0
    home = at.path_codes[-2] if is_leaf and len(at.path_codes) > 1 else at.area
    below = at.store.areas(AreasQuestion(area=home, viewer=at.viewer))
    tiling = at.selection.partition if home == at.area and at.selection.partition else _first_tiling(at, home, below)
    return home, below[below["partition"] == tiling]


def siblings(at: Scene) -> pd.DataFrame:
    """The other children of the parent, of the area's own tiling."""
    if len(at.path_codes) == 1:
        return at.path.head(0)
    beside = at.store.areas(AreasQuestion(area=at.path_codes[-2], viewer=at.viewer))
    own = str(at.path["partition"].iloc[-1])
    return beside.loc[(beside["partition"] == own) & (beside["area_code"] != at.area)]


def _first_tiling(at: Scene, home: str, below: pd.DataFrame) -> str:
    """The area's own partition where it has children there, else the administrative one, else whatever there is."""
    own = str(at.path.set_index("area_code").loc[home, "partition"])
    present = [str(name) for name in below["partition"].unique()]
    return next((name for name in (own, "administrative") if name in present), present[0] if present else own)
