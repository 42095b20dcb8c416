"""From recorded to shown, slow and obvious: the contract's section read aloud, one area at a time.

The store's SQL is compared with this in test_rollup_properties.py. Nothing here is fast and nothing is shared with it.
"""

from dataclasses import dataclass

from data_access.period import parse_period


@dataclass(frozen=True)
class Area:
    code: str
    parent: str | None
    partition: str
    population: int | None = None
    area_km2: float | None = None


@dataclass(frozen=True)
class Recorded:
    status: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    rolls_up: bool = True

    @property
    def has_value(self) -> bool:
        return self.status in {"valid", "estimated", "suspect"}


@dataclass(frozen=True)
class Indicator:
    code: str
    aggregation: str
    weight_column: str | None = None
    weight_indicator: str | None = None
    ratio_scale: float | None = None


@dataclass(frozen=True)
class Shown:
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str | None = None
    origin: str | None = None
    contributing: int | None = None
    children: int | None = None
    population_share: float | None = None
    contains_estimated: bool = False
    contains_suspect: bool = False
    misses_suppressed: bool = False


@dataclass(frozen=True)
class Leaf:
    """An area on the frontier that contributes."""

    area: Area
    row: Recorded
    weight: float


class City:
    """Areas by code, and recorded rows by (indicator, area, period)."""

    def __init__(self, areas: list[Area], rows: dict[tuple[str, str, str], Recorded]) -> None:
        self.areas = {area.code: area for area in areas}
        self.rows = rows

    def shown(self, indicator: Indicator, code: str, period: str) -> Shown:
        row = self.rows.get((indicator.code, code, period))
        if row is not None and row.status != "not_collected":
            return Shown(row.value, row.numerator, row.denominator, row.status, "recorded")
        figure = None if indicator.aggregation == "none" else self.rolled_up(indicator, self.areas[code], period)
        if figure is not None:
            return figure
        return Shown() if row is None else Shown(status="not_collected", origin="recorded")

    def rolled_up(self, indicator: Indicator, area: Area, period: str) -> Shown | None:
        children = self.tiles(area)
        branches = [self.frontier(indicator, child, period) for child in children]
        leaves = [leaf for found, _ in branches for leaf in found]
        value = _value(indicator, leaves)
        if value is None:
            return None
        is_ratio = indicator.aggregation == "ratio"
        return Shown(
            value=value,
            numerator=sum(leaf.row.numerator for leaf in leaves) if is_ratio else None,
            denominator=sum(leaf.row.denominator for leaf in leaves) if is_ratio else None,
            status="valid",
            origin="rolled_up",
            contributing=sum(1 for found, _ in branches if found),
            children=len(children),
            population_share=_share(area, leaves),
            contains_estimated=any(leaf.row.status == "estimated" for leaf in leaves),
            contains_suspect=any(leaf.row.status == "suspect" for leaf in leaves),
            misses_suppressed=any(suppressed for _, suppressed in branches),
        )

    def tiles(self, area: Area) -> list[Area]:
        """Children of the area's own partition if it has any there, else the administrative ones."""
        children = [child for child in self.areas.values() if child.parent == area.code]
        own = [child for child in children if child.partition == area.partition]
        return own or [child for child in children if child.partition == "administrative"]

    def frontier(self, indicator: Indicator, area: Area, period: str) -> tuple[list[Leaf], bool]:
        """The contributing areas of one branch, and whether a suppressed one was left out."""
        row = self.rows.get((indicator.code, area.code, period))
        if row is not None:
            if not row.rolls_up:
                return [], False
            if row.status == "suppressed":
                return [], True
            if row.status == "not_applicable":
                return [], False
            has_half = (row.numerator is None) != (row.denominator is None)
            lacks_pair = row.has_value and row.numerator is None
            if indicator.aggregation == "ratio" and (has_half or lacks_pair):
                return [], False
            if row.has_value:
                weight = self.weight(indicator, area, period)
                return ([], False) if weight is None else ([Leaf(area, row, weight)], False)
        below = [self.frontier(indicator, child, period) for child in self.tiles(area)]
        return [leaf for found, _ in below for leaf in found], any(suppressed for _, suppressed in below)

    def weight(self, indicator: Indicator, area: Area, period: str) -> float | None:
        if indicator.aggregation != "weighted_mean":
            return 1.0
        if indicator.weight_indicator is None:
            return area.population if indicator.weight_column == "population" else area.area_km2
        own = {
            p: row.value
            for (i, a, p), row in self.rows.items()
            if (i, a) == (indicator.weight_indicator, area.code) and row.has_value
        }
        if period in own:
            return own[period]
        ended = [parse_period(p) for p in own if parse_period(p).ends_on < parse_period(period).ends_on]
        if not ended:
            return None
        return own[max(ended, key=lambda p: (p.ends_on, p.starts_on)).text]


def _value(indicator: Indicator, leaves: list[Leaf]) -> float | None:
    if not leaves:
        return None
    if indicator.aggregation == "sum":
        return sum(leaf.row.value for leaf in leaves)
    if indicator.aggregation == "ratio":
        denominator = sum(leaf.row.denominator for leaf in leaves)
        scale = 100.0 if indicator.ratio_scale is None else indicator.ratio_scale
        return None if denominator == 0 else sum(leaf.row.numerator for leaf in leaves) / denominator * scale
    weight = sum(leaf.weight for leaf in leaves)
    return None if weight == 0 else sum(leaf.row.value * leaf.weight for leaf in leaves) / weight


def _share(area: Area, leaves: list[Leaf]) -> float | None:
    known = [leaf.area.population for leaf in leaves if leaf.area.population is not None]
    return sum(known) / area.population if area.population and known else None
