"""`/notices/supervision.docx`, `.pdf` and `.zip`: notices about what is overdue, for one department or for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from analysis.problems.deadlines import OVERDUE, deadlines
from callbacks.city_box import city_box, is_outside
from callbacks.review_day import read_day
from callbacks.today import current_day
from callbacks.viewer import current_viewer
from dashboard.exports.fonts import Font, NoFont, chinese_font
from dashboard.exports.lettered import lettered
from dashboard.exports.locator import Point, Shape, locator_png
from dashboard.exports.notice_pdf import notice_pdf
from dashboard.exports.notice_word import notice_word
from dashboard.http.errors import error_answer
from dashboard.routes.selected import attached
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.problem_questions import Conditions, ProblemPageQuestion, ProblemTallyQuestion
from data_access.questions import AreaPathQuestion, AreasQuestion, BoundariesQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from layouts.formatting import Formatter
from layouts.texts import texts
from layouts.work.supervision_notice import Notice, notice_number, supervision_notice
from layouts.work.word_document import archive

_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_MOST_LISTED = 500
_BY = "lead_department_code"


@dataclass(frozen=True, slots=True)
class _Asked:
    store: IndicatorStore
    area: str
    today: date
    formatter: Formatter


def register_notice_routes(server: Flask, store: IndicatorStore, font: Path | None = None) -> None:
    """font: a font file with Chinese letters; None: one that the machine has."""

    def kept(asked: _Asked, kind: str, department: str | None = None) -> bytes:
        """What `_one` or `_all` makes, until the data change."""
        key = (kind, department, asked.area, asked.today.isoformat(), asked.formatter.texts.language, current_viewer())
        make = partial(_all, asked, kind, font) if department is None else partial(_one, asked, department, kind, font)
        return store.cache.data("notices", key, store.contract(), make)

    @server.errorhandler(NoFont)
    def no_font(error: NoFont) -> Response:
        return error_answer(503, "no font", str(error))

    @server.get("/notices/supervision.<any(docx, pdf):kind>")
    def one_notice(kind: str) -> Response:
        asked, department = _asked(store), request.args.get("department", "")
        content = kept(asked, kind, department)
        code = notice_number(department, asked.area, asked.today)
        return attached(Response(content, mimetype=_KINDS[kind]), f"{code}.{kind}")

    @server.get("/notices/supervision.zip")
    def all_notices() -> Response:
        asked, kind = _asked(store), request.args.get("format", "docx")
        if kind not in _KINDS:
            raise InvalidQuestion(f"a notice is one of {', '.join(_KINDS)}")
        name = f"DB-{asked.today:%Y%m%d}-{asked.area}-{kind}.zip"
        return attached(Response(kept(asked, kind), mimetype="application/zip"), name)


def _one(asked: _Asked, department: str, kind: str, font: Path | None) -> bytes:
    return _written(asked, [_notice(asked, department)], kind, font)[0]


def _all(asked: _Asked, kind: str, font: Path | None) -> bytes:
    """An archive with the notice of every department."""
    notices = [_notice(asked, code) for code in _departments(asked)]
    contents = _written(asked, notices, kind, font)
    return archive({f"{notice.code}.{kind}": content for notice, content in zip(notices, contents, strict=True)})


def _written(asked: _Asked, notices: Sequence[Notice], kind: str, font: Path | None) -> list[bytes]:
    """Each notice as a file; they share the letters and the parts of the map. Raises NoFont for a PDF without one."""
    shapes = _shapes(asked) if any(notice.places for notice in notices) else []
    pictures = [_map(notice, shapes, font) for notice in notices]
    both = list(zip(notices, pictures, strict=True))
    if kind == "docx":
        return [notice_word(*one) for one in both]
    with lettered([chinese_font(font), chinese_font(font, bold=True)], repr(notices)) as letters:
        return [notice_pdf(*one, *letters) for one in both]


def _asked(store: IndicatorStore) -> _Asked:
    area = request.args.get("area") or store.home_area(current_viewer())
    if area is None:
        raise UnknownCode("area", "")
    text = request.args.get("today")
    today = read_day(text) if text else current_day()
    return _Asked(store, area, today, Formatter(texts(request.args.get("lang", "zh_CN")), store.contract().currency))


def _departments(asked: _Asked) -> list[str]:
    """Those with something overdue."""
    return [code for code in _overdue_by_department(asked) if code]


def _overdue_by_department(asked: _Asked) -> dict[str, int]:
    where: Conditions = (("deadline", (OVERDUE,)),)
    tally = ProblemTallyQuestion(area=asked.area, today=asked.today, where=where, by=(_BY,), viewer=current_viewer())
    counts = asked.store.problem_tally(tally).dropna(subset=[_BY])
    return dict(zip(counts[_BY].to_list(), counts["problems"].to_list(), strict=True))


def _notice(asked: _Asked, department: str) -> Notice:
    viewer, words, store = current_viewer(), asked.formatter.texts, asked.store
    names = {
        row["department_code"]: words.name(row) for row in _records(store.departments(CatalogueQuestion(viewer=viewer)))
    }
    if department not in names:
        raise UnknownCode("department", department)
    where: Conditions = (("deadline", (OVERDUE,)), (_BY, (department,)))
    order = (("urgency", False), ("due_on", False))
    ask = partial(ProblemPageQuestion, area=asked.area, today=asked.today, where=where, order=order, viewer=viewer)
    page, contract = store.problem_page(ask(end=_MOST_LISTED)), store.contract()
    if page.empty:
        raise InvalidQuestion("nothing of this department is overdue here on this day")
    page.loc[is_outside(page, city_box(store)), ["lon", "lat"]] = float("nan")
    place = store.area_path(AreaPathQuestion(area=asked.area, viewer=viewer)).iloc[-1]
    return supervision_notice(
        asked.formatter,
        city=words.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en}),
        area=words.name(place),
        department=names[department],
        number=notice_number(department, asked.area, asked.today),
        today=asked.today,
        problems=_records(page),
        timing=_records(deadlines(page, asked.today)),
        overdue=_overdue_by_department(asked)[department],
    )


def _map(notice: Notice, shapes: Sequence[Shape], font: Path | None) -> bytes | None:
    """The listed problems over the parts of the area; None where no problem has a place."""
    points = [Point(*place) for place in notice.places]
    return locator_png(shapes, points, _letters(font)) if points else None


def _shapes(asked: _Asked) -> list[Shape]:
    """The parts of the area; of one without parts, its siblings."""
    viewer, store, words = current_viewer(), asked.store, asked.formatter.texts
    drawn = store.boundaries(BoundariesQuestion(area=asked.area, viewer=viewer))
    if drawn.empty:
        drawn = store.boundaries(BoundariesQuestion(area=_parent(asked), viewer=viewer))
    areas = _records(store.areas(AreasQuestion(area=asked.area, viewer=viewer)))
    names = {row["area_code"]: words.name(row) for row in areas}
    return [Shape(names.get(row["area_code"], ""), row["geometry"]) for row in _records(drawn)]


def _parent(asked: _Asked) -> str:
    path = asked.store.area_path(AreaPathQuestion(area=asked.area, viewer=current_viewer()))
    return str(path["area_code"].iloc[-2] if len(path) > 1 else asked.area)


def _letters(font: Path | None) -> Font | None:
    try:
        return chinese_font(font)
    except NoFont:
        return None


def _records(frame: Any) -> Sequence[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return rows
