"""A standard in short: `≥ 85`, `≤ 20`, `4–6`."""

from collections.abc import Mapping
from typing import Any

from layouts.formatting import Formatter, known


def standard_text(formatter: Formatter, low: object, high: object, decimals: object = None) -> str:
    """Empty where there is no bound. A standard is shown as it is written, not with the indicator's decimals."""
    texts, bottom, top = formatter.texts, known(low), known(high)
    if bottom is not None and top is not None:
        return texts("operator.between", low=formatter.number(bottom, decimals), high=formatter.number(top, decimals))
    if bottom is not None:
        return texts("operator.ge", value=formatter.number(bottom, decimals))
    return texts("operator.le", value=formatter.number(top, decimals)) if top is not None else ""


def reference_text(formatter: Formatter, reference: Mapping[Any, Any]) -> str:
    """One row of reference_value in short."""
    operator, value = reference["operator"], reference["value"]
    low = None if operator == "<=" else value
    high = {"<=": value, "between": reference["value_high"]}.get(operator)
    return standard_text(formatter, low, high)


def reference_line(formatter: Formatter, reference: Mapping[Any, Any]) -> str:
    """One reference in full, for the explanation: what, how much, from where, and whether it was verified."""
    texts = formatter.texts
    source = " ".join(reference[part] for part in ("source_title", "clause") if isinstance(reference[part], str))
    mark = "" if reference["verified"] else f"({texts('explain.unverified')})"
    parts = (texts.name(reference), reference_text(formatter, reference), source)
    return " ".join(part for part in parts if part) + mark
