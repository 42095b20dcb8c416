"""Problems and projects that contradict themselves."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from data_access.checking.findings import Finding, ask, collect
from data_access.contract import problem, project, project_funding, project_progress
from data_access.period import parse_day

_THOUSANDFOLD = 1_000


def check_duplicate_problems(connection: Connection) -> Iterator[Finding]:
    """The same title, area, place and day under several codes."""
    same = (
        problem.c.area_code,
        problem.c.title_zh,
        problem.c.title_en,
        problem.c.found_on,
        problem.c.lon,
        problem.c.lat,
    )
    rows = select(*same, func.count().label("problems"), func.min(problem.c.problem_code).label("first_problem_code"))
    rows = rows.group_by(*same).having(func.count() > 1).order_by(func.min(problem.c.problem_code))
    yield from ask(connection, "duplicate_problem", "warning", "problems that are entered more than once", rows)


def check_project_dates(connection: Connection) -> Iterator[Finding]:
    """Projects, and problems, that end before they begin; partial dates count with their whole interval."""
    pairs = ((project, "planned_start_on", "planned_finish_on"), (project, "actual_start_on", "actual_finish_on"))
    for table, start, finish in (*pairs, (problem, "found_on", "resolved_on"), (problem, "found_on", "due_on")):
        key = next(iter(table.primary_key))
        rows = select(key, table.c[start], table.c[finish]).where(
            table.c[start].is_not(None), table.c[finish].is_not(None)
        )
        reversed_rows = (
            {str(key.name): code, start: first, finish: last}
            for code, first, last in connection.execute(rows.order_by(key).execution_options(yield_per=1000))
            if _is_before(last, first)
        )
        yield from collect("ends_before_start", "warning", f"{table.name}: {finish} is before {start}", reversed_rows)


def _is_before(finish: str, start: str) -> bool:
    try:
        return parse_day(finish)[1] < parse_day(start)[0]
    except ValueError:
        return False


def check_progress(connection: Connection) -> Iterator[Finding]:
    """Cumulative figures that fall from one report to the next."""
    progress = project_progress.c
    for name in ("physical_actual_pct", "investment_actual"):
        figure: Any = progress[name]
        before = func.lag(figure).over(partition_by=progress.project_code, order_by=progress.reported_on)
        reports = select(progress.project_code, progress.reported_on, figure, before.label("before"))
        reported = reports.where(figure.is_not(None)).subquery()
        rows = select(reported).where(reported.c[name] < reported.c.before)
        rows = rows.order_by(reported.c.project_code, reported.c.reported_on)
        yield from ask(connection, "progress_falls_back", "warning", f"{name} is lower than in the report before", rows)


def check_amounts(connection: Connection) -> Iterator[Finding]:
    """Amounts of one project that cannot all be in the same unit: its plan, its funding, what is reported."""
    funding, progress = project_funding.c, project_progress.c
    funded = select(funding.project_code, func.sum(funding.amount).label("funding")).group_by(funding.project_code)
    most = [func.max(progress[name]).label(f"reported_{name}") for name in ("investment_planned", "investment_actual")]
    funds, reports = (
        funded.subquery(),
        select(progress.project_code, *most).group_by(progress.project_code).subquery(),
    )
    planned, others = project.c.investment_planned, (funds.c.funding, *list(reports.c)[1:])
    rows = (
        select(project.c.project_code, planned, *others)
        .outerjoin(funds, funds.c.project_code == project.c.project_code)
        .outerjoin(reports, reports.c.project_code == project.c.project_code)
        .where(planned > 0)
        .where(
            or_(
                *(other >= _THOUSANDFOLD * planned for other in others),
                and_(funds.c.funding > 0, planned >= _THOUSANDFOLD * funds.c.funding),
            )
        )
        .order_by(project.c.project_code)
    )
    message = "amounts of one project differ a thousandfold: one of them may be in 万元"
    yield from ask(connection, "amounts_differ", "warning", message, rows)
