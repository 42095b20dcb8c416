"""The two maps of a comparison: what each shows, with the same classes wherever the colours are to be compared."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.classification import Classes, classify
from callbacks.compare_options import INDICATOR, LAYER, PERIOD, CompareOptions
from callbacks.map_view import MapView, map_view
from callbacks.scene import Scene
from data_access.geometry.bundles import BoundaryBundles
from layouts.components.panel import joined
from layouts.map.payload import class_payload

_CLASSED = ("valid", "estimated")


@dataclass(frozen=True)
class Comparison:
    """scene: of the left side; what stands on the right follows from the options and from what there is."""

    scene: Scene
    bundles: BoundaryBundles

    @cached_property
    def options(self) -> CompareOptions:
        return CompareOptions(self.scene.selection.shows)

    @cached_property
    def left(self) -> MapView:
        return map_view(self._with(compare=None), self.bundles)

    @cached_property
    def against(self) -> str:
        wished = self.options.against
        if wished in {INDICATOR, LAYER} or (wished == PERIOD and self.left.earlier_periods):
            return str(wished)
        return PERIOD if self.left.earlier_periods else INDICATOR

    @cached_property
    def period(self) -> str | None:
        """The earlier period compared with: the one chosen, else the latest before."""
        earlier, wished = self.left.earlier_periods, self.scene.selection.compare
        return wished if wished in earlier else next(iter(earlier[::-1]), None)

    @cached_property
    def other(self) -> str | None:
        """The indicator compared with: the one chosen, else the next in the catalogue that has values then."""
        codes = [str(code) for code in self.scene.catalogue["indicator_code"]]
        wished, mine = self.scene.selection.other, self.scene.selection.indicator
        if wished in codes and wished != mine:
            return wished
        own = next((row["dimension_code"] for row in self.indicators if row["indicator_code"] == mine), None)
        near = [row["indicator_code"] for row in self.indicators if row["dimension_code"] == own]
        return next((str(code) for code in [*near, *codes] if code != mine), None)

    @cached_property
    def indicators(self) -> list[dict[Any, Any]]:
        return self.scene.catalogue.to_dict("records")

    @cached_property
    def right(self) -> MapView | None:
        """None where there is nothing to compare with, or where a layer stands there."""
        if self.against == PERIOD and self.period is not None:
            return map_view(self._with(compare=None, period=self.period), self.bundles)
        if self.against == INDICATOR and self.other is not None:
            return map_view(self._with(compare=None, indicator=self.other), self.bundles)
        return None

    def classes(self, view: MapView) -> Classes:
        """Two periods of one indicator share their bounds, found from both; only the counts differ."""
        if self.against != PERIOD or self.right is None:
            return view.classes
        selection: Any = self.scene.selection
        values = pd.concat([_classed(self.left), _classed(self.right)])
        shared = classify(values, selection.scheme, selection.k, self.left.standard)
        place = pd.Series(pd.cut(_classed(view).dropna(), [-float("inf"), *shared.bounds, float("inf")], labels=False))
        found = place.value_counts()
        return replace(shared, counts=tuple(int(found.get(n, 0)) for n in range(len(shared.counts))))

    def payload(self, view: MapView, address: str) -> dict[str, Any]:
        classes = class_payload(self.classes(view), self.scene.selection.theme, view.judged)
        return view.payload(address) | {"classes": classes}

    def title(self, view: MapView) -> str:
        at = view.scene
        return joined(at.texts.name(at.indicator or {}), at.formatter.period(at.selection.period))

    def _with(self, **changes: Any) -> Scene:
        return Scene(replace(self.scene.selection, **changes), self.scene.store, self.scene.viewer)


def _classed(view: MapView) -> pd.Series:
    return view.shown["value"].where(view.shown["status"].isin(_CLASSED)).astype("float32")
