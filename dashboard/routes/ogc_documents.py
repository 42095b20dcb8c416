"""The documents of the published service beside the features: landing page, conformance, collections."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dashboard.routes.ogc_features import PREFIX, Collection
from dashboard.routes.ogc_query import CRS84

JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CLASSES = ("core", "geojson", "oas30")
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMANCE = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{one}" for one in _CLASSES]
Extent = dict[str, Any]


def link(href: str, rel: str, kind: str, title: str = "") -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind} | ({"title": title} if title else {})


def landing(root: str, title: str, description: str) -> dict[str, Any]:
    """root: the address of the service, without a slash at its end."""
    return {
        "title": title,
        "description": description,
        "links": [
            link(f"{root}/", "self", JSON),
            link(f"{root}/api", "service-desc", OPENAPI, "OpenAPI 3.0"),
            link(f"{root}/conformance", "conformance", JSON),
            link(f"{root}/collections", "data", JSON),
        ],
    }


def collections_document(root: str, found: Sequence[Collection], extent: Extent) -> dict[str, Any]:
    listed = [collection_document(root, one, extent) for one in found]
    return {"links": [link(f"{root}/collections", "self", JSON)], "collections": listed}


def collection_document(root: str, one: Collection, extent: Extent) -> dict[str, Any]:
    row, name = one.indicator, PREFIX + one.code
    address = f"{root}/collections/{quote(name, safe='')}"
    said = [f"单位 {row['unit']}", row["definition_zh"], row["caliber"], row["definition_en"]]
    return {
        "id": name,
        "title": " / ".join(part for part in (row["name_zh"], row["name_en"]) if part),
        "description": " · ".join(str(part) for part in said if part),
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": [
            link(address, "self", JSON),
            link(f"{address}/items", "items", GEOJSON, str(row["name_zh"] or row["name_en"])),
        ],
    }


def extent_document(box: Sequence[float] | None, first: str | None, last: str | None) -> Extent:
    """The box around everything the viewer sees and the days of all periods: no feature lies outside."""
    temporal = [[f"{first}T00:00:00Z" if first else None, f"{last}T23:59:59Z" if last else None]]
    extent: Extent = {"temporal": {"interval": temporal, "trs": _GREGORIAN}}
    return extent if box is None else {"spatial": {"bbox": [list(box)], "crs": CRS84}} | extent
