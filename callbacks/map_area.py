"""What the card says of one area, where there are too many areas for their details to travel with the values."""

from typing import Any

from analysis.change import series_of
from callbacks.scene import Scene
from data_access.errors import InvalidQuestion
from data_access.questions import PeriodsQuestion, SeriesQuestion
from layouts.map.payload import area_details


def area_answer(at: Scene, wanted: object) -> dict[str, Any]:
    """wanted: {area, indicator, period} of the map that asks; it is said back, so that a late answer is known as one.

    Raises UnknownCode for an area that the viewer does not see.
    """
    asked = _asked(wanted)
    periods = at.store.periods(PeriodsQuestion(indicator=asked["indicator"], viewer=at.viewer))
    series = series_of(periods)
    same = periods["period"][series.isin(series[periods["period"] == asked["period"]])].to_list()
    earlier = same[: same.index(asked["period"])] if asked["period"] in same else []
    question = SeriesQuestion(indicator=asked["indicator"], areas=(asked["area"],), viewer=at.viewer)
    rows = at.store.series(question).set_index("period")
    values = {str(period): row for period, row in rows.to_dict("index").items()}
    before = values.get(earlier[-1], {}).get("value") if earlier else None
    return asked | area_details(values.get(asked["period"], {}), before)


def _asked(wanted: object) -> dict[str, str]:
    fields = ("area", "indicator", "period")
    found = {field: wanted.get(field) for field in fields} if isinstance(wanted, dict) else {}
    if len(found) < len(fields) or not all(isinstance(text, str) and text for text in found.values()):
        raise InvalidQuestion("the map asks for an area, an indicator and a period")
    return {field: str(text) for field, text in found.items()}
