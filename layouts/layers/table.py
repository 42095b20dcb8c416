"""The table of a layer's features: a grid that asks for the rows it shows, every value as text."""

from collections.abc import Sequence
from typing import Any

import dash_ag_grid as dag

from layouts.formatting import MISSING
from layouts.ids import LayerIds
from layouts.texts import Texts

KEY, IS_NUMBER = "_key", "_number"
MOST_COLUMNS = 30
_OPTIONS = {
    "rowModelType": "infinite",
    "cacheBlockSize": 100,
    "maxBlocksInCache": 6,
    "maxConcurrentDatasourceRequests": 1,
    "infiniteInitialRowCount": 1,
    "suppressMovableColumns": True,
    "suppressFieldDotNotation": True,
    "animateRows": False,
}


def feature_grid(texts: Texts) -> dag.AgGrid:
    return dag.AgGrid(
        id=LayerIds.TABLE,
        rowModelType="infinite",
        columnDefs=[],
        defaultColDef={"sortable": False, "resizable": True, "suppressHeaderMenuButton": True, "minWidth": 90},
        dashGridOptions=_OPTIONS | {"localeText": {"noRowsToShow": texts("layers.no_rows")}},
        className="ledger__grid",
        style={"height": "100%", "width": "100%"},
    )


def feature_columns(names: Sequence[str]) -> list[dict[str, Any]]:
    """Fields are numbered, since attributes may bear any name; the name is only the header."""
    return [
        {"field": f"c{place}", "headerName": name, "flex": 1, "tooltipField": f"c{place}"}
        for place, name in enumerate(names[:MOST_COLUMNS])
    ]


def feature_rows(names: Sequence[str], features: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {f"c{place}": text_of(one.properties.get(name)) for place, name in enumerate(names[:MOST_COLUMNS])}
        | {KEY: str(one.key), IS_NUMBER: isinstance(one.key, int)}
        for one in features
    ]


def text_of(value: object) -> str:
    return MISSING if value is None else str(value)
