"""`/download/<table>.csv|.xlsx|.svg?<selection>`: what stands behind a panel, for this viewer."""

from flask import Flask, Response, request

from dashboard.exports.mapped import all_indicators, expected_rows
from dashboard.exports.multiples import multiples_picture
from dashboard.exports.places import map_picture, mapped_places_bytes, pattern_places_bytes, places_bytes
from dashboard.exports.table import Table
from dashboard.exports.table_svg import table_svg
from dashboard.exports.tables import MAKERS, make_table
from dashboard.exports.work import WORK_MAKERS
from dashboard.exports.writing import csv_bytes, xlsx_bytes
from dashboard.http.errors import error_answer
from dashboard.routes.selected import asked_scene, attached
from data_access.store import IndicatorStore
from layouts.texts import Texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_download_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/download/map.svg")
    def linked_map() -> Response:
        at = asked_scene(store)
        return _svg(map_picture(at), f"map-{at.selection.indicator}-{at.area}")

    @server.get("/download/multiples.svg")
    def small_multiples() -> Response:
        at = asked_scene(store)
        return _svg(multiples_picture(at), f"multiples-{at.selection.indicator}-{at.area}")

    @server.get("/download/selection.csv")
    def all_of_the_map() -> Response:
        at = asked_scene(store)
        expected = expected_rows(at)
        response = Response(all_indicators(at), mimetype="text/csv; charset=utf-8")
        response.headers["X-Rows-Expected"] = str(expected)
        return attached(response, f"selection-{at.area}-{str(at.selection.period).replace('/', '_')}.csv")

    @server.get("/download/<any(places, mapped, pattern, need, felt):kind>.<any(geojson, gpkg):extension>")
    def places(kind: str, extension: str) -> Response:
        at = asked_scene(store)
        mimetype = "application/geo+json" if extension == "geojson" else "application/geopackage+sqlite3"
        own = {"places": places_bytes, "mapped": mapped_places_bytes}
        body = own[kind](at, extension) if kind in own else pattern_places_bytes(kind, at, extension)
        name = f"{kind}-{at.selection.indicator}-{at.area}.{extension}"
        return attached(Response(body, mimetype=mimetype), name)

    @server.get("/download/<kind>.<extension>")
    def download(kind: str, extension: str) -> Response:
        if kind not in MAKERS or extension not in {"csv", "xlsx", "svg"}:
            return error_answer(404, "unknown table", f"there is no table {kind:.40}.{extension:.10}")
        at = asked_scene(store, needs=("area",)) if kind in WORK_MAKERS else asked_scene(store)
        table = make_table(kind, at, request.url_root)
        if extension == "svg":
            return _svg(table_svg(table, at.formatter, at.selection.theme), table.name)
        return _csv(table) if extension == "csv" else _xlsx(table, at.texts)


def _svg(drawn: str, name: str) -> Response:
    return attached(Response(drawn, mimetype="image/svg+xml"), f"{name}.svg")


def _csv(table: Table) -> Response:
    return attached(Response(csv_bytes(table), mimetype="text/csv; charset=utf-8"), f"{table.name}.csv")


def _xlsx(table: Table, texts: Texts) -> Response:
    body = xlsx_bytes(table, texts("export.sheet_data"), texts("export.sheet_about"))
    return attached(Response(body, mimetype=XLSX), f"{table.name}.xlsx")
