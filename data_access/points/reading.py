"""The points of one layer as this viewer may see them, and what is known about one of them."""

from collections.abc import Sequence
from typing import Any

import orjson
import pandas as pd
import shapely
from sqlalchemy import Connection, select

from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.layers.stored import stored_features
from data_access.points.rows import layer_entry, read_rows
from data_access.questions import LayerPointQuestion, LayerPointsQuestion

CATEGORY_COLUMNS = ("category", "kind", "type", "class", "use", "line", "类别", "类型", "种类")
"""Columns taken as the category where the layer's style names none (`{"category": "<column>"}`)."""
MOST_CATEGORIES = 24
_feature = layer_feature.c


def layer_points(connection: Connection, question: LayerPointsQuestion) -> pd.DataFrame:
    """Per point: feature_no, lon, lat, category ("" where the layer has none). A multi-point stands at its middle."""
    entry = layer_entry(connection, question.layer)
    rows = read_rows(connection, entry, question.viewer, as_points=True)
    words = _categories(rows.properties, entry.style.get("category"))
    return pd.DataFrame(
        {
            "feature_no": rows.keys,
            "lon": shapely.get_x(rows.shapes).astype(float),
            "lat": shapely.get_y(rows.shapes).astype(float),
            "category": pd.array(words, dtype="str"),
        }
    )


def layer_point(connection: Connection, question: LayerPointQuestion) -> dict[str, Any]:
    """The attributes of one point. Whether the viewer may see it is for the caller to know, who found it by its place
    among the points of `layer_points`."""
    entry = layer_entry(connection, question.layer)
    if entry.kind == "file":
        mine = (_feature.layer_code == question.layer) & (_feature.feature_no == question.feature_no)
        found = connection.scalar(select(_feature.properties).where(mine))
        attributes = None if found is None else orjson.loads(found)
    else:
        feature = stored_features(connection, entry).feature(question.feature_no)
        attributes = None if feature is None else feature.properties
    if attributes is None:
        raise UnknownCode("feature", str(question.feature_no))
    plain: dict[str, Any] = orjson.loads(orjson.dumps(attributes, default=str))
    return plain


def _categories(properties: Sequence[dict[str, Any]], named: object) -> list[str]:
    """The word of each feature; the rarest beyond MOST_CATEGORIES are left without one."""
    present: set[str] = set().union(*(one.keys() for one in properties[:1000])) if properties else set()
    column = named if isinstance(named, str) else next((name for name in CATEGORY_COLUMNS if name in present), None)
    if column is None:
        return [""] * len(properties)
    words = pd.Series([_word(one.get(column)) for one in properties], dtype="str")
    kept = words[words != ""].value_counts().index[: MOST_CATEGORIES - 1]
    return list(words.where(words.isin(kept), ""))


def _word(value: Any) -> str:
    return "" if value is None else str(value)[:60]
