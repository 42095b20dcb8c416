from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import day_intervals
from analysis.problems.deadlines import deadlines

TODAY = date(2025, 3, 31)


def problems(**columns: list[str | None]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    usual = {"status": "open", "found_on": "2024-05-01", "due_on": None, "resolved_on": None}
    return pd.DataFrame({name: pd.array(columns.get(name, [usual[name]] * size), dtype="str") for name in usual})


@pytest.mark.parametrize(
    ("due_on", "deadline", "days_overdue"),
    [
        ("2025-03-31", "due_soon", 0),
        ("2025-03-30", "overdue", 1),
        ("2025-03", "due_soon", 0),
        ("2025-02", "overdue", 31),
        ("2025", "running", 0),
        ("2024", "overdue", 90),
        (None, "no_deadline", 0),
        ("2025-02-30", "no_deadline", 0),
        ("三月底", "no_deadline", 0),
    ],
)
def test_a_problem_is_overdue_only_when_its_whole_deadline_has_passed(
    due_on: str | None, deadline: str, days_overdue: int
) -> None:
    row = deadlines(problems(due_on=[due_on]), TODAY).iloc[0]
    assert (row["deadline"], row["days_overdue"]) == (deadline, days_overdue)


def test_a_problem_resolved_late_is_done_and_was_overdue_on_an_earlier_day() -> None:
    listed = problems(due_on=["2025-01-31"], resolved_on=["2025-02-10"], status=["closed"])
    assert deadlines(listed, TODAY)["deadline"].item() == "done"
    assert deadlines(listed, date(2025, 2, 5)).iloc[0][["deadline", "days_overdue"]].tolist() == ["overdue", 5]


def test_a_problem_marked_resolved_without_a_day_is_not_overdue() -> None:
    assert deadlines(problems(due_on=["2024"], status=["resolved"]), TODAY)["deadline"].item() == "done"


def test_a_review_of_a_past_day_does_not_know_problems_found_later() -> None:
    assert deadlines(problems(found_on=["2025-04"]), TODAY)["deadline"].item() == "not_yet_found"


def test_the_best_effort_track_plans_by_the_year_of_its_deadline() -> None:
    assert deadlines(problems(due_on=["2027", "2026-05"]), TODAY)["plan_year"].tolist() == [2027, 2026]


@settings(deadline=None, max_examples=40)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-800, 800), st.sampled_from([4, 7, 10]))
def test_an_interval_passes_the_day_after_its_last_day(day: date, offset: int, precision: int) -> None:
    text = pd.Series([day.isoformat()[:precision]], dtype="str")
    today = day + timedelta(days=offset)
    last = day_intervals.last_day(text).item().date()
    assert day_intervals.has_passed(text, today).item() == (last < today)
    assert last + timedelta(days=1) > day
    assert (last + timedelta(days=1)).isoformat()[:precision] != text.item()
