"""The recorded values: figures as rows, with the statuses, calibers and gaps that practice has."""

import numpy as np
import pandas as pd

from data_access.demo import stories
from data_access.demo.areas import CITY
from data_access.demo.chance import stream
from data_access.demo.features import Features
from data_access.demo.recipes import Figures, cook, recipes
from data_access.demo.seasons import shorter_periods

FARM = ("C15", "C16", "N01", "L-SD-02", "L-TL-01")
"""Not applicable to villages: there are no parking or management standards for farmhouses."""
SMALL_BUILDINGS = 4
GRADES = ("不足", "一般", "较好", "很好")
FIRST_YEAR = {"N": 2020, "M25": 2024, "L": 2019}
LAST_YEAR = {"U49": 2023, "H05": 2023}


def make_values(features: Features, indicators: pd.DataFrame) -> pd.DataFrame:
    """All rows of indicator_value."""
    scales = dict(indicators.set_index("indicator_code")["ratio_scale"].dropna())
    figures = cook(features, scales)
    rows = pd.concat([_rows(code, figure) for code, figure in figures.items()], ignore_index=True)
    rows = rows[_is_collected(rows)].reset_index(drop=True)
    rows["status"], rows["rolls_up"] = "valid", True
    _mark(rows, features["compound"])
    rows = pd.concat([rows, _composite(figures), _not_here(features["district"].index)], ignore_index=True)
    rows = pd.concat([rows, _city_rows(rows, indicators, features), shorter_periods(figures)], ignore_index=True)
    _silence(rows, indicators)
    _describe(rows)
    without = rows["status"].isin(["not_applicable", "not_collected", "suppressed"])
    rows.loc[without, ["value", "numerator", "denominator"]] = np.nan
    rows.loc[without, "grade"] = None
    return rows.sort_values(["indicator_code", "period", "area_code"]).reset_index(drop=True)


def _rows(code: str, figures: Figures) -> pd.DataFrame:
    areas, years = figures.value.shape
    return pd.DataFrame(
        {
            "indicator_code": code,
            "area_code": np.repeat(figures.area_codes.to_numpy(), years),
            "period": np.tile(np.array(stories.YEARS).astype(str), areas),
            "value": figures.value.ravel(),
            "numerator": figures.numerator.ravel(),
            "denominator": figures.denominator.ravel(),
        }
    )


def _is_collected(rows: pd.DataFrame) -> pd.Series:
    """False for years in which an indicator was not yet, or no longer, collected at all."""
    year = rows["period"].astype(int)
    first = rows["indicator_code"].str.extract(r"^(N|M25|L)", expand=False).map(FIRST_YEAR).fillna(2019)
    last = rows["indicator_code"].map(LAST_YEAR).fillna(2024)
    missing = (rows["indicator_code"] == stories.MISSING_YEAR[0]) & (year == stories.MISSING_YEAR[1])
    return (year >= first) & (year <= last) & ~missing


def _mark(rows: pd.DataFrame, compounds: pd.DataFrame) -> None:
    """Statuses of all kinds, and the rows that stay out of their parents."""
    chance = stream("statuses").random(len(rows))
    compound = rows["area_code"].isin(compounds.index)
    house = compound & rows["indicator_code"].str.match(r"H\d")
    rows.loc[house & (rows["period"] == "2020") & (chance < 0.06), "status"] = "estimated"
    rows.loc[(rows["indicator_code"] == "H04") & compound & (chance > 0.985), "status"] = "not_collected"
    few = compounds.index[compounds["buildings"] < SMALL_BUILDINGS]
    rows.loc[rows["area_code"].isin(few) & (rows["indicator_code"] == "H07"), "status"] = "suppressed"
    farms = rows["area_code"].isin(compounds.index[compounds["is_village"].astype(bool)])
    rows.loc[farms & rows["indicator_code"].isin(FARM), "status"] = "not_applicable"
    campuses = compounds[~compounds["is_village"].astype(bool)].nlargest(stories.CAMPUSES, "population").index
    rows.loc[rows["area_code"].isin(campuses) & rows["indicator_code"].isin(["C15", "C16"]), "rolls_up"] = False
    metro = (rows["indicator_code"] == "U47") & (rows["period"].astype(int) < stories.METRO_OPENED)
    rows.loc[metro, "status"] = "not_applicable"
    _plant_suspect(rows)


