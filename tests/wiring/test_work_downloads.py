"""Lists of problems and projects and the curve of the money, taken away as rows."""

import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from tests.builders import city, problem, project, write_package

EVIL = "=1+1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("work")
    reports = [
        {
            "project_code": "late",
            "reported_on": month,
            "physical_planned_pct": 50,
            "investment_planned": 100,
            "investment_actual": spent,
        }
        for month, spent in (("2024-11", 40), ("2024-12", 60))
    ]
    tables = city(
        problem=[
            problem("old", "0101", due_on="2024-06", title_zh=EVIL, severity="critical"),
            problem("new", "0102", due_on="2025-12"),
        ],
        project=[
            project("late", "0101", planned_finish_on="2024-12", stage="construction", investment_planned=100),
            project("done", "0101", planned_finish_on="2024", stage="completed", actual_finish_on="2024-05"),
        ],
        project_progress=reports,
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", tables)], url)
    settings = Settings(database_url=url, today=date(2025, 3, 31))
    return create_app(open_store(url), settings).server.test_client()


def taken(client: FlaskClient, table: str, search: str = "") -> pd.DataFrame:
    answer = client.get(f"/download/{table}.csv?area=01{search}")
    assert answer.status_code == 200
    return pd.read_csv(io.BytesIO(answer.data))


def test_the_problem_list_has_a_row_per_problem_in_words_and_formulas_are_text(client: FlaskClient) -> None:
    rows = taken(client, "problems", "&lang=en").set_index("problem_code")
    assert rows.loc["old", ["severity", "deadline", "name"]].to_list() == ["Critical", "Overdue", f"'{EVIL}"]
    assert rows.loc["new", "due_on"] == "2025-12"


def test_a_list_is_narrowed_down_as_its_view_is_and_nowhere_else(client: FlaskClient) -> None:
    overdue = "&filter=deadline:overdue"
    assert list(taken(client, "problems", f"&view=problems{overdue}")["problem_code"]) == ["old"]
    assert len(taken(client, "problems", f"&view=overview{overdue}")) == 2


def test_the_project_list_says_what_is_late_first_and_by_how_many_days(client: FlaskClient) -> None:
    rows = taken(client, "projects")
    assert list(rows["project_code"]) == ["late", "done"]
    assert rows["delay_days"].iloc[0] == 90


def test_the_money_is_taken_away_month_by_month(client: FlaskClient) -> None:
    curve = taken(client, "investment").set_index("month")
    assert curve["investment_actual"].dropna().to_dict() == {"2024-11": 40, "2024-12": 60}
