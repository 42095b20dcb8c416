"""Rows of projects and progress reports in a few words."""

import pandas as pd

DAYS = ("planned_start_on", "planned_finish_on", "actual_start_on", "actual_finish_on")


def projects(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {"stage": "construction", "investment_planned": 1000.0} | dict.fromkeys(DAYS)
    filled = [usual | {"project_code": f"p{n}"} | row for n, row in enumerate(rows)]
    frame = pd.DataFrame(filled)
    return frame.astype(dict.fromkeys((*DAYS, "stage", "project_code"), "str"))


def report(
    project: str, on: str, planned: float | None, actual: float | None, spent: float | None
) -> dict[str, object]:
    return {
        "project_code": project,
        "reported_on": on,
        "physical_planned_pct": planned,
        "physical_actual_pct": actual,
        "investment_planned": None,
        "investment_actual": spent,
    }


def progress(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows) or [report("-", "2020", None, None, None)])
    figures = ["physical_planned_pct", "physical_actual_pct", "investment_planned", "investment_actual"]
    return frame.astype({"project_code": "str", "reported_on": "str"} | dict.fromkeys(figures, "float64"))
