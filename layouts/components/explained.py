"""A number that explains itself: definition, caliber, source, base and coverage, one hover, tap or focus away."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from layouts.formatting import Formatter, Shown, known
from layouts.texts import Texts

Fact = tuple[str, str]
_MARKS = ("contains_estimated", "contains_suspect", "misses_suppressed")


def explained(children: Any, facts: Sequence[Fact], class_name: str = "") -> html.Span:
    """children, with facts (label, text) that assets/js/shell_explain.js shows as text in one floating card."""
    attributes = {"data-explain": explanation(facts)}
    return html.Span(children, className=f"explained {class_name}".strip(), tabIndex="0", role="note", **attributes)


def explanation(facts: Sequence[Fact]) -> str:
    """The attribute `data-explain` of anything that explains itself."""
    return json.dumps([list(fact) for fact in facts if fact[1]], ensure_ascii=False)


def figure(shown: Shown) -> list[Any]:
    """Digits, and the unit set smaller."""
    return [
        html.Span(shown.text, className="digits"),
        *([html.Span(shown.unit, className="unit")] if shown.unit else []),
    ]


def value_facts(
    formatter: Formatter, indicator: Mapping[Any, Any], value: Mapping[Any, Any], period: str | None
) -> list[Fact]:
    """All that is known about one value of one indicator."""
    texts = formatter.texts
    return [
        *indicator_facts(texts, indicator),
        (texts("explain.caliber"), _text(value, "caliber") or _text(indicator, "caliber")),
        (texts("explain.period"), formatter.period(period)),
        (texts("explain.status"), value_status(texts, value)),
        (texts("explain.origin"), texts(f"value.{value['origin']}") if _text(value, "origin") else ""),
        (texts("explain.base"), _base(formatter, value)),
        (texts("explain.coverage"), _coverage(formatter, value)),
        (
            texts("explain.marks"),
            texts("list.comma").join(texts(f"explain.{m}") for m in _MARKS if value.get(m) is True),
        ),
        (texts("explain.grade"), texts.grade(value.get("grade"))),
        (texts("explain.source"), _text(value, "source")),
        (texts("explain.boundary"), _text(value, "boundary_version")),
        (texts("explain.updated"), _text(value, "updated_at")[:10]),
    ]


def indicator_facts(texts: Texts, indicator: Mapping[Any, Any]) -> list[Fact]:
    return [
        ("", texts.name(indicator)),
        (texts("explain.definition"), texts.name(indicator, "definition")),
        (texts("explain.formula"), _text(indicator, "formula")),
    ]


def value_status(texts: Texts, value: Mapping[Any, Any]) -> str:
    """The contract's word for the value, or that nothing is recorded and nothing rolls up."""
    status = _text(value, "status")
    if status:
        return texts(f"value.{status}")
    return texts("value.none") if known(value.get("value")) is None else ""


def _base(formatter: Formatter, value: Mapping[Any, Any]) -> str:
    top, bottom = value.get("numerator"), value.get("denominator")
    if known(top) is None or known(bottom) is None:
        return ""
    return formatter.texts("base.ratio", numerator=formatter.number(top), denominator=formatter.number(bottom))


def _coverage(formatter: Formatter, value: Mapping[Any, Any]) -> str:
    children = known(value.get("coverage_children"))
    if not children or _text(value, "origin") != "rolled_up":
        return ""
    texts = formatter.texts
    contributing = formatter.number(value.get("coverage_contributing"), 0)
    said = [texts("explain.coverage_text", contributing=contributing, children=formatter.number(children, 0))]
    share = known(value.get("coverage_population_share"))
    if share is not None:
        said.append(texts("explain.coverage_population", share=formatter.number(share * 100, 0)))
    return texts("list.comma").join(said)


def _text(row: Mapping[Any, Any], column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""
