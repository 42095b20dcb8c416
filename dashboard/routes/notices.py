"""`/notices/supervision.docx` and `.zip`: supervision notices about what is overdue, for one department or for all."""

from datetime import date
from typing import Any

from flask import Flask, Response, request

from analysis.problems.deadlines import OVERDUE, deadlines
from callbacks.today import current_day
from callbacks.viewer import current_viewer
from data_access.errors import InvalidQuestion, UnknownCode
from data_access.problem_questions import Conditions, ProblemPageQuestion, ProblemTallyQuestion
from data_access.questions import AreaPathQuestion, CatalogueQuestion
from data_access.store import IndicatorStore
from layouts.formatting import Formatter
from layouts.texts import texts
from layouts.work.supervision_notice import notice_number, supervision_notice
from layouts.work.word_document import archive

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_LISTED = 1000
_BY = "lead_department_code"


def register_notice_routes(server: Flask, store: IndicatorStore) -> None:
    @server.get("/notices/supervision.docx")
    def one_notice() -> Response:
        area, today, formatter = _asked(store)
        department = request.args.get("department", "")
        number, content = _notice(store, formatter, area, today, department)
        return _download(content, f"{number}.docx", _WORD)

    @server.get("/notices/supervision.zip")
    def all_notices() -> Response:
        area, today, formatter = _asked(store)
        made = dict(_notice(store, formatter, area, today, code) for code in _departments(store, area, today))
        members = {f"{number}.docx": content for number, content in made.items()}
        return _download(archive(members), f"DB-{today:%Y%m%d}-{area}.zip", "application/zip")


def _asked(store: IndicatorStore) -> tuple[str, date, Formatter]:
    area = request.args.get("area") or store.home_area(current_viewer())
    if area is None:
        raise UnknownCode("area", "")
    text = request.args.get("today")
    try:
        today = date.fromisoformat(text) if text else current_day()
    except ValueError as error:
        raise InvalidQuestion("today is a date such as 2025-03-31") from error
    return area, today, Formatter(texts(request.args.get("lang", "zh_CN")), store.contract().currency)


def _departments(store: IndicatorStore, area: str, today: date) -> list[str]:
    """Those with something overdue."""
    where: Conditions = (("deadline", (OVERDUE,)),)
    asked = ProblemTallyQuestion(area=area, today=today, where=where, by=(_BY,), viewer=current_viewer())
    return [code for code in store.problem_tally(asked)[_BY] if isinstance(code, str)]


def _notice(store: IndicatorStore, formatter: Formatter, area: str, today: date, department: str) -> tuple[str, bytes]:
    viewer, words = current_viewer(), formatter.texts
    names = {
        row["department_code"]: words.name(row) for row in _records(store.departments(CatalogueQuestion(viewer=viewer)))
    }
    if department not in names:
        raise UnknownCode("department", department)
    where: Conditions = (("deadline", (OVERDUE,)), (_BY, (department,)))
    order = (("urgency", False), ("due_on", False))
    asked = ProblemPageQuestion(area=area, today=today, where=where, order=order, end=_MOST_LISTED, viewer=viewer)
    page, contract = store.problem_page(asked), store.contract()
    if page.empty:
        raise InvalidQuestion("nothing of this department is overdue here on this day")
    place = store.area_path(AreaPathQuestion(area=area, viewer=viewer)).iloc[-1]
    number = notice_number(department, area, today)
    return number, supervision_notice(
        formatter,
        city=words.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en}),
        area=words.name(place),
        department=names[department],
        number=number,
        today=today,
        problems=_records(page),
        timing=_records(deadlines(page, today)),
    )


def _records(frame: Any) -> list[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return rows


def _download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{"".join(c for c in name if c.isascii() and c != chr(34))}"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response
