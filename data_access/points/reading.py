"""The points of one layer as this viewer may see them, and what is known about one of them."""

from typing import Any

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import Connection, select

from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.layers.stored import stored_features
from data_access.points.rows import LayerRows, layer_entry, read_rows
from data_access.questions import LayerPointQuestion, LayerPointsQuestion

CATEGORY_COLUMNS = ("category", "kind", "type", "class", "use", "line", "类别", "类型", "种类")
"""Columns taken as the category where the layer's style names none (`{"category": "<column>"}`)."""
MOST_CATEGORIES = 24
_feature = layer_feature.c


def layer_points(connection: Connection, question: LayerPointsQuestion) -> pd.DataFrame:
    """Per point: feature_no, lon, lat, category ("" where the layer has none). A multi-point stands at its middle."""
    entry = layer_entry(connection, question.layer)
    named = entry.style.get("category")
    rows = read_rows(
        connection,
        entry,
        question.viewer,
        [named] if isinstance(named, str) else CATEGORY_COLUMNS,
        as_points=True,
    )
    lon, lat = np.zeros((2, 0)) if rows.places is None else rows.places.T
    return pd.DataFrame({"feature_no": rows.keys, "lon": lon, "lat": lat, "category": _categories(rows, named)})


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


def _categories(rows: LayerRows, named: object) -> Any:
    """The word of each feature; the rarest beyond MOST_CATEGORIES are left without one."""
    column = next(
        (name for name in ([named] if isinstance(named, str) else CATEGORY_COLUMNS) if name in rows.columns), ""
    )
    cells = rows.columns.get(column, [""] * len(rows.keys))
    words = ["" if cell is None else cell if isinstance(cell, str) else str(cell) for cell in cells]
    number, known = pd.factorize(np.array(words, dtype=object))
    count = pd.Series(np.bincount(number, minlength=len(known)), index=[str(word)[:60] for word in known], dtype=int)
    kept = set(
        count[count.index != ""]
        .groupby(level=0)
        .sum()
        .sort_values(ascending=False, kind="stable")
        .index[: MOST_CATEGORIES - 1]
    )
    said = np.array([word if word in kept else "" for word in count.index], dtype=object)
    return pd.array(said[number] if len(said) else said, dtype="str")