def _plant_suspect(rows: pd.DataFrame) -> None:
    code, area, year = stories.SUSPECT
    hit = (rows["indicator_code"] == code) & (rows["area_code"] == area) & (rows["period"] == str(year))
    rows.loc[hit, "value"] *= stories.SUSPECT_FACTOR
    rows.loc[hit, "status"] = "suspect"


def _composite(figures: dict[str, Figures]) -> pd.DataFrame:
    """YL-01, the plain mean of its four sub-indices."""
    parts = [figures[f"YL-01-{number}"] for number in range(1, 5)]
    mean = np.round(np.stack([part.value for part in parts]).mean(axis=0), 4)
    whole = Figures(parts[0].area_codes, mean, parts[0].numerator, parts[0].denominator)
    return _rows("YL-01", whole).assign(status="valid", rolls_up=True)


def _not_here(districts: pd.Index) -> pd.DataFrame:
    years = [str(year) for year in stories.YEARS]
    keys = pd.MultiIndex.from_product(
        [stories.NOT_HERE, [CITY, *districts], years], names=["indicator_code", "area_code", "period"]
    )
    return keys.to_frame(index=False).assign(status="not_applicable", rolls_up=True)


def _city_rows(rows: pd.DataFrame, indicators: pd.DataFrame, features: Features) -> pd.DataFrame:
    """What the city reports of its graded district indicators: their roll-up, with an official grade lately."""
    facts = indicators.set_index("indicator_code")
    graded = facts.index[(facts["graded"] == "true") & facts["aggregation"].isin(["sum", "ratio"])]
    district = recipes()["level"].eq("district")
    wanted = rows["indicator_code"].isin(graded.intersection(district.index[district]))
    summed = rows[wanted].groupby(["indicator_code", "period"], as_index=False)[["value", "numerator", "denominator"]]
    city = summed.sum(min_count=1).assign(area_code=CITY, status="valid", rolls_up=True)
    ratio = city["indicator_code"].map(facts["aggregation"]) == "ratio"
    scale = city["indicator_code"].map(facts["ratio_scale"])
    city.loc[ratio, "value"] = np.round(city["numerator"] / city["denominator"] * scale, 4)
    city["grade"] = _grades(city, facts["direction"])
    return city[~city["indicator_code"].isin(stories.NOT_HERE)]


def _grades(city: pd.DataFrame, direction: pd.Series) -> pd.Series:
    """An official verdict for the last two years, from the place of the year among all years."""
    sign = np.where(city["indicator_code"].map(direction) == "lower_better", -1, 1)
    order = (city["value"] * sign).groupby(city["indicator_code"]).rank(pct=True)
    luck = stream("grades").normal(0, 0.22, len(city))
    step = np.clip(np.floor((order + luck - 0.35) * 5), 0, 3).astype(int)
    grade = pd.Series(np.array(GRADES, dtype=object)[step], index=city.index)
    return grade.where(city["period"].astype(int) >= 2023)


def _silence(rows: pd.DataFrame, indicators: pd.DataFrame) -> None:
    """The bureau that has not reported the latest year."""
    silent = indicators.loc[indicators["lead_department_code"] == stories.SILENT_DEPARTMENT, "indicator_code"]
    latest = rows["period"] == str(stories.SILENT_YEAR)
    rows.loc[rows["indicator_code"].isin(silent) & latest, "status"] = "not_collected"


def _describe(rows: pd.DataFrame) -> None:
    """Source, and the calibers and boundary versions that break two series."""
    rows["source"] = stories.SOURCE
    rows.loc[rows["status"] == "estimated", "source"] = f"{stories.SOURCE}·抽样推算"
    rows["caliber"], rows["boundary_version"] = None, None
    year = rows["period"].str[:4].astype(int)
    redefined = rows["indicator_code"] == stories.REDEFINED
    rows.loc[redefined & (year < stories.REDEFINED_IN), "caliber"] = stories.OLD_CALIBER
    rows.loc[redefined & (year >= stories.REDEFINED_IN), "caliber"] = stories.NEW_CALIBER
    redrawn = rows["indicator_code"] == stories.REDRAWN
    rows.loc[redrawn & (year < stories.REDRAWN_IN), "boundary_version"] = stories.BOUNDARY_VERSIONS[0]
    rows.loc[redrawn & (year >= stories.REDRAWN_IN), "boundary_version"] = stories.BOUNDARY_VERSIONS[1]
