"""What a service says it can do, read by OWSLib out of a document that was fetched and checked before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from owslib.wfs import WebFeatureService
from owslib.wms import WebMapService
from owslib.wmts import WebMapTileService

from data_access.layers.crs import crs_name
from data_access.layers.failures import Unusable
from data_access.layers.remote.safe_xml import safe_tree, without_locations

Found = TypeVar("Found")
_NOWHERE = "http://service.invalid/"
_PICTURES = ("image/png", "image/jpeg", "image/webp")


@dataclass(frozen=True)
class MapLayer:
    """A layer of a WMS. crs: those it draws in."""

    version: str
    crs: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """One zoom of a tile matrix set. metres: the size of a pixel by the standard's 0.28 mm; corner: east, north."""

    name: str
    scale: float
    corner: tuple[float, float]
    tile_px: int
    columns: int
    rows: int


@dataclass(frozen=True)
class MatrixSet:
    name: str
    crs: str
    matrices: tuple[Matrix, ...]


@dataclass(frozen=True)
class TileLayer:
    """A layer of a WMTS. template: where its tiles lie by the service's own words, None where it takes parameters.

    dimensions: the default of each, for the template.
    """

    style: str
    format: str
    sets: tuple[MatrixSet, ...]
    template: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FeatureType:
    """A feature type of a WFS under its full name. crs: the default first."""

    name: str
    version: str
    crs: tuple[str, ...]
    formats: tuple[str, ...]


def map_layer(body: bytes, name: str) -> MapLayer:
    def read(document: bytes, root: Any) -> MapLayer:
        version = "1.1.1" if root.get("version", "").startswith("1.1") else "1.3.0"
        layer = WebMapService(_NOWHERE, version=version, xml=document).contents.get(name)
        if layer is None:
            raise Unusable("no_such_layer", name[:80])
        return MapLayer(version, _known(layer.crsOptions or []))

    return _read(body, read)


def tile_layer(body: bytes, name: str, *, by_template: bool = False) -> TileLayer:
    """by_template: the tiles are asked for by ResourceURL although the service takes parameters as well."""

    def read(document: bytes, _root: Any) -> TileLayer:
        service = WebMapTileService(_NOWHERE, xml=document)
        layer = service.contents.get(name)
        if layer is None:
            raise Unusable("no_such_layer", name[:80])
        sets = tuple(_matrix_set(service.tilematrixsets[one]) for one in layer.tilematrixsetlinks)
        style = next((key for key, one in layer.styles.items() if one.get("isDefault")), next(iter(layer.styles), ""))
        formats = [one for one in layer.formats if one in _PICTURES]
        chosen = formats[0] if formats else "image/png"
        if not by_template and _takes_parameters(service):
            return TileLayer(style, chosen, sets)
        tiles = {one["format"]: one["template"] for one in layer.resourceURLs if one["resourceType"] == "tile"}
        drawn = next((one for one in (chosen, *_PICTURES) if one in tiles), None)
        if drawn is None:
            raise Unusable("not_drawn_here", "the service names no address of its tiles")
        dimensions = tuple((str(key), str(one.get("default") or "")) for key, one in layer.dimensions.items())
        return TileLayer(style, drawn, sets, tiles[drawn], dimensions)

    return _read(body, read)


def _takes_parameters(service: Any) -> bool:
    """Whether GetTile takes parameters (KVP): so unless it says RESTful only, or nothing at all of GetTile."""
    found = next((one for one in service.operations if one.name == "GetTile"), None)
    if found is None:
        return False
    said = [str(word).upper() for method in found.methods for rule in method["constraints"] for word in rule.values]
    return not said or "KVP" in said


def feature_type(body: bytes, name: str) -> FeatureType:
    def read(document: bytes, root: Any) -> FeatureType:
        version = "2.0.0" if root.get("version", "").startswith("2") else "1.1.0"
        service = WebFeatureService(_NOWHERE, version=version, xml=document)
        full = next((one for one in service.contents if name in (one, one.partition(":")[2])), None)
        if full is None:
            raise Unusable("no_such_layer", name[:80])
        kind = service.contents[full]
        operation = service.getOperationByName("GetFeature")
        formats = operation.parameters.get("outputFormat", {}).get("values", [])
        return FeatureType(full, version, _known(kind.crsOptions or []), tuple(formats))

    return _read(body, read)


def _read(body: bytes, read: Callable[[bytes, Any], Found]) -> Found:
    """A document that the library stumbles over is one that cannot be read, whatever it raised."""
    root = safe_tree(body)
    try:
        return read(without_locations(root), root)
    except Unusable:
        raise
    except Exception as error:
        raise Unusable("unreadable", f"capabilities: {type(error).__name__}") from error


def _known(declared: Any) -> tuple[str, ...]:
    """The systems as `EPSG:n`; names that mean nothing here are left out."""
    names = []
    for one in declared:
        try:
            names.append(crs_name(one if isinstance(one, str) else one.getcode()))
        except Unusable:
            continue
    return tuple(name for name in dict.fromkeys(names) if name)


def _matrix_set(found: Any) -> MatrixSet:
    crs = crs_name(str(found.crs)) or ""
    return MatrixSet(str(found.identifier), crs, tuple(_matrix(one) for one in found.tilematrix.values()))


def _matrix(one: Any) -> Matrix:
    first, second = (float(number) for number in one.topleftcorner)
    sizes = int(one.tilewidth), int(one.matrixwidth), int(one.matrixheight)
    return Matrix(str(one.identifier), float(one.scaledenominator), (first, second), *sizes)
