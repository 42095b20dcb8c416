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

    @server.get("/notices/supervision.<any(docx, pdf):kind>")
    def one_notice(kind: str) -> Response:
        asked = _asked(store)
        try:
            notice, content = _made(asked, request.args.get("department", ""), kind, font)
        except NoFont as error:
            return error_answer(503, "no font", str(error))
        return attached(Response(content, mimetype=_KINDS[kind]), f"{notice.code}.{kind}")

    @server.get("/notices/supervision.zip")
    def all_notices() -> Response:
        asked, kind = _asked(store), request.args.get("format", "docx")
        if kind not in _KINDS:
            raise InvalidQuestion(f"a notice is one of {', '.join(_KINDS)}")
        try:
            made = [_made(asked, code, kind, font) for code in _departments(asked)]
        except NoFont as error:
            return error_answer(503, "no font", str(error))
        members = {f"{notice.code}.{kind}": content for notice, content in made}
        name = f"DB-{asked.today:%Y%m%d}-{asked.area}-{kind}.zip"
        return attached(Response(archive(members), mimetype="application/zip"), name)


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


def _made(asked: _Asked, department: str, kind: str, font: Path | None) -> tuple[Notice, bytes]:
    letters = (chinese_font(font), chinese_font(font, bold=True)) if kind == "pdf" else None
    notice = _notice(asked, department)
    picture = _map(asked, notice, font)
    return notice, notice_pdf(notice, picture, *letters) if letters else notice_word(notice, picture)


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


def _map(asked: _Asked, notice: Notice, font: Path | None) -> bytes | None:
    """The listed problems over the parts of the area; None where no problem has a place."""
    if not notice.places:
        return None
    viewer, store, words = current_viewer(), asked.store, asked.formatter.texts
    drawn = store.boundaries(BoundariesQuestion(area=asked.area, viewer=viewer))
    if drawn.empty:
        drawn = store.boundaries(BoundariesQuestion(area=_parent(asked), viewer=viewer))
    areas = _records(store.areas(AreasQuestion(area=asked.area, viewer=viewer)))
    names = {row["area_code"]: words.name(row) for row in areas}
    shapes = [Shape(names.get(row["area_code"], ""), row["geometry"]) for row in _records(drawn)]
    return locator_png(shapes, [Point(*place) for place in notice.places], _letters(font))


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
