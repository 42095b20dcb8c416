"""Projects of the demo city run as their words say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.demo.courses import STAGES, Course, milestones, progress
from data_access.demo.dates import TODAY, month_ends, plus_months

courses = st.builds(
    Course,
    planned_start=st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    planned_months=st.integers(4, 36),
    delay_days=st.integers(0, 120),
    pace=st.floats(0.5, 1.2),
    cost=st.floats(0.8, 1.3),
)


@given(courses)
@settings(max_examples=100, deadline=None)
def test_reports_grow_up_to_today_and_only_plans_lie_ahead(course: Course) -> None:
    rows = progress(course, 10_000_000)
    if "physical_actual_pct" not in rows:
        assert all(day > TODAY.isoformat() for day in rows["reported_on"])
        return
    reported = rows[rows["physical_actual_pct"].notna()]
    assert reported["physical_actual_pct"].is_monotonic_increasing
    assert (reported["reported_on"] <= TODAY.isoformat()).all()
    assert all(day > TODAY.isoformat() for day in rows.loc[rows["physical_actual_pct"].isna(), "reported_on"])


@given(courses)
@settings(max_examples=100, deadline=None)
def test_the_stage_is_the_last_milestone_reached_within_the_running_ones(course: Course) -> None:
    reached = [stage for stage, _, actual in milestones(course) if actual]
    if course.has_finished:
        assert "completed" in reached
        assert course.stage in {"completed", "accepted", "post_evaluation"}
    elif course.has_started:
        assert reached[-1] in {"started", "construction"}
    else:
        assert STAGES.index(course.stage) < STAGES.index("started")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 28)),
        (date(2024, 12, 5), 1, date(2025, 1, 5)),
        (date(2024, 3, 5), -3, date(2023, 12, 5)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


def test_month_ends_begin_with_the_month_of_the_first_day() -> None:
    assert month_ends(date(2024, 1, 15), date(2024, 3, 1)) == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
