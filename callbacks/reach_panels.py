"""The panels of the reach view: what is asked, the figures, the table."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.reach import services
from analysis.reach.graph import MODES, SNAP_TOLERANCE_M
from callbacks.link import to_search
from callbacks.reach_choice import MINUTES
from callbacks.reach_scene import ReachScene
from layouts.components.explained import Fact, indicator_facts
from layouts.components.panel import joined, no_data, panel, panel_head
from layouts.components.taking import taking_menu
from layouts.reach.controls import Option, controls
from layouts.reach.summary import Asked, around, compared, summary, warning
from layouts.reach.table import coverage_table

PERSONS = "人"
TABLE = "reach"


def controls_panel(at: ReachScene) -> Any:
    texts = at.at.texts
    modes: list[Option] = [(texts(f"reach.mode_{mode}"), at.asking(mode=mode), mode == at.mode) for mode in MODES]
    minutes: list[Option] = [
        (texts("reach.minutes", minutes=one), at.asking(minutes=one), one == at.minutes) for one in MINUTES
    ]
    back = {"reach": at.asking(at=None)} if at.choice.at else None
    return panel(texts("reach.asked"), controls(texts, _facilities(at), modes, minutes, at.speed, back))


def _facilities(at: ReachScene) -> list[Option]:
    """The services first, then every other layer of points."""
    known = [layer for _, layer in services.offered(at.layers)]
    points = at.layers[at.layers["geometry_type"].fillna("").str.contains("Point")]["layer_code"]
    codes = [*known, *(code for code in points if code not in known)]
    titles = {row["layer_code"]: at.at.texts.name(row, "title") for row in at.layers.to_dict("records")}
    return [(titles[code], at.asking(layer=code, mode=None, minutes=None), code == at.layer) for code in codes]


def summary_panel(at: ReachScene) -> Any:
    texts, formatter = at.at.texts, at.at.formatter
    title = joined(texts("reach.summary"), at.at.area_name)
    if at.layer is None:
        return panel(title, no_data(texts("reach.no_layer")))
    row = _row(at, at.map.parent)
    asked = Asked(at.facility_title, _question(at), reach_facts(at), not at.has_roads, PERSONS)
    said = summary(formatter, asked, row, len(at.choice.plus), at.asking(plus=()))
    if at.is_off_network:
        said.append(warning(texts("reach.off_network", metres=int(SNAP_TOLERANCE_M))))
    elif at.choice.at:
        said.append(around(formatter, at.bands, at.around, PERSONS, reach_facts(at)))
    if at.indicator is not None:
        name = joined(texts.name(at.indicator), formatter.period(at.period))
        said.append(compared(formatter, row, name, land_facts(at), at.same))
    return panel(title, said)


def table_title(at: ReachScene) -> Any:
    texts = at.at.texts
    title = joined(texts("reach.table"), at.at.area_name)
    search = to_search(at.at.selection)
    return panel_head(title, taking_menu(texts, TABLE, search, joined(title, _question(at), texts("reach.computed"))))


def table_panel(at: ReachScene) -> Any:
    if at.layer is None:
        return no_data(at.at.texts("reach.no_layer"))
    rows = at.by_area.reindex(list(at.map.bundle.codes)).sort_values("share_pct", kind="stable", na_position="last")
    listed = rows.assign(
        area_code=rows.index, name=[at.names.get(str(code), str(code)) for code in rows.index], change_pct=_change(rows)
    )
    about = {
        "share_pct": reach_facts(at), "unserved": reach_facts(at), "land_pct": land_facts(at),
        "reported": reported_facts(at), "difference_pct": land_facts(at),
    }  # fmt: skip
    return coverage_table(
        at.at.formatter, listed.to_dict("records"), about, has_added=bool(at.choice.plus),
        has_land=bool(at.by_area["land_pct"].notna().any()), has_reported=at.indicator is not None, selected=at.at.area,
    )  # fmt: skip


def _change(rows: pd.DataFrame) -> Any:
    return rows["share_pct"] - rows["before_share_pct"] if "before_share_pct" in rows else None


def _row(at: ReachScene, code: str) -> Mapping[Any, Any]:
    row: Mapping[Any, Any] = at.by_area.loc[[code]].to_dict("records")[0]
    return row


def _question(at: ReachScene) -> str:
    texts = at.at.texts
    mode = texts(f"reach.mode_{at.mode}")
    key = "reach.question_out" if at.service and at.service.outward else "reach.question"
    return texts(key, mode=mode, minutes=at.minutes, facility=at.facility_title)


def reach_facts(at: ReachScene) -> list[Fact]:
    """What the computed share of residents is: method, base, n, sources."""
    texts, formatter, people = at.at.texts, at.at.formatter, at.data.people()
    titles = {row["layer_code"]: texts.name(row, "title") for row in at.layers.to_dict("records")}
    roads = services.base_layer("roads", at.layers)
    used = [titles[code] for code in (at.layer, roads, people.layer) if code]
    mine = int(people.rows["area_code"].isin(list(at.lines)).sum())
    count = len(at.data.facilities(at.layer).shapes) if at.layer else 0
    basis = texts(f"reach.basis_{people.basis}", n=formatter.number(mine, 0))
    shared = texts("reach.shared_by", column=people.weighted_by) if people.weighted_by else ""
    return [
        ("", _question(at)),
        (texts("explain.status"), texts("reach.computed")),
        (texts("reach.method"), texts("reach.method_network" if at.has_roads else "reach.straight")),
        (texts("reach.assumed"), at.speed),
        (texts("explain.base"), texts("list.comma").join(part for part in (basis, shared) if part)),
        (texts("reach.facilities"), formatter.number(count, 0)),
        (texts("explain.source"), texts("list.comma").join(used)),
        (texts("explain.updated"), formatter.day(at.at.store.contract().updated_at)),
    ]


def land_facts(at: ReachScene) -> list[Fact]:
    """What is computed in the caliber of the reported indicator."""
    texts, formatter, land = at.at.texts, at.at.formatter, at.data.land()
    if at.service is None:
        return []
    if at.service.compares == "reach":
        return reach_facts(at)
    pieces = int(land.rows["area_code"].isin(list(at.lines)).sum()) if land else 0
    steps = texts("list.comma").join(
        texts("reach.step", area=formatter.number(area, 0), metres=formatter.number(metres, 0))
        for area, metres in at.service.steps
    )
    radius = texts("reach.radius", metres=formatter.number(at.service.radius_m, 0))
    return [
        ("", texts.name(at.indicator) if at.indicator else at.facility_title),
        (texts("explain.status"), texts("reach.computed")),
        (texts("reach.method"), texts("reach.method_radius")),
        (texts("explain.caliber"), steps or radius),
        (texts("explain.base"), texts("reach.basis_land", n=formatter.number(pieces, 0))),
        (texts("explain.definition"), texts.name(at.indicator or {}, "definition")),
    ]


def reported_facts(at: ReachScene) -> list[Fact]:
    if at.indicator is None:
        return []
    texts = at.at.texts
    return [*indicator_facts(texts, at.indicator), (texts("explain.period"), at.at.formatter.period(at.period))]
