"""Loading, checking and exporting as a person types them; and the import guide, followed to the letter."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.cli import app
from tests.builders import city, value, write_package

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "import.md"


Run = Callable[..., Result]


@pytest.fixture
def run(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, url: str = database) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--database", url])

    return invoke


def guide_files(folder: Path) -> Path:
    """The CSV files of the worked example."""
    folder.mkdir()
    for name, text in re.findall(
        r"`(\w+\.csv)`[^\n]*\n\n```csv\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_worked_example_of_the_guide_loads_and_answers_as_printed(run: Run, tmp_path: Path) -> None:
    result = run("load", guide_files(tmp_path / "lakeside"))
    assert result.exit_code == 0
    printed = re.search(r"answers\n\n```text\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert printed is not None
    assert re.sub(r"[\d.]+ s:", "s:", result.stdout) == re.sub(r"[\d.]+ s:", "s:", printed[1])
    assert "3 warnings" in result.stderr


def test_the_fault_of_the_guide_is_reported_as_printed(run: Run, tmp_path: Path) -> None:
    folder = guide_files(tmp_path / "lakeside")
    values = folder / "indicator_value.csv"
    values.write_text(values.read_text(encoding="utf-8").replace(",,not_collected", ",abc,valid"), encoding="utf-8")
    result = run("load", folder, "--report", "faults.csv")
    assert result.exit_code == 1
    printed = re.search(r"\| (indicator_value\.csv .*?) \|\n", GUIDE.read_text(encoding="utf-8"))
    assert printed is not None
    row = Path("faults.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert row.replace('"', "") == "fault," + ",".join(printed[1].split(" | "))


def test_a_refused_package_leaves_a_report_and_names_it(run: Run, tmp_path: Path) -> None:
    result = run("load", write_package(tmp_path / "bad", city(indicator_value=[value("N", "x")])))
    assert result.exit_code == 1
    assert "nothing was changed" in result.stderr
    assert Path("bad-faults.csv").is_file()


def test_a_terminal_is_not_steered_by_what_a_file_says(run: Run, tmp_path: Path) -> None:
    result = run("load", write_package(tmp_path / "bad", city(indicator_value=[value("N", "\x1b[2J[red]x[/]")])))
    assert "\x1b[2J" not in result.stderr
    assert "[red]x" in result.stderr.replace("\n", "")


def test_a_database_that_cannot_be_reached_is_exit_code_three(run: Run, tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    package = write_package(tmp_path / "package", city())
    for command in (["load", package], ["init"], ["check"], ["export-package", "out"]):
        result = run(*command, url=nowhere)
        assert (result.exit_code, "Traceback" in result.output) == (3, False)


@pytest.mark.parametrize("crs", ["4490", "EPSG:0", "+proj=longlat", "EPSG:4490:1"])
def test_a_crs_that_is_none_is_wrong_usage(crs: str, run: Run, tmp_path: Path) -> None:
    assert run("load", write_package(tmp_path / "package", city()), "--crs", crs).exit_code == 2


def test_init_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    run("load", write_package(tmp_path / "package", city()))
    assert run("init").exit_code == 0
    assert json.loads(run("check", "--json").stdout)["data_version"] == 1


def test_the_doctor_fails_on_errors_and_not_on_warnings(run: Run, tmp_path: Path) -> None:
    run("load", write_package(tmp_path / "package", city()))
    result = run("check", "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(answer) == {"contract_version", "data_version", "errors", "warnings", "findings"}
    assert set(answer["findings"][0]) == {"check", "severity", "count", "message", "examples"}
    assert run("check").exit_code == 0


def test_an_export_loads_again(run: Run, tmp_path: Path) -> None:
    run("load", write_package(tmp_path / "package", city()))
    assert run("export-package", "out.zip").exit_code == 0
    assert run("export-package", "out.zip").exit_code == 1
    assert run("load", "out.zip").exit_code == 0
