"""The progress reports that say where projects stand, found where they lie."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from data_access import contract
from data_access.answers.days import has_come
from data_access.answers.projects import served_projects
from data_access.frames import read_frame
from data_access.project_questions import ReportsQuestion

_report = contract.project_progress


def deciding_reports(connection: Connection, question: ReportsQuestion) -> pd.DataFrame:
    """Rows of project_progress, by key: each project's latest with any actual and latest with a physical plan."""
    served = served_projects(connection, question)
    latest = [_latest(question, "physical_actual_pct", "investment_actual"), _latest(question, "physical_planned_pct")]
    deciding = latest[0].union(latest[1]).subquery("deciding")
    rows = (
        select(*_report.c)
        .join(
            deciding,
            and_(deciding.c.project_code == _report.c.project_code, deciding.c.on_day == _report.c.reported_on),
        )
        .join(served, served.c.project_code == _report.c.project_code)
    )
    return read_frame(connection, rows.order_by(_report.c.project_code, _report.c.reported_on))


def _latest(question: ReportsQuestion, *figures: str) -> Select[Any]:
    """project_code and the latest day, not after today, on which it has a report with any of these figures."""
    said = or_(*(_report.c[figure].is_not(None) for figure in figures))
    come = has_come(_report.c.reported_on, question.today)
    latest = select(_report.c.project_code, func.max(_report.c.reported_on).label("on_day"))
    return latest.where(come, said).group_by(_report.c.project_code)
