"""How an area stands among its siblings, for the sheet of an area where no standard judges."""

from typing import Any

import pandas as pd

from callbacks.benchmark_areas import heat_ranks
from callbacks.indicator_series import siblings
from callbacks.scene import Scene
from data_access.questions import MatrixQuestion
from layouts.components.explained import Fact
from layouts.sentences import Sentence

FEWEST_AREAS = 5
"""With fewer there is no quarter to be in."""
SUSPECT = "suspect"


def among_siblings(at: Scene) -> pd.DataFrame:
    """`indicator_code`, `value`, `rank` (1 the best), `n`, `tied` (areas at that rank), `is_best`, `is_worst`.

    The best first. Best and worst are the outer quarters; an area is in the best one only with all that it ties with.

    Counts are compared per resident: an area is not worse for being larger. Only indicators with a direction of good,
    known for at least FEWEST_AREAS of the areas; suspect values stay out.
    """
    beside = siblings(at)
    none = pd.DataFrame(columns=["indicator_code", "value", "rank", "n", "tied", "is_best", "is_worst"])
    if len(beside) + 1 < FEWEST_AREAS or at.selection.period is None:
        return none
    residents = pd.concat([beside, at.path.tail(1)]).set_index("area_code")["population"].astype(float)
    known = _values(at, list(residents.index))
    compared = known.copy()
    for code in _counts(at) & set(known.columns):
        compared[code] = known[code] / residents
    ranks = heat_ranks(compared, _directions(at, list(known.columns)))
    if at.area not in ranks.index:
        return none
    tied = compared.eq(compared.loc[at.area]).sum()
    own, first = known.loc[at.area], ranks.loc[at.area]
    found = pd.DataFrame({"value": own, "rank": first, "n": compared.count(), "tied": tied})
    found = found[(found["n"] >= FEWEST_AREAS) & found["rank"].notna() & (compared.nunique() > 1)]
    share = (found["rank"] - 1) / (found["n"] - 1)
    last = (found["rank"] + found["tied"] - 2) / (found["n"] - 1)
    found = found.assign(share=share, is_best=last <= 1 / 4, is_worst=share >= 3 / 4)
    return found.sort_values("share", kind="stable").rename_axis("indicator_code").reset_index()


def sibling_sentences(at: Scene, rows: pd.DataFrame, tone: str) -> list[Sentence]:
    indicators = at.catalogue.set_index("indicator_code")
    return [_said(at, indicators.loc[row["indicator_code"]], row, tone) for row in rows.to_dict("records")]


def _said(at: Scene, indicator: pd.Series, row: dict[Any, Any], tone: str) -> Sentence:
    value = str(at.formatter.quantity(row["value"], indicator["unit"], indicator["decimals"]))
    is_count = indicator["aggregation"] == "sum"
    said = at.texts(
        "sheet.among", name=at.texts.name(indicator), value=value, rank=int(row["rank"]), n=int(row["n"]),
        tied=at.texts("sheet.tied") if row["tied"] > 1 else "", per=at.texts("sheet.per_resident") if is_count else "",
    )  # fmt: skip
    facts: tuple[Fact, ...] = (("", str(row["indicator_code"])), ("", at.texts("sheet.among_rule")))
    return Sentence(said, tone, facts)


def _values(at: Scene, codes: list[str]) -> pd.DataFrame:
    """By area, one column per indicator with a direction of good."""
    level = str(at.path["level"].iloc[-1])
    asked = MatrixQuestion(area=at.path_codes[-2], level=level, period=str(at.selection.period), viewer=at.viewer)
    rows = at.store.values_by_area_indicator(asked)
    rows = rows[rows["area_code"].isin(codes) & (rows["status"] != SUSPECT)]
    wide = rows.pivot(index="area_code", columns="indicator_code", values="value").astype(float)
    return wide[[code for code in wide.columns if code in _directions(at, list(wide.columns))]]


def _directions(at: Scene, codes: list[str]) -> dict[str, str]:
    known = at.catalogue[at.catalogue["direction"].isin(["higher_better", "lower_better"])]
    known = known[known["indicator_code"].isin(codes)]
    return dict(zip(known["indicator_code"], known["direction"], strict=True))


def _counts(at: Scene) -> set[str]:
    return set(at.catalogue.loc[at.catalogue["aggregation"] == "sum", "indicator_code"])
