"""What the correlation view computes from: a level, a period, all indicators, the pair and what is held constant."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.correlation import (
    Correlation,
    CorrelationMatrix,
    adjusted_together,
    clustered_order,
    correlate,
)
from analysis.unanswered import Unanswered
from callbacks.correlation_choice import Choice, choose
from callbacks.correlation_options import MOST_LAGS, POPULATION, Options
from callbacks.scene import Scene
from data_access.questions import AreasQuestion, CatalogueQuestion, MatrixQuestion, ValuesQuestion

FEWEST_AREAS = 10
ENOUGH_AREAS = 30
SUSPECT = "suspect"
PER = 10_000


@dataclass(frozen=True)
class Pairing:
    """The scene with the values of one level; empty where no level below the area has enough areas."""

    at: Scene

    @cached_property
    def options(self) -> Options:
        return Options(self.at.selection.shows)

    @cached_property
    def shown(self) -> Scene:
        """The scene as it came out: with the pair, the period and the level that are shown."""
        one, other = self.pair or (self.at.selection.indicator, None)
        found = {"indicator": one, "other": other, "period": self.period, "level": self.level}
        return Scene(self.at.selection.changed(found), self.at.store, self.at.viewer)

    @cached_property
    def levels(self) -> list[dict[Any, Any]]:
        """Levels below the area with enough areas to correlate, `level`, names and `areas` (how many)."""
        asked = CatalogueQuestion(viewer=self.at.viewer)
        own = self.at.path.iloc[-1]
        below = self.at.store.levels(asked)
        below = below[(below["rank"] > own["rank"]) & (below["partition"] == own["partition"])]
        counted = [row | {"areas": len(self._areas(row["level"]))} for row in below.to_dict("records")]
        return [row for row in counted if row["areas"] >= FEWEST_AREAS]

    @cached_property
    def level(self) -> str | None:
        """The selected level, else the first with plenty of areas, else the one with most."""
        codes = [row["level"] for row in self.levels]
        if self.at.selection.level in codes:
            return self.at.selection.level
        plenty = [row["level"] for row in self.levels if row["areas"] >= ENOUGH_AREAS]
        return plenty[0] if plenty else codes[-1] if codes else None

    @cached_property
    def areas(self) -> pd.DataFrame:
        return self._areas(self.level).set_index("area_code") if self.level else pd.DataFrame()

    @cached_property
    def names(self) -> dict[str, str]:
        return self.names_at(self.level) if self.level else {}

    def names_at(self, level: str) -> dict[str, str]:
        return {str(row["area_code"]): self.at.texts.name(row) for row in self._areas(level).to_dict("records")}

    @cached_property
    def choice(self) -> Choice:
        return choose(self)

    @property
    def pair(self) -> tuple[str, str] | None:
        return self.choice.pair

    @property
    def period(self) -> str | None:
        return self.choice.period

    @cached_property
    def values(self) -> pd.DataFrame:
        return self.values_in(self.level, self.period)

    def values_in(self, level: str | None, period: str | None) -> pd.DataFrame:
        """By area_code, one column per indicator with enough values; suspect ones left out."""
        if level is None or period is None:
            return pd.DataFrame()
        rows = self.at.store.values_by_area_indicator(self._matrix_question(level, period))
        rows = rows[rows["status"] != SUSPECT]
        wide = rows.pivot(index="area_code", columns="indicator_code", values="value")
        if self.options.per_capita:
            counts = wide.columns[[self.is_count(str(code)) for code in wide]]
            wide[counts] = wide[counts].mul(self._per_resident(level), axis=0)
        return wide.loc[:, wide.count() >= FEWEST_AREAS]

    def series(self, code: str, period: str, level: str | None = None) -> pd.Series:
        """One indicator by area_code, as `values_in` has it, also with few values."""
        asked = ValuesQuestion(
            indicator=code, period=period, area=self.at.area, level=level or self.level, viewer=self.at.viewer
        )
        rows = self.at.store.values_by_area(asked)
        rows = rows[rows["value"].notna() & (rows["status"] != SUSPECT)]
        value = rows.set_index("area_code")["value"].astype(float)
        if not (self.options.per_capita and self.is_count(code)):
            return value
        return (value * self._per_resident(str(asked.level))).reindex(value.index).dropna()

    def is_count(self, code: str) -> bool:
        return bool(self.indicators[code]["aggregation"] == "sum")

    @property
    def method(self) -> str:
        return self.options.method

    @cached_property
    def population(self) -> pd.Series:
        return self.areas["population"].astype(float) if len(self.areas) else pd.Series(dtype=float)

    @cached_property
    def given(self) -> pd.Series | None:
        """What is held constant, where it is asked for and known of enough areas."""
        held = self.options.given
        if held is None or self.areas.empty:
            return None
        control = self.population if held == POPULATION else self.values.get(held)
        return control if control is not None and control.notna().sum() >= FEWEST_AREAS else None

    @cached_property
    def matrix(self) -> CorrelationMatrix:
        return self.matrix_of(self.period, self.method, self.options.given if self.given is not None else None)

    def matrix_of(self, period: str | None, method: str, held: str | None) -> CorrelationMatrix:
        """All indicators of the level in one period, clustered; computed once per version of the data."""
        if self.level is None or period is None:
            return correlate(pd.DataFrame())
        question = (self._matrix_question(self.level, period), method, held, self.options.per_capita)
        cells = self.at.store.cache.frame(
            "correlation_matrix", question, self.at.store.contract(), lambda: self._cells(period, method, held)
        )
        return CorrelationMatrix.from_frame(cells)

    @cached_property
    def earlier_periods(self) -> list[str]:
        """Periods of the same kind before the shown one, the latest first."""
        calendar = self.at.calendar.set_index("period")
        if self.period not in calendar.index:
            return []
        now = calendar.loc[self.period]
        before = calendar[(calendar["kind"] == now["kind"]) & (calendar["ends_on"] < now["starts_on"])]
        return [str(one) for one in before.sort_values("ends_on", ascending=False).index]

    @cached_property
    def lag(self) -> int:
        return min(self.options.lag, len(self.earlier_periods))

    def lagged_period(self, lag: int) -> str:
        return self.earlier_periods[lag - 1] if lag else str(self.period)

    @cached_property
    def both(self) -> pd.DataFrame:
        """`x` and `y` of the areas that have both, x as many periods earlier as asked."""
        return self._both(self.lag).dropna()

    @cached_property
    def x(self) -> pd.Series:
        """The first indicator, as many periods earlier as asked, also where the second is missing."""
        return self._both(self.lag)["x"].dropna()

    @cached_property
    def y(self) -> pd.Series:
        return self._both(self.lag)["y"].dropna()

    @cached_property
    def found(self) -> Correlation | Unanswered:
        """The pair's correlation; q over all pairs of the matrix, or over all lags where one is chosen."""
        return self.by_lag[self.lag] if self.lag else self.matrix.cell(*(self.pair or ("", "")))

    @cached_property
    def by_lag(self) -> list[Correlation | Unanswered]:
        """The pair with x of this period, of the one before and so on, q over all of them."""
        lags = range(min(MOST_LAGS, len(self.earlier_periods)) + 1)
        return adjusted_together([self._correlated(self._both(lag), self.given) for lag in lags])

    def given_population(self) -> Correlation | Unanswered:
        """What is left of the pair when population is held constant."""
        if self.lag:
            return self._correlated(self.both, self.population)
        return self.matrix_of(self.period, self.method, POPULATION).cell(*(self.pair or ("", "")))

    def indicator(self, code: str) -> dict[Any, Any]:
        """The indicator's row; the unit is per 10,000 residents where that is how its values are taken."""
        row = self.indicators[code]
        if not (self.options.per_capita and self.is_count(code)):
            return row
        unit = self.at.texts("correlation.per_capita_unit", unit=self.at.texts.unit(row["unit"]))
        return row | {"unit": unit, "decimals": None}

    @cached_property
    def indicators(self) -> dict[str, dict[Any, Any]]:
        return {str(row["indicator_code"]): row for row in self.at.catalogue.to_dict("records")}

    def _per_resident(self, level: str) -> pd.Series:
        people = self._areas(level).set_index("area_code")["population"].astype(float)
        return PER / people.where(people > 0)

    def _both(self, lag: int) -> pd.DataFrame:
        one, other = self.pair or ("", "")
        x = self.series(one, self.lagged_period(lag)) if lag else self.values[one]
        return pd.DataFrame({"x": x, "y": self.values[other]})

    def _correlated(self, both: pd.DataFrame, control: pd.Series | None) -> Correlation | Unanswered:
        return correlate(both, self.method, control).cell("x", "y")

    def _cells(self, period: str, method: str, held: str | None) -> pd.DataFrame:
        values = self.values_in(self.level, period)
        control = None if held is None else self.population if held == POPULATION else values[held]
        found = correlate(values, method, control)
        return found.in_order(clustered_order(found)).to_frame()

    def _matrix_question(self, level: str, period: str) -> MatrixQuestion:
        return MatrixQuestion(area=self.at.area, level=level, period=period, viewer=self.at.viewer)

    def _areas(self, level: str | None) -> pd.DataFrame:
        return self.at.store.areas(AreasQuestion(area=self.at.area, level=level, viewer=self.at.viewer))
