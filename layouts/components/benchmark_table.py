"""Four comparisons in one table: each graded indicator against standard, target, history and peer cities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dash import html

from analysis.benchmarks import History, PeerStanding, Verdict
from analysis.scoring import Scoring
from analysis.unanswered import Reason, Unanswered
from layouts.components.bullet import Bullet, bullet
from layouts.components.explained import explained, figure
from layouts.components.panel import no_data
from layouts.components.picking import pick_button, pick_data
from layouts.components.scores import score_badge, z_facts
from layouts.components.standard import reference_text, standard_text
from layouts.components.status import status_mark
from layouts.formatting import MISSING, Formatter, known
from layouts.sentences import unanswered_text
from layouts.theme import Palette

COLUMNS = (
    "verdict",
    "indicator",
    "value",
    "bullet",
    "standard",
    "score",
    "target",
    "history",
    "peers",
    "national",
    "abroad",
)
NO_Z = Unanswered(Reason.ALL_MISSING)
_ORDER = {"shortfall": 0, "par": 1, "strength": 2, "undecided": 3}
Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator. judged: its row with value, attainment, bounds and score. references: by kind, as far as known.

    z: ours among the peers.
    """

    judged: Row
    verdict: Verdict
    peers: PeerStanding | Unanswered
    history: History | Unanswered
    bullet: Bullet
    references: Mapping[str, Row] = field(default_factory=dict)
    z: float | Unanswered = NO_Z


def benchmark_table(
    formatter: Formatter, items: Sequence[Standing], selected: str | None, palette: Palette, scoring: Scoring
) -> Any:
    """Sorted by assets/js/sorting.js: every cell carries what it sorts by."""
    texts = formatter.texts
    if not items:
        return no_data(texts("benchmark.empty"))
    head = [_heading(texts(f"benchmark.column_{name}"), sortable=name != "bullet") for name in COLUMNS]
    ordered = sorted(items, key=lambda one: _ORDER[one.verdict.word])
    body = [_row(formatter, one, selected, palette, scoring) for one in ordered]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="standings", **{"data-sortable": ""})
    return html.Div(table, className="standings-scroll is-scrolling")


def _heading(label: str, *, sortable: bool) -> html.Th:
    return html.Th(html.Button(label, type="button") if sortable else label, scope="col")


def _row(formatter: Formatter, one: Standing, selected: str | None, palette: Palette, scoring: Scoring) -> html.Tr:
    texts, row = formatter.texts, one.judged
    code, decimals = row["indicator_code"], row["decimals"]
    name = texts.name(row)
    cells = [
        _verdict(formatter, one.verdict),
        html.Td(
            pick_button(name, {"indicator": code}, "standings__name", title=name), className="is-name", **_sort(name)
        ),
        html.Td(figure(formatter.quantity(row["value"], row["unit"], decimals)), **_sort(row["value"])),
        html.Td(bullet(one.bullet, palette, name), className="standings__bullet"),
        _standard(formatter, row),
        html.Td(score_badge(formatter, row, scoring), className="digits", **_sort(row["score"])),
        _reference(formatter, one, "plan_target"),
        _history(formatter, one),
        _peers(formatter, one),
        _reference(formatter, one, "national_average"),
        _reference(formatter, one, "international"),
    ]
    chosen = "is-selected" if code == selected else ""
    return html.Tr(cells, className=chosen, **pick_data(indicator=code))


def _verdict(formatter: Formatter, verdict: Verdict) -> html.Td:
    texts = formatter.texts
    why = texts("list.comma").join(texts(f"benchmark.why_{reason}") for reason in verdict.why)
    said = explained(texts(f"benchmark.{verdict.word}"), [("", why)], f"verdict verdict--{verdict.word}")
    return html.Td(said, **_sort(_ORDER[verdict.word]))


def _standard(formatter: Formatter, row: Row) -> html.Td:
    said = standard_text(formatter, row["standard_low"], row["standard_high"])
    mark = status_mark(formatter.texts, row["attainment"])
    rank = ["fails", "near", "meets", "not_judged"].index(row["attainment"])
    return html.Td([mark, " ", said or MISSING], className="digits", **_sort(rank))


def _reference(formatter: Formatter, one: Standing, kind: str) -> html.Td:
    texts, row = formatter.texts, one.references.get(kind)
    if row is None:
        return html.Td(MISSING, className="quiet", **_sort(None))
    is_target = kind == "plan_target"
    said = reference_text(formatter, row) if is_target else formatter.number(row["value"], one.judged["decimals"])
    due = f" · {row['period']}" if is_target and isinstance(row["period"], str) else ""
    source = " ".join(row[part] for part in ("source_title", "clause") if isinstance(row[part], str))
    facts = [("", texts.name(row)), ("", source), ("", "" if row["verified"] else texts("explain.unverified"))]
    badge = [html.Span(texts("benchmark.differs"), className="badge badge--unsure")] if kind == "international" else []
    return html.Td([explained(f"{said}{due}", facts), *badge], className="digits", **_sort(row["value"]))


def _history(formatter: Formatter, one: Standing) -> html.Td:
    texts, decimals = formatter.texts, one.judged["decimals"]
    if isinstance(one.history, Unanswered):
        return html.Td(explained(MISSING, [("", unanswered_text(formatter, one.history))]), **_sort(None))
    best = formatter.number(one.history.best, decimals)
    mean = texts("benchmark.mean_of", n=one.history.years, mean=formatter.number(one.history.mean, decimals))
    said = texts("benchmark.best_of", best=best, period=formatter.period(one.history.best_period))
    return html.Td(explained(best, [("", said), ("", mean)]), className="digits", **_sort(one.history.best))


def _peers(formatter: Formatter, one: Standing) -> html.Td:
    texts, decimals = formatter.texts, one.judged["decimals"]
    if isinstance(one.peers, Unanswered):
        return html.Td(explained(MISSING, [("", unanswered_text(formatter, one.peers))]), **_sort(None))
    quarter = texts(f"benchmark.quartile_{one.peers.quartile}")
    median = texts("benchmark.median", value=formatter.number(one.peers.median, decimals))
    differing = texts("benchmark.differing", count=one.peers.differing) if one.peers.differing else ""
    facts = [("", quarter), ("", median), ("", differing), *z_facts(formatter, one.z)]
    said = explained(f"{one.peers.rank}/{one.peers.n}", facts)
    return html.Td(said, className="digits", **_sort(one.peers.rank))


def _sort(value: object) -> dict[str, str]:
    number = known(value)
    return {"data-sort": str(number) if number is not None else value if isinstance(value, str) else ""}
