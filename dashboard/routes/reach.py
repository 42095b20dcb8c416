"""`/download/reach.csv|.xlsx|.geojson|.gpkg?<selection>`: coverage per area and land within reach, for this viewer."""

from flask import Flask, Response, request

from callbacks.boundaries import kept_boundaries
from callbacks.reach_data import kept_reach
from callbacks.reach_scene import ReachScene
from dashboard.exports.reach import coverage_table_of, shapes_bytes
from dashboard.exports.writing import csv_bytes, xlsx_bytes
from dashboard.routes.download import XLSX
from dashboard.routes.selected import asked_scene, attached
from data_access.store import IndicatorStore

_MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


def register_reach_routes(server: Flask, store: IndicatorStore) -> None:
    data, bundles = kept_reach(server, store), kept_boundaries(server, store)

    @server.get("/download/reach.<any(csv, xlsx, geojson, gpkg):extension>")
    def reach(extension: str) -> Response:
        at = ReachScene(asked_scene(store), data, bundles)
        table = coverage_table_of(at, request.url_root)
        if extension == "csv":
            body = csv_bytes(table)
        elif extension == "xlsx":
            body = xlsx_bytes(table, at.at.texts("export.sheet_data"), at.at.texts("export.sheet_about"))
        else:
            body = shapes_bytes(at, extension)
        return attached(Response(body, mimetype=_MIMETYPES[extension]), f"{table.name}.{extension}")
