"""The layer catalogue of the city information model (CIM) and its objects."""

from sqlalchemy import Table

from data_access.contract import words
from data_access.contract.columns import code, json, moment, names, number, small, text, word
from data_access.contract.metadata import TABULAR

spatial_layer = Table(
    "spatial_layer",
    TABULAR,
    code("layer_code", key=True),
    *names("title"),
    word("board", words.BOARDS),
    text("category"),
    word("source_kind", words.SOURCE_KINDS, required=True),
    text("source", required=True),
    text("source_layer"),
    text("geometry_type"),
    json("style"),
    code("department_code", refers="department.department_code"),
    text("area_column"),
    number("min_zoom", low=0, high=30),
    text("attribution"),
    moment("updated_at"),
    comment="The layer catalogue.",
)

cim_object = Table(
    "cim_object",
    TABULAR,
    code("object_id", key=True),
    small("cim_level", low=1, high=7),
    text("data_class"),
    text("code"),
    text("code_system"),
    code("area_code", refers="area.area_code"),
    number("lon", low=-180, high=180),
    number("lat", low=-90, high=90),
    text("viewer_url"),
    comment="Objects of the city information model.",
)
