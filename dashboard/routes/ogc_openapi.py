"""The API definition of the published service, OpenAPI 3.0, written from the same lists that read the query."""

from typing import Any

from dashboard.routes.ogc_documents import GEOJSON, JSON
from dashboard.routes.ogc_query import DEFAULT_LIMIT, FILTERS, MOST

_MEANING = {
    "period": "the period as recorded, such as 2024, 2024-Q3 or 2018-12/2019-02",
    "level": "areas of one level, such as district",
    "area_code": "one area",
    "within": "an area with everything below it",
}
_WHOLE = {"type": "integer", "minimum": 0}


def openapi(root: str, title: str, description: str, version: str) -> dict[str, Any]:
    """version: of the data, since the interface itself is that of the standard."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": description, "version": version},
        "servers": [{"url": root}],
        "paths": {
            "/": _get("landing page", JSON, []),
            "/api": _get("this document", JSON, []),
            "/conformance": _get("conformance classes", JSON, []),
            "/collections": _get("one collection per indicator", JSON, []),
            "/collections/{collectionId}": _get("one collection", JSON, [_in_path("collectionId")]),
            "/collections/{collectionId}/items": _get(
                "figures of an indicator, one feature per area and period, the latest period first",
                GEOJSON,
                [_in_path("collectionId"), *_item_parameters()],
            ),
            "/collections/{collectionId}/items/{featureId}": _get(
                "one figure", GEOJSON, [_in_path("collectionId"), _in_path("featureId")]
            ),
        },
    }


def _get(summary: str, kind: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    answers = {
        "200": {"description": summary, "content": {kind: {"schema": {"type": "object"}}}},
        "400": {"description": "a parameter that is unknown or malformed"},
        "404": {"description": "nothing of this name that you may see"},
    }
    operation_id = "".join(word.capitalize() for word in summary.replace(",", "").split())
    return {"get": {"summary": summary, "operationId": operation_id, "parameters": parameters, "responses": answers}}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _item_parameters() -> list[dict[str, Any]]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    return [
        _in_query("limit", limit, "features on one page"),
        _in_query("offset", _WHOLE | {"default": 0}, "features before the page"),
        _in_query("bbox", numbers, "west,south,east,north in degrees") | {"style": "form", "explode": False},
        _in_query("datetime", {"type": "string"}, "an instant or an interval start/end; periods that touch it"),
        *(_in_query(name, {"type": "string"}, _MEANING[name]) for name in FILTERS),
    ]


def _in_query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
