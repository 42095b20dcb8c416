"""What the map shows for one selection: which areas, their values, the classes they fall into."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.attainment import judging_standards, standard_bounds
from analysis.change import series_of
from analysis.classification import Classes, Standard, classify, classify_changes
from callbacks.scene import Scene
from data_access.geometry.bundles import BoundaryBundles, Bundle
from data_access.questions import AreasQuestion, BoundariesQuestion, CatalogueQuestion, PeriodsQuestion, ValuesQuestion
from data_access.store import VALUE_COLUMNS
from layouts.components.standard import standard_text
from layouts.formatting import Formatter, known
from layouts.map import payload
from layouts.texts import Texts

_CLASSED = ("valid", "estimated")
_BETTER = {"higher_better": "up", "lower_better": "down"}


@dataclass(frozen=True)
class MapView:
    """parent: the area whose parts are shown. context: the parts around the parent. selected: a part, if one is."""

    scene: Scene
    parent: str
    bundle: Bundle
    context: Bundle | None
    level: str | None

    @property
    def texts(self) -> Texts:
        return self.scene.texts

    @property
    def formatter(self) -> Formatter:
        return self.scene.formatter

    @property
    def indicator(self) -> dict[str, Any]:
        return self.scene.indicator or {}

    @property
    def changes(self) -> bool:
        return self.scene.selection.compare in self.earlier_periods

    @cached_property
    def periods(self) -> list[str]:
        """The periods of the same series as the selected one, in order of time."""
        indicator, period = self.scene.selection.indicator, self.scene.selection.period
        if indicator is None or period is None:
            return []
        found = self.scene.store.periods(PeriodsQuestion(indicator=indicator, viewer=self.scene.viewer))
        series = series_of(found)
        return [str(one) for one in found["period"][series.isin(series[found["period"] == period])]]

    @cached_property
    def earlier_periods(self) -> list[str]:
        period = self.scene.selection.period
        return self.periods[: self.periods.index(period)] if period in self.periods else []

    def values_in(self, period: str | None) -> pd.DataFrame:
        """Value rows of the shown areas, in the order of their boundaries."""
        selection, scene = self.scene.selection, self.scene
        if selection.indicator is None or period is None:
            return _no_values(self.bundle.codes)
        partition = None if self.level else tiling_below(scene, self.parent)
        question = ValuesQuestion(
            indicator=selection.indicator,
            period=period,
            area=self.parent,
            level=self.level,
            partition=partition,
            include_self=period == selection.period,  # as the ranking asks, so that both are one question
            viewer=scene.viewer,
        )
        return scene.store.values_by_area(question).set_index("area_code").reindex(list(self.bundle.codes))

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The values of the selected period, or what changed since the compared one."""
        values = self.values_in(self.scene.selection.period)
        if not self.changes:
            return values
        before = self.values_in(self.scene.selection.compare)
        comparable = values["status"].isin(_CLASSED) & before["status"].isin(_CLASSED)
        return values.assign(value=(values["value"] - before["value"]).where(comparable))

    @cached_property
    def standard(self) -> Standard | None:
        """The one standard that judges the parts of the parent."""
        scene, period = self.scene, self.scene.selection.period
        if period is None or not self.indicator.get("graded"):
            return None
        bounds = standard_bounds(judging_standards(scene.applicable(period, scene.selection.indicator)))
        if bounds.empty:
            return None
        return Standard(known(bounds["standard_low"].iloc[0]), known(bounds["standard_high"].iloc[0]))

    @cached_property
    def classes(self) -> Classes:
        """Suspect values are drawn but stay out of the classes."""
        selection = self.scene.selection
        values = self.shown["value"].where(self.shown["status"].isin(_CLASSED))
        if self.changes:
            better: Any = _BETTER.get(str(self.indicator.get("direction")), "neither")
            return classify_changes(values, selection.k, better)
        scheme: Any = selection.scheme
        return classify(values, scheme, selection.k, self.standard)

    @property
    def judged(self) -> bool:
        """Whether the sides of the classes say good and bad."""
        return not self.changes or self.indicator.get("direction") in _BETTER

    def legend_facts(self) -> dict[str, Any]:
        status = self.shown["status"].fillna("none")
        missing = {word: int((status == word).sum()) for word in payload.STATUSES if word not in _CLASSED}
        decimals = self.indicator.get("decimals")
        return {
            "theme": self.scene.selection.theme,
            "decimals": decimals,
            "unit": self.texts.unit(self.indicator.get("unit")),
            "judged": self.judged,
            "missing": missing,
            "undrawn": self._undrawn(),
            "standard": self._standard_line(),
        }

    def _standard_line(self) -> str:
        """The standard in words; nothing where none judges, or where the map shows changes."""
        if self.standard is None or self.changes:
            return ""
        return self.texts("map.standard", standard=standard_text(self.formatter, self.standard.low, self.standard.high))

    def _undrawn(self) -> list[dict[str, Any]]:
        names = self.shown.loc[~self.shown.index.isin(list(self.bundle.drawn)), ["name_zh", "name_en"]]
        rows = names.reset_index().to_dict("records")
        return [{str(key): value for key, value in row.items()} for row in rows]

    def level_choices(self) -> list[dict[str, Any]]:
        """Children, then each deeper level all at once, then the other tilings of the children."""
        scene = self.scene
        children = scene.store.areas(AreasQuestion(area=self.parent, viewer=scene.viewer))
        levels = scene.store.levels(CatalogueQuestion(viewer=scene.viewer)).set_index("level")
        below = scene.store.levels_below(AreasQuestion(area=self.parent, viewer=scene.viewer))
        return _level_choices(children, levels[levels.index.isin(below)], self.level, set(self.bundle.codes))

    def payload(self, address: str) -> dict[str, Any]:
        """address: of the app's root, ending in a slash."""
        selection = self.scene.selection
        before = self.earlier_periods[-1] if self.earlier_periods and not self.changes else None
        previous = self.values_in(before)["value"] if before and len(self.shown) <= payload.MOST_WITH_DETAIL else None
        return {
            "geometry": {
                "url": address + self.bundle.path,
                "context_url": address + self.context.path if self.context else None,
            },
            "area": self.parent,
            "selected": self.scene.area if self.scene.area in self.bundle.codes else None,
            "drills": True,
            "language": "en" if selection.lang == "en" else "zh",
            "theme": selection.theme,
            "change": self.changes,
            "indicator": selection.indicator,
            "period": selection.period,
            "periods": [[period, self.formatter.period(period)] for period in self.periods],
            "previous_period": self.formatter.period(before),
            "direction": self.indicator.get("direction"),
            "classes": payload.class_payload(self.classes, selection.theme, self.judged),
            "colours": payload.colours_payload(selection.theme),
            "format": payload.format_payload(self.texts, self.indicator, self.shown["value"].dropna().to_list()),
            "words": payload.words_payload(self.texts),
            **payload.packed_values(self.shown),
            **payload.details(self.shown, previous),
        }


