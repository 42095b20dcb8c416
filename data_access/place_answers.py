"""Questions about the features of spatial layers: a part of `data_access.store.IndicatorStore`."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from data_access import network
from data_access import questions as q
from data_access.cache import AnswerCache
from data_access.points import reading


class PlaceAnswers:
    cache: AnswerCache
    _frame: Callable[..., pd.DataFrame]
    _ask: Callable[..., Any]
    _version: Callable[[], Any]

    def layer_points(self, question: q.LayerPointsQuestion) -> pd.DataFrame:
        """Per point the viewer sees, in the order of the layer: feature_no, lon, lat, category."""
        return self._frame(reading.layer_points, question)

    def layer_point(self, question: q.LayerPointQuestion) -> dict[str, Any]:
        """The attributes of one point, as its source wrote them."""
        found: dict[str, Any] = self.cache.json(
            "layer_point", question, self._version(), lambda: self._ask(reading.layer_point, question)
        )
        return found

    def layer_shapes(self, question: q.LayerShapesQuestion) -> pd.DataFrame:
        """Per feature the viewer sees, in the order of the layer: geometry (CGCS2000), the columns asked (text)."""
        return self._frame(network.layer_shapes, question)
