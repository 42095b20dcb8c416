"""What to ask about: projects that are late, subjects on which problems pile up."""

from datetime import date

import pandas as pd

from analysis.problems.deadlines import deadlines, is_done
from analysis.projects.reports import latest_reports
from analysis.projects.schedule import schedule


def late_projects(projects: pd.DataFrame, progress: pd.DataFrame, today: date) -> pd.DataFrame:
    """The projects late today, the longest first, each with `delay_days` and the figures of its latest report."""
    timed = projects.join(schedule(projects, today))
    late = timed[timed["is_late"]].sort_values(["delay_days", "project_code"], ascending=[False, True])
    reported = latest_reports(progress, today)[["reported_on", "physical_actual_pct", "investment_actual"]]
    return late.merge(reported, how="left", left_on="project_code", right_index=True)


def problems_by_subject(problems: pd.DataFrame, today: date) -> pd.DataFrame:
    """Problems counted by `indicator_code`, or by `kind` where they name no indicator; the worst first.

    Columns: indicator_code, kind, listed, unsolved, overdue, time_limited (true: all of them must be solved by a date).
    """
    marked = problems.assign(
        kind=problems["kind"].where(problems["indicator_code"].isna()),
        unsolved=~is_done(problems, today),
        overdue=deadlines(problems, today)["days_overdue"] > 0,
        limited=problems["track"] == "time_limited",
    )
    counted = marked.groupby(["indicator_code", "kind"], dropna=False, sort=True).agg(
        listed=("problem_code", "size"),
        unsolved=("unsolved", "sum"),
        overdue=("overdue", "sum"),
        time_limited=("limited", "all"),
    )
    return counted.reset_index().sort_values(["overdue", "unsolved", "listed"], ascending=False, kind="stable")
