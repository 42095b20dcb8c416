"""The one geometry type of the contract, for both databases."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

SRID = 4490
"""CGCS2000 longitude/latitude (EPSG:4490)."""

_HEADER = struct.pack("<2sBBi", b"GP", 0, 1, SRID)
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


class Geometry(UserDefinedType[Any]):
    """A shapely geometry in CGCS2000: PostGIS `geometry` on PostgreSQL, a GeoPackage blob on SQLite.

    The GeoPackage blob is the OGC 12-128r18 §2.1.3 header followed by standard WKB.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return f"geometry(Geometry,{SRID})"

    def bind_processor(self, dialect: Any) -> Any:
        if dialect.name == "sqlite":
            return to_geopackage
        return lambda geometry: None if geometry is None else shapely.to_wkb(geometry)

    def bind_expression(self, bindvalue: Any) -> Any:
        return _Bound(bindvalue, self)

    def column_expression(self, colexpr: Any) -> Any:
        return _Read(colexpr, self)

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        if dialect.name == "sqlite":
            return from_geopackage
        return lambda wkb: None if wkb is None else shapely.from_wkb(bytes(wkb))


def to_geopackage(geometry: Any) -> bytes | None:
    """GeoPackage blob without envelope, little endian."""
    return None if geometry is None else _HEADER + shapely.to_wkb(geometry, byte_order=1)


def from_geopackage(blob: bytes | None) -> Any:
    """Geometry of a GeoPackage blob, whatever envelope its header carries."""
    if blob is None:
        return None
    return shapely.from_wkb(bytes(blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]))


def from_geopackages(blobs: Sequence[bytes]) -> Any:
    """The geometries of many blobs at once, as an array."""
    found = np.empty(len(blobs), dtype=object)
    found[:] = [blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :] for blob in blobs]
    return shapely.from_wkb(found)


class _Conversion(FunctionElement[Any]):
    inherit_cache = True

    def __init__(self, geometry: Any, geometry_type: Geometry) -> None:
        super().__init__(geometry)
        self.type = geometry_type


class _Bound(_Conversion):
    inherit_cache = True


class _Read(_Conversion):
    inherit_cache = True


@compiles(_Bound)
def _bound(element: _Bound, compiler: Any, **words: Any) -> str:
    return f"ST_GeomFromWKB({compiler.process(element.clauses, **words)}, {SRID})"


@compiles(_Read)
def _read(element: _Read, compiler: Any, **words: Any) -> str:
    return f"ST_AsBinary({compiler.process(element.clauses, **words)})"


@compiles(_Bound, "sqlite")
@compiles(_Read, "sqlite")
def _as_stored(element: FunctionElement[Any], compiler: Any, **words: Any) -> str:
    return str(compiler.process(element.clauses, **words))
