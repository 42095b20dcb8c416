"""The rules that turn problems into suggested projects, read from a file that a city may edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

DEFAULT_RULES = Path(__file__).with_name("suggestion-rules.toml")
COMPONENTS = ("severity", "people", "density", "satisfaction", "potential")
CONDITIONS = ("dimension", "indicator", "kind", "severity", "track")
_KEYS = {"code", "name_zh", "name_en", "project_type", "when", "least_problems"}


class InvalidRules(ValueError):
    """A rules file that cannot be used, in words a person can act on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `least_problems` problems of one area that fit every condition of `when` suggest one project."""

    code: str
    name_zh: str
    name_en: str
    project_type: str
    when: Mapping[str, tuple[str, ...]]
    least_problems: int

    def fits(self, problems: pd.DataFrame) -> pd.Series:
        """problems: one column per condition; `dimension` may hold several words joined by `;`."""
        fitting = pd.Series(True, index=problems.index)
        for condition, words in self.when.items():
            fitting &= _any_word(problems[condition], words)
        return fitting


@dataclass(frozen=True, slots=True)
class Rules:
    rules: tuple[Rule, ...]
    weights: Mapping[str, float]


def read_rules(path: Path = DEFAULT_RULES) -> Rules:
    """Raises InvalidRules with the file's name and what is wrong in it."""
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidRules) as error:
        raise InvalidRules(f"{path.name}: {error}") from error


def _rules(data: Mapping[str, Any]) -> Rules:
    weights = data.get("weights", {})
    if not weights or not weights.keys() <= set(COMPONENTS):
        raise InvalidRules(f"[weights] names some of {', '.join(COMPONENTS)}")
    if not all(isinstance(weight, int | float) and weight >= 0 for weight in weights.values()) or not sum(
        weights.values()
    ):
        raise InvalidRules("[weights] are numbers from 0 up, not all 0")
    rules = tuple(_rule(entry) for entry in data.get("rule", []))
    codes = [rule.code for rule in rules]
    if len(set(codes)) < len(codes):
        raise InvalidRules(f"two rules share a code: {codes}")
    return Rules(rules, {name: float(weight) for name, weight in weights.items()})


def _rule(entry: Mapping[str, Any]) -> Rule:
    code = str(entry.get("code", "?"))
    unknown = entry.keys() - _KEYS
    if unknown or not {"code", "project_type", "when"} <= entry.keys():
        raise InvalidRules(f"rule {code!r} needs code, project_type and when; unknown here: {sorted(unknown)}")
    if not entry["when"] or not entry["when"].keys() <= set(CONDITIONS):
        raise InvalidRules(f"rule {code!r}: `when` names some of {', '.join(CONDITIONS)}")
    least = entry.get("least_problems", 1)
    if not isinstance(least, int) or least < 1:
        raise InvalidRules(f"rule {code!r}: least_problems is a whole number from 1 up")
    when = {condition: tuple(str(word) for word in words) for condition, words in entry["when"].items()}
    name_zh = entry.get("name_zh") or entry.get("name_en") or code
    return Rule(code, name_zh, entry.get("name_en") or name_zh, str(entry["project_type"]), when, least)


def _any_word(column: pd.Series, words: tuple[str, ...]) -> pd.Series:
    wanted = set(words)
    return column.astype("str").fillna("").map(lambda cell: not wanted.isdisjoint(cell.split(";"))).astype(bool)
