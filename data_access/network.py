"""The shapes of one layer with a few of their attributes: roads, facilities, buildings, land, for what is computed."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data_access.points.rows import layer_entry, read_rows
from data_access.questions import LayerShapesQuestion


def layer_shapes(connection: Connection, question: LayerShapesQuestion) -> pd.DataFrame:
    """Per feature, in the order of the layer: geometry (CGCS2000), then the columns asked, as text.

    A column that the layer does not have is missing everywhere. A viewer with areas of their own gets the features that
    say in the layer's area column that they lie there; where it has none, those that touch a boundary of theirs.
    """
    rows = read_rows(connection, layer_entry(connection, question.layer), question.viewer, question.columns)
    none = [None] * len(rows.keys)
    columns = {name: [_plain(cell) for cell in rows.columns.get(name, none)] for name in question.columns}
    shapes = pd.Series(rows.shapes, dtype=object)
    return pd.DataFrame({"geometry": shapes} | {name: pd.array(cells, dtype=object) for name, cells in columns.items()})


def _plain(value: Any) -> str | None:
    """Text of one kind, so that a column of mixed content can lie in the cache."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
