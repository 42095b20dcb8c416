"""Features of the layers that came as files: kept in the spatial store, so that a load is one transaction.

No table of the contract: other writers leave their layers as `source_kind` `table` and never see this one.
"""

from sqlalchemy import BigInteger, Column, Index, MetaData, Table

from data_access.contract.columns import code, geometry, number, text

FEATURES = MetaData()

layer_feature = Table(
    "layer_feature",
    FEATURES,
    code("layer_code", key=True, refers="spatial_layer.layer_code"),
    Column(
        "feature_no",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        info={"kind": "whole", "required": True, "default": None},
    ),
    text("properties", required=True),
    geometry(polygonal=False),
    number("minx", required=True),
    number("miny", required=True),
    number("maxx", required=True),
    number("maxy", required=True),
    comment="Features of file layers: properties as a JSON object, the bounding box beside the geometry for look-ups.",
)
Index("ix_layer_feature_box", layer_feature.c.layer_code, layer_feature.c.minx, layer_feature.c.maxx)
Index("ix_layer_feature_geometry", layer_feature.c.geometry, postgresql_using="gist")
