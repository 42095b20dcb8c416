"""`/download/reach.csv|.xlsx|.svg|.geojson|.gpkg?<selection>`: coverage per area and land within reach."""

from flask import Flask, Response, request

from callbacks.boundaries import kept_boundaries
from callbacks.link import from_search
from callbacks.reach_data import kept_reach
from callbacks.reach_scene import ReachScene
from callbacks.resolving import resolve
from callbacks.scene import Scene
from callbacks.viewer import current_viewer
from dashboard.exports.reach import coverage_table_of, shapes_bytes
from dashboard.exports.table_svg import table_svg
from dashboard.exports.writing import csv_bytes, xlsx_bytes
from dashboard.routes.download import XLSX
from dashboard.routes.selected import attached
from data_access.errors import UnknownCode
from data_access.store import IndicatorStore

_MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "svg": "image/svg+xml",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


def register_reach_routes(server: Flask, store: IndicatorStore) -> None:
    data, bundles = kept_reach(server, store), kept_boundaries(server, store)

    @server.get("/download/reach.<any(csv, xlsx, svg, geojson, gpkg):extension>")
    def reach(extension: str) -> Response:
        at = ReachScene(_asked(store), data, bundles)
        table = coverage_table_of(at, request.url_root)
        if extension == "csv":
            body = csv_bytes(table)
        elif extension == "xlsx":
            body = xlsx_bytes(table, at.at.texts("export.sheet_data"), at.at.texts("export.sheet_about"))
        elif extension == "svg":
            body = table_svg(table, at.at.formatter, at.at.selection.theme).encode()
        else:
            body = shapes_bytes(at, extension)
        return attached(Response(body, mimetype=_MIMETYPES[extension]), f"{table.name}.{extension}")


def _asked(store: IndicatorStore) -> Scene:
    """The selection that the query string names; unlike the other tables this one needs no indicator and no period."""
    wish, _ = from_search(request.query_string.decode(errors="replace"))
    found, _ = resolve(wish, store, current_viewer())
    if found.area is None:
        raise UnknownCode("area", "")
    return Scene(found, store, current_viewer())
