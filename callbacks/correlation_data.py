"""What the correlation view computes from: one level, one period, all indicators, the selected pair."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.correlation import Correlation, CorrelationMatrix, clustered_order, correlate
from callbacks.scene import Scene
from data_access.questions import AreasQuestion, CatalogueQuestion, MatrixQuestion

FEWEST_AREAS = 10
ENOUGH_AREAS = 30
SUSPECT = "suspect"


@dataclass(frozen=True)
class Pairing:
    """The scene with the values of one level; empty where no level below the area has enough areas."""

    at: Scene

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
    def values(self) -> pd.DataFrame:
        return self.values_in(self.level, self.at.selection.period)

    def values_in(self, level: str | None, period: str | None) -> pd.DataFrame:
        """By area_code, one column per indicator with enough values; suspect ones left out."""
        if level is None or period is None:
            return pd.DataFrame()
        asked = MatrixQuestion(area=self.at.area, level=level, period=period, viewer=self.at.viewer)
        rows = self.at.store.values_by_area_indicator(asked)
        rows = rows[rows["status"] != SUSPECT]
        wide = rows.pivot(index="area_code", columns="indicator_code", values="value")
        return wide.loc[:, wide.count() >= FEWEST_AREAS]

    @cached_property
    def method(self) -> str:
        return "spearman" if "spearman" in self.at.selection.shows else "pearson"

    @property
    def given(self) -> pd.Series | None:
        """Population, where the viewer takes it out and it is known."""
        if "given" not in self.at.selection.shows or self.areas.empty:
            return None
        population = self.areas["population"].astype(float)
        return population if population.notna().sum() >= FEWEST_AREAS else None

    @cached_property
    def matrix(self) -> CorrelationMatrix:
        found = correlate(self.values, self.method, self.given)
        return found.in_order(clustered_order(found))

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """The selected indicator and the other one; without another the one it goes with most."""
        codes, one = list(self.matrix.codes), self.at.selection.indicator
        if len(codes) < 2:  # noqa: PLR2004
            return None
        one = one if one in codes else codes[0]
        other = self.at.selection.other
        return (str(one), other if other in codes and other != one else self._closest(str(one)))

    def indicator(self, code: str) -> dict[Any, Any]:
        return self.at.catalogue[self.at.catalogue["indicator_code"] == code].to_dict("records")[0]

    def _closest(self, one: str) -> str:
        def strength(other: str) -> float:
            found = self.matrix.cell(one, other)
            return abs(found.r) if isinstance(found, Correlation) and abs(found.r) < 1 else -1.0

        return max((code for code in self.matrix.codes if code != one), key=strength)

    def _areas(self, level: str | None) -> pd.DataFrame:
        return self.at.store.areas(AreasQuestion(area=self.at.area, level=level, viewer=self.at.viewer))
