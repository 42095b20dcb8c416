"""Values that are missing, impossible or hard to believe."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Float, and_, case, cast, func, or_, select

from data_access.checking.findings import Finding, ask, collect
from data_access.contract import area, indicator, indicator_value, reference_value
from data_access.importing.count_units import COUNT_UNITS
from data_access.period import parse_period

_PLACE = (indicator_value.c.indicator_code, indicator_value.c.area_code, indicator_value.c.period)


def check_gaps(connection: Connection) -> Iterator[Finding]:
    """Areas without a row in a period, at the levels where the indicator is collected; and years left out between."""
    value = indicator_value.c
    rows = (
        select(value.indicator_code, area.c.level, value.period, func.count().label("recorded"))
        .join(area, area.c.area_code == value.area_code)
        .group_by(value.indicator_code, area.c.level, value.period)
        .order_by(value.indicator_code, area.c.level, value.period)
    )
    sizes: dict[str, int] = dict(connection.execute(select(area.c.level, func.count()).group_by(area.c.level)).all())
    found = connection.execute(rows).all()
    gaps = (
        {
            "indicator_code": code,
            "level": level,
            "period": period,
            "missing": sizes[level] - recorded,
            "areas": sizes[level],
        }
        for code, level, period, recorded in found
        if recorded < sizes[level]
    )
    message = "indicator × level × period with areas that have no row"
    yield from collect("gap", "warning", message, sorted(gaps, key=lambda gap: -gap["missing"]))
    years: dict[tuple[str, str], set[int]] = {}
    for code, level, period, _ in found:
        if period.isdigit():
            years.setdefault((code, level), set()).add(int(period))
    missing = (
        {"indicator_code": code, "level": level, "period": str(year), "missing": sizes[level], "areas": sizes[level]}
        for (code, level), known in sorted(years.items())
        for year in sorted(set(range(min(known), max(known))) - known)
    )
    yield from collect("missing_year", "warning", "years between two recorded ones without any row", missing)


def check_lengths(connection: Connection) -> Iterator[Finding]:
    """Indicators recorded in periods of different length: separate series."""
    pairs = select(indicator_value.c.indicator_code, indicator_value.c.period).distinct()
    series: dict[str, dict[str, str]] = {}
    broken: list[dict[str, Any]] = []
    for code, period in connection.execute(pairs.order_by(*pairs.selected_columns)):
        try:
            series.setdefault(code, {}).setdefault(parse_period(period).series, period)
        except ValueError:
            broken.append({"indicator_code": code, "period": period})
    yield from collect("malformed_period", "error", "periods that the contract does not know", broken)
    mixed = (
        {"indicator_code": code, "periods": list(kinds.values())} for code, kinds in series.items() if len(kinds) > 1
    )
    yield from collect("mixed_periods", "warning", "indicators with periods of different length", mixed)


def check_plausibility(connection: Connection) -> Iterator[Finding]:
    """Negative counts, shares outside 0-100 %, ratios that are not their numerator over their denominator.

    Percentages that do not roll up, such as a coefficient of variation, may exceed 100.
    """
    value = indicator_value.c
    joined = select(*_PLACE, value.value).join(indicator, indicator.c.indicator_code == value.indicator_code)
    counts = and_(indicator.c.aggregation == "sum", indicator.c.unit.in_(COUNT_UNITS), value.value < 0)
    yield from ask(connection, "negative_count", "warning", "counts below zero", joined.where(counts).order_by(*_PLACE))
    shares = and_(indicator.c.unit.in_(("%", "％")), indicator.c.aggregation.in_(("ratio", "weighted_mean")))
    outside = and_(shares, or_(value.value < 0, value.value > 100))  # noqa: PLR2004
    message = "percentages below 0 or above 100"
    yield from ask(connection, "percentage_out_of_range", "warning", message, joined.where(outside).order_by(*_PLACE))
    yield from _ratios(connection)


def _ratios(connection: Connection) -> Iterator[Finding]:
    """A ratio may be rounded to the decimals of its indicator, and is not held to more than five significant digits."""
    value = indicator_value.c
    scale = func.coalesce(indicator.c.ratio_scale, 100)
    computed = scale * value.numerator / cast(value.denominator, Float)
    rounding = case({n: 0.51 * 10.0**-n for n in range(10)}, value=indicator.c.decimals, else_=0.01)
    tolerance = rounding + 1e-5 * func.abs(computed)
    wrong = and_(
        indicator.c.aggregation == "ratio", value.denominator != 0, func.abs(value.value - computed) > tolerance
    )
    rows = (
        select(*_PLACE, value.value, computed.label("computed"))
        .join(indicator, indicator.c.indicator_code == value.indicator_code)
        .where(wrong)
    )
    message = "values that differ from ratio_scale × numerator / denominator"
    yield from ask(connection, "ratio_differs", "warning", message, rows.order_by(*_PLACE))


def check_weights(connection: Connection) -> Iterator[Finding]:
    """Areas without population or size at a level where others have it: weighted means and coverage pass over them."""
    for name in ("population", "area_km2"):
        sized = select(area.c.level).where(area.c[name].is_not(None))
        bare = select(area.c.area_code, area.c.level).where(area.c[name].is_(None), area.c.level.in_(sized))
        message = f"areas without {name} at a level where others have it"
        yield from ask(connection, "area_without_weight", "warning", message, bare.order_by(area.c.area_code))


def check_references(connection: Connection) -> Iterator[Finding]:
    """Standards and targets that nobody has verified."""
    reference = reference_value.c
    rows = select(reference.reference_code, reference.indicator_code, reference.source_title)
    rows = rows.where(reference.verified.is_(False)).order_by(reference.reference_code)
    yield from ask(connection, "unverified_reference", "warning", "reference values marked as not verified", rows)
