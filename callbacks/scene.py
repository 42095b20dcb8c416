"""What every panel needs before it asks its own question: the selection, who looks, in which language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from dash.exceptions import PreventUpdate

from analysis.attainment import applicable_references, judging_standards
from analysis.change import previous_period, previous_values
from analysis.health import judged_profile
from callbacks.selection import Selection
from callbacks.today import current_day
from callbacks.viewer import current_viewer
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.questions import (
    AreaPathQuestion,
    CatalogueQuestion,
    PeriodsQuestion,
    ProfileQuestion,
    ReferencesQuestion,
)
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from layouts.formatting import Formatter
from layouts.texts import Texts, texts

_NEVER = "9999-12-31"
_LONGEST_ID = 100
_FICTIONAL = "99"
DEFAULT_TEXT_PX, LARGEST_TEXT_PX = 13, 200
USUAL_TEXT_PX = (DEFAULT_TEXT_PX, 16, 28)


@dataclass(frozen=True)
class Scene:
    """One selection with the answers that several panels share; each is asked when first needed."""

    selection: Selection
    store: IndicatorStore
    viewer: Viewer

    @cached_property
    def views(self) -> dict[type, Any]:
        """What a view builds on this scene, by its type: panels that are drawn together share it."""
        return {}

    @cached_property
    def texts(self) -> Texts:
        return texts(self.selection.lang)

    @cached_property
    def formatter(self) -> Formatter:
        return Formatter(self.texts, self.store.contract().currency)

    @property
    def area(self) -> str:
        """Code of the selected area. Raises UnknownCode where there is none: an empty database has no panels."""
        if self.selection.area is None:
            raise UnknownCode("area", "")
        return self.selection.area

    @cached_property
    def today(self) -> date:
        """The day lateness is measured against: the one asked for, else the one it is."""
        return date.fromisoformat(self.selection.today) if self.selection.today else current_day()

    @cached_property
    def path(self) -> pd.DataFrame:
        """From the root to the area; raises UnknownCode for one that is not there."""
        return self.store.area_path(AreaPathQuestion(area=self.area, viewer=self.viewer))

    @cached_property
    def path_codes(self) -> list[str]:
        return [str(code) for code in self.path["area_code"]]

    @property
    def is_demo(self) -> bool:
        """Whether this is the fictional city: its codes begin as GB/T 2260 lets no real one begin."""
        return self.path_codes[0].startswith(_FICTIONAL)

    @cached_property
    def area_name(self) -> str:
        return self.texts.name(self.path.iloc[-1])

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        return self.store.indicators(CatalogueQuestion(viewer=self.viewer))

    @cached_property
    def indicator(self) -> dict[str, Any] | None:
        """The selected indicator's row, None where the database has none. Raises UnknownCode for a wrong one."""
        if self.selection.indicator is None:
            return None
        codes = self.catalogue["indicator_code"].to_list()
        if self.selection.indicator not in codes:
            raise UnknownCode("indicator", self.selection.indicator)
        place = codes.index(self.selection.indicator)
        return {str(column): value for column, value in self.catalogue.iloc[[place]].to_dict("records")[0].items()}

    @cached_property
    def calendar(self) -> pd.DataFrame:
        """All periods in which anything is recorded."""
        return self.store.periods(PeriodsQuestion(viewer=self.viewer))

    @cached_property
    def references(self) -> pd.DataFrame:
        return self.store.references(ReferencesQuestion(viewer=self.viewer))

    @cached_property
    def history(self) -> pd.DataFrame:
        """Every indicator of the area in every period: the one answer that is slow where much rolls up."""
        return self.store.profile(ProfileQuestion(area=self.area, viewer=self.viewer))

    def profile(self, period: str) -> pd.DataFrame:
        """Every indicator of the area in one period."""
        return self.history[self.history["period"] == period]

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Every indicator's value in the selected period, and by how much it differs from that of the period before;
        see analysis.change."""
        before = previous_period(self.calendar, self.selection.period)
        changes = self.changes_over_gaps
        return changes.assign(difference=changes["difference"].where(changes["previous_period"] == before))

    @cached_property
    def changes_over_gaps(self) -> pd.DataFrame:
        """The same beside the last value known, which a gap may have put further back."""
        compared = previous_values(self.history, self.calendar, "indicator_code")
        return compared[compared["period"] == self.selection.period]

    def judged(self, period: str | None) -> pd.DataFrame:
        """Every indicator of the area in one period, against its standard; worked out once, a copy for every asker."""
        if period not in self._judged:
            standards = judging_standards(self.applicable(period))
            self._judged[period] = judged_profile(self.history, self.catalogue, standards, period or "")
        return self._judged[period].copy(deep=False)

    def applicable(self, period: str | None, indicator: str | None = None) -> pd.DataFrame:
        """The references that apply to the area in one period, of one indicator or of all; see analysis.attainment."""
        if period not in self._applicable:
            self._applicable[period] = applicable_references(
                self.references, self.path_codes, period or "", self.ends_on(period)
            )
        found = self._applicable[period]
        return found if indicator is None else found[found["indicator_code"] == indicator]

    @cached_property
    def _applicable(self) -> dict[str | None, pd.DataFrame]:
        return {}

    @cached_property
    def _judged(self) -> dict[str | None, pd.DataFrame]:
        return {}

    def ends_on(self, period: str | None) -> str:
        """The period's last day, on which standards must be in effect."""
        days = self.calendar.loc[self.calendar["period"] == period, "ends_on"]
        return str(days.iloc[0]) if len(days) else _NEVER


def text_px(screen: object) -> int:
    """The size of small text in the browser's pixels, which charts cannot read from the style sheet."""
    size = screen.get("text_px") if isinstance(screen, dict) else None
    if size is None:
        return DEFAULT_TEXT_PX
    if not isinstance(size, int) or not 0 < size <= LARGEST_TEXT_PX:
        raise InvalidQuestion("text is some pixels high")
    return size


def hidden_chart(screen: object) -> str | None:
    """The id of the chart that a screen of this size has no place for."""
    hidden = screen.get("hides") if isinstance(screen, dict) else None
    if hidden is not None and (not isinstance(hidden, str) or len(hidden) > _LONGEST_ID):
        raise InvalidQuestion("a chart that is not shown has an id")
    return hidden


def scene(selection: object, store: IndicatorStore) -> Scene:
    """The scene of a panel callback. Before the first selection there is nothing to draw."""
    if selection is None:
        raise PreventUpdate
    found = Selection.from_store(selection)
    if found.area is None:
        raise PreventUpdate
    return Scene(found, store, current_viewer())
