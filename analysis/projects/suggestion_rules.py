"""The rules that turn problems into suggested projects, read from a file that a city may edit."""

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

DEFAULT_RULES = Path(__file__).with_name("suggestion-rules.toml")
COMPONENTS = ("severity", "people", "density", "satisfaction", "potential")
CONDITIONS = ("dimension", "indicator", "kind", "severity", "track")
WORDS = {
    "kind": ("management", "engineering"),
    "severity": ("general", "serious", "critical"),
    "track": ("time_limited", "best_effort"),
}
"""The contract's words of the conditions that have a closed list."""
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
    """potential: the indicators whose room for improvement is an area's potential; none: every one with a direction."""

    rules: tuple[Rule, ...]
    weights: Mapping[str, float]
    potential: tuple[str, ...] = ()


def read_rules(path: Path = DEFAULT_RULES) -> Rules:
    """Raises InvalidRules with the file's name and what is wrong in it."""
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidRules) as error:
        raise InvalidRules(f"{path.name}: {error}") from error


def _rules(data: Mapping[str, Any]) -> Rules:
    unknown = data.keys() - {"weights", "potential", "rule"}
    if unknown:
        raise InvalidRules(f"there are [weights], [potential] and [[rule]] only, not {', '.join(sorted(unknown))}")
    weights = data.get("weights", {})
    if not isinstance(weights, dict) or not weights or not weights.keys() <= set(COMPONENTS):
        raise InvalidRules(f"[weights] names some of {', '.join(COMPONENTS)}")
    if not all(
        isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight < math.inf
        for weight in weights.values()
    ) or not sum(weights.values()):
        raise InvalidRules("[weights] are numbers from 0 up, not all 0")
    entries = data.get("rule", [])
    if not entries or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidRules("there is no [[rule]]")
    rules = tuple(_rule(entry) for entry in entries)
    twice = [code for code, count in Counter(rule.code for rule in rules).items() if count > 1]
    if twice:
        raise InvalidRules(f"two rules share the code {twice[0]!r}")
    return Rules(
        rules, {name: float(weight) for name, weight in weights.items()}, _potential(data.get("potential", {}))
    )


def _potential(entry: object) -> tuple[str, ...]:
    codes = entry.get("indicators", []) if isinstance(entry, dict) and entry.keys() <= {"indicators"} else None
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise InvalidRules('[potential] holds `indicators`, a list of codes such as ["H01", "C15"]')
    return tuple(codes)


def _rule(entry: Mapping[str, Any]) -> Rule:
    code = str(entry.get("code", "?"))
    unknown = entry.keys() - _KEYS
    if unknown or not {"code", "project_type", "when"} <= entry.keys():
        raise InvalidRules(f"rule {code!r} needs code, project_type and when; unknown here: {sorted(unknown)}")
    least = entry.get("least_problems", 1)
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise InvalidRules(f"rule {code!r}: least_problems is a whole number from 1 up, not {least!r}")
    when = _conditions(code, entry["when"])
    name_zh = entry.get("name_zh") or entry.get("name_en") or code
    return Rule(code, name_zh, entry.get("name_en") or name_zh, str(entry["project_type"]), when, least)


def _conditions(code: str, when: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(when, dict) or not when or not when.keys() <= set(CONDITIONS):
        raise InvalidRules(f"rule {code!r}: `when` names some of {', '.join(CONDITIONS)}")
    for condition, words in when.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise InvalidRules(f'rule {code!r}: when.{condition} is a list of texts such as ["a"], not {words!r}')
        wrong = [word for word in words if word not in WORDS.get(condition, words)]
        if wrong:
            known = ", ".join(WORDS[condition])
            raise InvalidRules(f"rule {code!r}: when.{condition} is one of {known}, not {wrong[0]!r}")
    return {condition: tuple(words) for condition, words in when.items()}


def _any_word(column: pd.Series, words: tuple[str, ...]) -> pd.Series:
    wanted = set(words)
    return column.astype("str").fillna("").map(lambda cell: not wanted.isdisjoint(cell.split(";"))).astype(bool)
