"""Features of services, read whole within limits and kept for ten minutes: tiles, tables and counts come from there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import numpy as np
import shapely

from data_access.layers.crs import Box, first_crs, total_box
from data_access.layers.entry import LayerEntry
from data_access.layers.failures import Unusable
from data_access.layers.features import Feature, Key, page_of
from data_access.layers.remote.capabilities import feature_type
from data_access.layers.remote.feature_files import numbered, read_geojson, read_gml
from data_access.layers.remote.fetching import Wish
from data_access.layers.remote.services import XML_KINDS, Services, with_query

JSON_KINDS = frozenset({"application/json", "application/geo+json", "application/vnd.geo+json"})
PAGE_FEATURES, MOST_FEATURES = 2_000, 20_000
PAGE_BYTES, PAGE_S = 32 << 20, 20.0
MOST_VERTICES = 3_000_000
_COLUMNS_FROM = 200
_DEGREES = ("EPSG:4490", "EPSG:4326")


@dataclass(frozen=True)
class Snapshot:
    """is_whole: False where the service has more than is taken."""

    features: tuple[Feature, ...]
    is_whole: bool

    @cached_property
    def tree(self) -> Any:
        return shapely.STRtree([one.geometry for one in self.features])

    def count(self) -> int:
        return len(self.features)

    def bounds(self) -> Box | None:
        return total_box([one.geometry for one in self.features]) if self.features else None

    def columns(self) -> list[str]:
        return list(dict.fromkeys(name for one in self.features[:_COLUMNS_FROM] for name in one.properties))

    def in_box(self, box: Box, limit: int) -> Iterator[Feature]:
        found = np.sort(self.tree.query(shapely.box(*box), predicate="intersects"))
        return (self.features[int(place)] for place in found[:limit])

    def page(self, start: int, end: int, text: str) -> tuple[list[Feature], int]:
        return page_of(iter(self.features), start, end, text)

    def feature(self, key: Key) -> Feature | None:
        return self.features[key] if isinstance(key, int) and 0 <= key < len(self.features) else None


def snapshot(services: Services, entry: LayerEntry) -> Snapshot:
    """Raises Unusable with the reason where the service gives nothing."""
    read = _ogc_features if entry.kind == "ogc_features" else _wfs
    return services.kept(("features", entry), lambda: read(services, entry))


def _ogc_features(services: Services, entry: LayerEntry) -> Snapshot:
    """OGC API Features: GeoJSON is WGS 84 by the standard (OGC 17-069r4, 7.16.1) unless its header says otherwise."""
    base = entry.source.split("?")[0].rstrip("/")
    items = f"{base}/collections/{quote(entry.source_layer or '', safe='')}/items"
    own = parse_qsl(urlsplit(entry.source).query)

    def page(query: list[tuple[str, str]], _start: int) -> tuple[list[Any], list[tuple[str, str]] | None]:
        body = services.get(Wish(with_query(items, query), JSON_KINDS, PAGE_BYTES, PAGE_S)).body
        found, rest = read_geojson(body, entry.told_crs, "OGC:CRS84")
        return found, _next_query(rest)

    return _collected(page, [*own, ("f", "json"), ("limit", str(PAGE_FEATURES))])


def _next_query(rest: dict[str, Any]) -> list[tuple[str, str]] | None:
    """Only the parameters of the advertised next page: where it is asked stays what the catalogue says."""
    links = rest.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            return parse_qsl(urlsplit(link["href"]).query, keep_blank_values=True)
    return None


def _wfs(services: Services, entry: LayerEntry) -> Snapshot:
    asked = with_query(entry.source, [("SERVICE", "WFS"), ("REQUEST", "GetCapabilities")])
    name = entry.source_layer or ""
    kind = services.kept(("wfs", asked, name), lambda: feature_type(services.document(asked), name))
    is_json = next((one for one in kind.formats if "json" in one.lower()), None)
    crs = next((one for one in _DEGREES if one in kind.crs), None) or first_crs(*kind.crs, entry.told_crs)
    names, count = ("typeNames", "count") if kind.version == "2.0.0" else ("typeName", "maxFeatures")
    kinds = JSON_KINDS if is_json else XML_KINDS
    query = [
        ("SERVICE", "WFS"), ("VERSION", kind.version), ("REQUEST", "GetFeature"), (names, kind.name),
        (count, str(PAGE_FEATURES)), ("srsName", f"urn:ogc:def:crs:EPSG::{crs.split(':')[1]}"),
        *([("outputFormat", is_json)] if is_json else []),
    ]  # fmt: skip

    def page(query: list[tuple[str, str]], start: int) -> tuple[list[Any], list[tuple[str, str]] | None]:
        url = with_query(entry.source, [*query, ("startIndex", str(start))])
        body = services.get(Wish(url, kinds, PAGE_BYTES, PAGE_S)).body
        found = read_geojson(body, crs)[0] if is_json else read_gml(body, crs)
        return found, query if len(found) >= PAGE_FEATURES else None

    return _collected(page, query)


_Page = Callable[[list[tuple[str, str]], int], tuple[list[Any], list[tuple[str, str]] | None]]


def _collected(page: _Page, query: list[tuple[str, str]]) -> Snapshot:
    """Page after page up to the limits; a service that sends the same page for ever ends there too."""
    found: list[Any] = []
    vertices = 0
    wanted: list[tuple[str, str]] | None = query
    while wanted is not None and len(found) < MOST_FEATURES:
        more, wanted = page(wanted, len(found))
        vertices += int(shapely.get_num_coordinates([shape for _, shape in more]).sum()) if more else 0
        if vertices > MOST_VERTICES:
            raise Unusable("too_many", f"more than {MOST_VERTICES:,} vertices")
        found += more
        if not more:
            break
    return Snapshot(tuple(numbered(found[:MOST_FEATURES])), wanted is None)
