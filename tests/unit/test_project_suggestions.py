from pathlib import Path

import pandas as pd
import pytest

from analysis.projects.suggestion_rules import InvalidRules, read_rules
from analysis.projects.suggestions import suggest

RULES = """
[weights]
severity = 1
people = 1

[[rule]]
code = "homes"
project_type = "housing"
when.dimension = ["housing"]
least_problems = 2

[[rule]]
code = "anything"
project_type = "works"
when.kind = ["engineering"]
least_problems = 2
"""


def rules_file(folder: Path, text: str = RULES) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "dimension", "severity", "is_answered"])
    return frame.assign(problem_code=[f"q{n}" for n in range(len(rows))], kind="engineering", track=None, indicator="i")


AREAS = pd.DataFrame(
    {"area_code": ["a", "b"], "population": [9000.0, 1000.0], "satisfaction": [50.0, None], "potential": [None, None]}
)


def test_a_problem_suggests_one_project_only_and_answered_ones_suggest_none(tmp_path: Path) -> None:
    listed = problems(
        ("a", "housing;x", "critical", False),
        ("a", "housing", "general", False),
        ("a", "block", "general", False),
        ("b", "block", "serious", False),
        ("b", "block", "serious", False),
        ("b", "block", "critical", True),
    )
    found = suggest(listed, AREAS, read_rules(rules_file(tmp_path)))
    assert found.listed[["rule", "area_code", "problems"]].to_numpy().tolist() == [
        ["homes", "a", 2],
        ["anything", "b", 2],
    ]
    assert (found.answered, found.below_least, found.fitting_none) == (1, 1, 0)


def test_the_score_weighs_what_is_known_and_says_how_much_that_is(tmp_path: Path) -> None:
    listed = problems(("a", "housing", "critical", False), ("a", "housing", "general", False))
    row = suggest(listed, AREAS.assign(population=None), read_rules(rules_file(tmp_path))).listed.iloc[0]
    assert (row["score"], row["score_basis_pct"]) == (pytest.approx(100 * 2 / 3), 50)


def test_no_problems_suggest_nothing(tmp_path: Path) -> None:
    assert suggest(problems().astype({"is_answered": bool}), AREAS, read_rules(rules_file(tmp_path))).listed.empty


def test_problems_that_fit_no_rule_suggest_nothing_and_are_counted(tmp_path: Path) -> None:
    listed = problems(("a", "block", "general", False)).astype({"severity": "str"}).assign(kind="management")
    found = suggest(listed, AREAS, read_rules(rules_file(tmp_path)))
    assert found.listed.empty and found.fitting_none == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[weights]\nluck = 1", "severity"),
        ("[weights]\nseverity = 0", "not all 0"),
        (RULES.replace("when.kind", "when.colour"), "when"),
        (RULES.replace('"anything"', '"homes"'), "share the code"),
        (RULES.replace("least_problems = 2", "least_problems = 0"), "least_problems"),
        (RULES.replace('project_type = "works"', ""), "project_type"),
        (RULES.replace('["engineering"]', '["enginering"]'), "enginering"),
        (RULES.replace('["engineering"]', '"engineering"'), "list of texts"),
        (RULES + '[potential]\nindicators = "H01"', "potential"),
        (RULES + "[wieghts]", "wieghts"),
        ("[weights]\nseverity = 1", "no .*rule"),
        ("[weights]\nseverity = true", "numbers"),
        ("[weights", "rules.toml"),
    ],
)
def test_a_rules_file_that_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidRules, match=said):
        read_rules(rules_file(tmp_path, text))


def test_the_rules_that_ship_can_be_used() -> None:
    assert len(read_rules().rules) >= 3
