"""`/ogc`: indicator results as OGC API – Features and GeoJSON, read-only, in the scope of whoever asks.

So that a CIM platform can catalogue and draw them. Part 1 of the standard (OGC 17-069r4), classes core, GeoJSON and
OpenAPI 3.0. Coordinates are CGCS2000, which equals the CRS84 that the standard demands within a few centimetres.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Flask, Response, request

from callbacks.viewer import current_viewer
from dashboard.routes import ogc_documents as documents
from dashboard.routes.ogc_features import PREFIX, Collection, Matched, collection, collections, pair_of
from dashboard.routes.ogc_openapi import openapi
from dashboard.routes.ogc_query import ItemsQuery, items_query, require_known
from data_access.errors import UnknownCode
from data_access.questions import PeriodsQuestion
from data_access.store import IndicatorStore
from layouts.texts import texts

_ROOT = "/ogc"


def register_ogc_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get(f"{_ROOT}/")
    def ogc_landing() -> Response:
        require_known(request.args)
        return _json(documents.landing(_root(), *_titles(store)))

    @server.get(f"{_ROOT}/api")
    def ogc_api() -> Response:
        require_known(request.args)
        return _json(openapi(_root(), *_titles(store), str(store.data_version())), documents.OPENAPI)

    @server.get(f"{_ROOT}/conformance")
    def ogc_conformance() -> Response:
        require_known(request.args)
        return _json({"conformsTo": documents.CONFORMANCE})

    @server.get(f"{_ROOT}/collections")
    def ogc_collections() -> Response:
        require_known(request.args)
        found = collections(store, current_viewer())
        return _json(documents.collections_document(_root(), found, _extent(store)))

    @server.get(f"{_ROOT}/collections/<name>")
    def ogc_collection(name: str) -> Response:
        require_known(request.args)
        found = collection(store, current_viewer(), name)
        return _json(documents.collection_document(_root(), found, _extent(store)))

    @server.get(f"{_ROOT}/collections/<name>/items")
    def ogc_items(name: str) -> Response:
        asked = items_query(request.args)
        found = collection(store, current_viewer(), name)
        return _json(_page(found, asked), documents.GEOJSON)

    @server.get(f"{_ROOT}/collections/<name>/items/<path:feature>")
    def ogc_item(name: str, feature: str) -> Response:
        require_known(request.args)
        return _json(_one(collection(store, current_viewer(), name), feature), documents.GEOJSON)


def _page(found: Collection, asked: ItemsQuery) -> dict[str, Any]:
    matched = found.matched(asked)
    features = found.features(matched.page(asked.limit, asked.offset), matched.areas)
    address = _address(found)
    return {
        "type": "FeatureCollection",
        "links": [*_paging(f"{address}/items", asked, matched), documents.link(address, "collection", documents.JSON)],
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds"),
        "numberMatched": matched.count,
        "numberReturned": len(features),
        "features": features,
    }


def _paging(items: str, asked: ItemsQuery, matched: Matched) -> list[dict[str, str]]:
    def at(offset: int, rel: str) -> dict[str, str]:
        query: Mapping[str, Any] = {**request.args, "limit": asked.limit, "offset": offset}
        return documents.link(f"{items}?{urlencode(query)}", rel, documents.GEOJSON)

    links = [at(asked.offset, "self")]
    if asked.offset + asked.limit < matched.count:
        links.append(at(asked.offset + asked.limit, "next"))
    if asked.offset:
        links.append(at(max(asked.offset - asked.limit, 0), "prev"))
    return links


def _one(found: Collection, name: str) -> dict[str, Any]:
    period, area = pair_of(name)
    if not area or period not in found.periods:
        raise UnknownCode("feature", name)
    matched = found.matched(ItemsQuery(area_code=area, period=period))
    (feature,) = found.features([(period, area)], matched.areas)
    address = _address(found)
    own = f"{address}/items/{quote(feature['id'], safe='')}"
    links = [
        documents.link(own, "self", documents.GEOJSON),
        documents.link(address, "collection", documents.JSON),
    ]
    return feature | {"links": links}


def _extent(store: IndicatorStore) -> documents.Extent:
    viewer = current_viewer()
    periods = store.periods(PeriodsQuestion(viewer=viewer))
    days = (str(periods["starts_on"].min()), str(periods["ends_on"].max())) if len(periods) else (None, None)
    return documents.extent_document(store.published_box(viewer), *days)


def _titles(store: IndicatorStore) -> tuple[str, str]:
    contract = store.contract()
    zh, en = texts("zh_CN"), texts("en")
    names = {"name_zh": contract.city_name_zh, "name_en": contract.city_name_en}
    title = zh("ogc.title", city=zh.name(names)) + " / " + en("ogc.title", city=en.name(names))
    return title, zh("ogc.about") + " " + en("ogc.about")


def _address(found: Collection) -> str:
    return f"{_root()}/collections/{quote(PREFIX + found.code, safe='')}"


def _root() -> str:
    return request.url_root.rstrip("/") + _ROOT


def _json(document: Mapping[str, Any], kind: str = documents.JSON) -> Response:
    response = Response(orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY), content_type=kind)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
