"""`/download/sheet.pdf` and `.docx`: the area sheet as a file."""

from pathlib import Path

from flask import Flask, Response

from callbacks.scene import Scene
from callbacks.sheet import inset_shapes
from callbacks.sheet_content import sheet_of
from dashboard.exports.fonts import NoFont, chinese_font
from dashboard.exports.inset import inset_png
from dashboard.exports.sheet_pdf import sheet_pdf
from dashboard.http.errors import error_answer
from dashboard.routes.selected import asked_scene, attached
from data_access.store import IndicatorStore
from layouts.work.sheet_document import sheet_document

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def register_sheet_routes(server: Flask, store: IndicatorStore, font: Path | None) -> None:
    """font: a font file with Chinese letters; None: one that the machine has."""

    @server.get("/download/sheet.<any(docx, pdf):kind>")
    def sheet(kind: str) -> Response:
        at = asked_scene(store)
        try:
            content = _made(at, kind, font)
        except NoFont as error:
            return error_answer(503, "no font", str(error))
        name = f"sheet-{at.area}-{str(at.selection.period).replace('/', '_')}.{kind}"
        return attached(Response(content, mimetype=KINDS[kind]), name)


def _made(at: Scene, kind: str, font: Path | None) -> bytes:
    sheet, inset = sheet_of(at), inset_png(inset_shapes(at), at.area)
    if kind == "docx":
        return sheet_document(sheet, inset)
    return sheet_pdf(at.texts, sheet, inset, chinese_font(font), chinese_font(font, bold=True))
