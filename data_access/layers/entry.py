"""One row of the layer catalogue, with its style read as settings."""

import json
import math
from dataclasses import dataclass, field
from typing import Any

from data_access.layers.failures import Unusable

STORED = frozenset({"table", "file"})
FEATURE_SERVICES = frozenset({"wfs", "ogc_features"})
PICTURES = frozenset({"wms", "wmts", "xyz"})
_LONGEST_STYLE = 20_000


@dataclass(frozen=True)
class LayerEntry:
    """source, source_layer: a table and None, or a service's address and the layer's name there."""

    code: str
    kind: str
    source: str
    source_layer: str | None = None
    title_zh: str | None = None
    title_en: str | None = None
    board: str | None = None
    category: str | None = None
    geometry_type: str | None = None
    department_code: str | None = None
    area_column: str | None = None
    min_zoom: float | None = None
    attribution: str | None = None
    updated_at: str | None = None
    style: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def has_features(self) -> bool:
        return self.kind in STORED or self.kind in FEATURE_SERVICES

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def told_crs(self) -> str | None:
        """The coordinate system named in the style (`"crs": "EPSG:4547"`), for a source that declares none."""
        told = self.style.get("crs")
        return told if isinstance(told, str) else None


def entry_of(row: dict[Any, Any]) -> LayerEntry:
    """The entry of a row of `store.layers`."""

    def text(name: str) -> str | None:
        value = row.get(name)
        return value if isinstance(value, str) and value else None

    zoom = row.get("min_zoom")
    return LayerEntry(
        code=str(row["layer_code"]),
        kind=str(row["source_kind"]),
        source=str(row["source"]),
        source_layer=text("source_layer"),
        title_zh=text("title_zh"),
        title_en=text("title_en"),
        board=text("board"),
        category=text("category"),
        geometry_type=text("geometry_type"),
        department_code=text("department_code"),
        area_column=text("area_column"),
        min_zoom=float(zoom) if isinstance(zoom, int | float) and math.isfinite(zoom) else None,
        attribution=text("attribution"),
        updated_at=text("updated_at"),
        style=read_style(text("style")),
    )


def read_style(written: str | None) -> dict[str, Any]:
    """The style as an object; one that cannot be read counts as none, since it only decides about looks."""
    if written is None or len(written) > _LONGEST_STYLE:
        return {}
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def require_features(entry: LayerEntry) -> None:
    """Raises Unusable for a layer of pictures only."""
    if not entry.has_features:
        raise Unusable("no_features")