def map_view(scene: Scene, bundles: BoundaryBundles) -> MapView:
    """The parts of the selected area; of its parent where it has none, with the area marked among its siblings."""
    selection, path = scene.selection, scene.path_codes
    if selection.level is not None:
        bundle = bundles.bundle(BoundariesQuestion(area=scene.area, level=selection.level, viewer=scene.viewer))
        if bundle.codes:
            return MapView(scene, scene.area, bundle, None, selection.level)
    for depth in range(len(path) - 1, -1, -1):
        bundle = bundles.bundle(_children(scene, path[depth]))
        if bundle.codes or depth == 0:
            break
    context = bundles.bundle(_children(scene, path[depth - 1])) if depth else None
    return MapView(scene, path[depth], bundle, context, None)


def _children(scene: Scene, area: str) -> BoundariesQuestion:
    return BoundariesQuestion(area=area, partition=tiling_below(scene, area), viewer=scene.viewer)


def tiling_below(scene: Scene, area: str) -> str | None:
    """Into what an area of the path is divided: as chosen below the selected one, else as the path goes on.

    None is the area's own tiling, so that it has one question and one address.
    """
    if area == scene.area:
        return scene.selection.partition
    place = scene.path_codes.index(area)
    levels = scene.store.levels(CatalogueQuestion(viewer=scene.viewer)).set_index("level")
    own, inner = levels.loc[scene.path["level"].iloc[place : place + 2], "partition"]
    return None if inner == own else str(inner)


def _no_values(codes: Sequence[str]) -> pd.DataFrame:
    """Areas without anything: what is drawn while there is no indicator or no period."""
    empty = pd.DataFrame(index=pd.Index(codes, name="area_code"), columns=["name_zh", "name_en", *VALUE_COLUMNS])
    return empty.astype({"value": float}).assign(name_zh=list(codes))


def _level_choices(
    children: pd.DataFrame, levels: pd.DataFrame, shown_level: str | None, shown: set[str]
) -> list[dict[str, Any]]:
    choices = []
    for level, mine in children.groupby("level", sort=False)["area_code"]:
        row: Any = levels.loc[str(level)]
        changes = {"level": None, "partition": row["partition"]}
        is_shown = shown_level is None and not shown.isdisjoint(mine)
        choices.append({**_names(row), "changes": changes, "shown": is_shown})
    lowest = levels["rank"].reindex(children["level"].unique()).max()
    deeper = levels[levels["rank"] > lowest]
    for row in deeper[deeper["partition"].isin(children["partition"])].reset_index().to_dict("records"):
        changes = {"level": row["level"], "partition": None}
        choices.append({**_names(row), "changes": changes, "shown": shown_level == row["level"]})
    return choices


def _names(row: Any) -> dict[str, Any]:
    return {"name_zh": row["name_zh"], "name_en": row["name_en"]}
