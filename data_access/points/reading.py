"""The points of one layer as this viewer may see them, and what is known about one of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import pandas as pd
import shapely
from sqlalchemy import Connection, select

from data_access import contract, scope
from data_access.errors import UnknownCode
from data_access.frames import read_frame
from data_access.layer_features import layer_feature
from data_access.questions import LayerPointQuestion, LayerPointsQuestion
from data_access.viewer import Viewer

CATEGORY_COLUMNS = ("category", "kind", "type", "class", "use", "line", "类别", "类型", "种类")
"""Columns taken as the category where the layer's style names none (`{"category": "<column>"}`)."""
MOST_CATEGORIES = 24
CHUNK = 20_000
_layer = contract.spatial_layer
_feature = layer_feature.c


def layer_points(connection: Connection, question: LayerPointsQuestion) -> pd.DataFrame:
    """Per point: feature_no, lon, lat, category ("" where the layer has none). A multi-point stands at its middle."""
    layer = _require_layer(connection, question.layer)
    columns = (_feature.feature_no, _feature.properties, _feature.minx, _feature.miny, _feature.maxx, _feature.maxy)
    rows = layer_rows(connection, question.layer, *columns)
    properties = [orjson.loads(text) for text in rows.pop("properties")]
    found = pd.DataFrame(
        {
            "feature_no": rows["feature_no"],
            "lon": (rows["minx"] + rows["maxx"]) / 2,
            "lat": (rows["miny"] + rows["maxy"]) / 2,
            "category": pd.array(_categories(properties, layer["style"]), dtype="str"),
        }
    )
    seen = _seen(connection, question.viewer, layer["area_column"], properties, found[["lon", "lat"]].to_numpy())
    kept: pd.DataFrame = found[seen].reset_index(drop=True)
    return kept


def layer_rows(connection: Connection, layer: str, *columns: Any) -> pd.DataFrame:
    """All features of a layer in its order, CHUNK at a time: no single statement runs into the time limit."""
    parts, last = [], None
    while True:
        chosen = select(*dict.fromkeys((_feature.feature_no, *columns))).where(_feature.layer_code == layer)
        if last is not None:
            chosen = chosen.where(_feature.feature_no > last)
        part = read_frame(connection, chosen.order_by(_feature.feature_no).limit(CHUNK))
        parts.append(part)
        if len(part) < CHUNK:
            return pd.concat(parts, ignore_index=True)
        last = int(part["feature_no"].iloc[-1])


def layer_point(connection: Connection, question: LayerPointQuestion) -> dict[str, Any]:
    """The attributes of one point. Whether the viewer may see it is for the caller to know, who found it by its place
    among the points of `layer_points`."""
    _require_layer(connection, question.layer)
    statement = select(_feature.properties).where(
        _feature.layer_code == question.layer, _feature.feature_no == question.feature_no
    )
    found = connection.scalar(statement)
    if found is None:
        raise UnknownCode("feature", str(question.feature_no))
    attributes: dict[str, Any] = orjson.loads(found)
    return attributes


def _require_layer(connection: Connection, code: str) -> dict[str, Any]:
    row = connection.execute(
        select(_layer.c.area_column, _layer.c.style).where(_layer.c.layer_code == code, _layer.c.source_kind == "file")
    ).first()
    if row is None:
        raise UnknownCode("layer", code)
    return dict(row._mapping)


def _categories(properties: Sequence[dict[str, Any]], style: Any) -> list[str]:
    """The word of each feature; the rarest beyond MOST_CATEGORIES are left without one."""
    named = style.get("category") if isinstance(style, dict) else None
    present = set().union(*(one.keys() for one in properties[:1000])) if properties else set()
    column = named or next((name for name in CATEGORY_COLUMNS if name in present), None)
    if column is None:
        return [""] * len(properties)
    words = pd.Series([_word(one.get(column)) for one in properties], dtype="str")
    kept = words[words != ""].value_counts().index[: MOST_CATEGORIES - 1]
    return list(words.where(words.isin(kept), ""))


def _word(value: Any) -> str:
    return "" if value is None else str(value)[:60]


def _seen(
    connection: Connection, viewer: Viewer, column: str | None, properties: Sequence[dict[str, Any]], degrees: Any
) -> Any:
    """Which points lie in an area of the viewer: by the layer's own codes where it has them, else by boundaries."""
    if viewer.area_codes is None:
        return np.ones(len(properties), dtype=bool)
    area, boundary = contract.area.c.area_code, contract.area_boundary.c
    if column and any(column in one for one in properties):
        codes = set(connection.scalars(select(area).where(scope.sees_area(viewer, area))))
        return np.array([one.get(column) in codes for one in properties], dtype=bool)
    tops = select(boundary.geometry).where(boundary.area_code.in_(viewer.area_codes))
    land = shapely.union_all(list(connection.scalars(tops)))
    shapely.prepare(land)
    return shapely.contains_xy(land, degrees)
