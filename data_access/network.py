"""The shapes of one layer with a few of their attributes: roads, facilities, buildings, land, for what is computed."""

from typing import Any

import orjson
import pandas as pd
import shapely
from sqlalchemy import Connection, select

from data_access import contract, scope
from data_access.errors import UnknownCode
from data_access.layer_features import layer_feature
from data_access.points.reading import layer_rows
from data_access.questions import LayerShapesQuestion

_feature = layer_feature.c


def layer_shapes(connection: Connection, question: LayerShapesQuestion) -> pd.DataFrame:
    """Per feature, in the order of the layer: geometry (CGCS2000), then the columns asked as its source wrote them.

    A column that the layer does not have is missing everywhere. A viewer with areas of their own gets the features that
    say in the layer's area column that they lie there; where it has none, those that touch a boundary of theirs.
    """
    layer = contract.spatial_layer.c
    found = connection.execute(
        select(layer.area_column).where(layer.layer_code == question.layer, layer.source_kind == "file")
    ).first()
    if found is None:
        raise UnknownCode("layer", question.layer)
    rows = layer_rows(connection, question.layer, _feature.properties, _feature.geometry)
    properties = [orjson.loads(text) for text in rows["properties"]]
    shapes = rows[["geometry"]].assign(
        **{name: pd.array([_plain(one.get(name)) for one in properties], dtype=object) for name in question.columns}
    )
    return _seen(connection, question, found.area_column, properties, shapes)


def _plain(value: Any) -> str | None:
    """Text of one kind, so that a column of mixed content can lie in the cache."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seen(
    connection: Connection, question: LayerShapesQuestion, column: str | None, properties: list[Any], rows: pd.DataFrame
) -> pd.DataFrame:
    viewer = question.viewer
    if viewer.area_codes is None:
        return rows
    area, boundary = contract.area.c.area_code, contract.area_boundary.c
    if column and any(column in one for one in properties):
        codes = set(connection.scalars(select(area).where(scope.sees_area(viewer, area))))
        kept = pd.Series([one.get(column) in codes for one in properties], dtype=bool)
    else:
        tops = connection.scalars(select(boundary.geometry).where(boundary.area_code.in_(viewer.area_codes)))
        land = shapely.union_all(list(tops))
        shapely.prepare(land)
        kept = pd.Series(shapely.intersects(land, rows["geometry"].to_numpy(dtype=object)), dtype=bool)
    mine: pd.DataFrame = rows[kept.to_numpy()].reset_index(drop=True)
    return mine
