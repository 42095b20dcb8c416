"""`/download/<table>.csv|.xlsx?<selection>`, `/download/sheet.docx`: what stands behind a panel, for this viewer."""

from flask import Flask, Response, request

from callbacks.link import from_search
from callbacks.resolving import resolve
from callbacks.scene import Scene
from callbacks.sheet_content import sheet_of
from callbacks.viewer import current_viewer
from dashboard.exports.places import map_picture, pattern_places_bytes, places_bytes
from dashboard.exports.table import Table
from dashboard.exports.tables import MAKERS, make_table
from dashboard.exports.writing import csv_bytes, xlsx_bytes
from dashboard.http.errors import error_answer
from data_access.store import IndicatorStore
from layouts.texts import Texts
from layouts.work.sheet_document import sheet_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_download_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/download/sheet.docx")
    def sheet() -> Response:
        at = _asked(store)
        if at is None:
            return error_answer(404, "no data", "the database holds no values yet")
        name = f"sheet-{at.area}-{str(at.selection.period).replace('/', '_')}.docx"
        return _attached(Response(sheet_document(sheet_of(at)), mimetype=DOCX), name)

    @server.get("/download/map.svg")
    def linked_map() -> Response:
        at = _asked(store)
        if at is None:
            return error_answer(404, "no data", "the database holds no values yet")
        return _attached(
            Response(map_picture(at), mimetype="image/svg+xml"), f"map-{at.selection.indicator}-{at.area}.svg"
        )

    @server.get("/download/<any(places, pattern, need, felt):kind>.<any(geojson, gpkg):extension>")
    def places(kind: str, extension: str) -> Response:
        at = _asked(store)
        if at is None:
            return error_answer(404, "no data", "the database holds no values yet")
        mimetype = "application/geo+json" if extension == "geojson" else "application/geopackage+sqlite3"
        body = places_bytes(at, extension) if kind == "places" else pattern_places_bytes(kind, at, extension)
        name = f"{kind}-{at.selection.indicator}-{at.area}.{extension}"
        return _attached(Response(body, mimetype=mimetype), name)

    @server.get("/download/<kind>.<extension>")
    def download(kind: str, extension: str) -> Response:
        if kind not in MAKERS or extension not in {"csv", "xlsx"}:
            return error_answer(404, "unknown table", f"there is no table {kind:.40}.{extension:.10}")
        at = _asked(store)
        if at is None:
            return error_answer(404, "no data", "the database holds no values yet")
        table = make_table(kind, at, request.url_root)
        return _csv(table) if extension == "csv" else _xlsx(table, at.texts)


def _asked(store: IndicatorStore) -> Scene | None:
    """The selection that the query string names, as far as it exists; None in a database without values."""
    wish, _ = from_search(request.query_string.decode(errors="replace"))
    found, _ = resolve(wish, store, current_viewer())
    is_whole = found.area is not None and found.indicator is not None and found.period is not None
    return Scene(found, store, current_viewer()) if is_whole else None


def _csv(table: Table) -> Response:
    return _attached(Response(csv_bytes(table), mimetype="text/csv; charset=utf-8"), f"{table.name}.csv")


def _xlsx(table: Table, texts: Texts) -> Response:
    body = xlsx_bytes(table, texts("export.sheet_data"), texts("export.sheet_about"))
    return _attached(Response(body, mimetype=XLSX), f"{table.name}.xlsx")


def _attached(response: Response, name: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
