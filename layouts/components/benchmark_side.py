"""Beside the table: peer cities of one indicator, the tally of improvements, and the areas below against each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from analysis.benchmarks import PeerStanding
from analysis.progress import DECLINED, IMPROVED, NOT_COMPARABLE, UNCHANGED, Tally
from analysis.unanswered import Unanswered
from layouts.components.dumbbell import dumbbell
from layouts.components.explained import explained
from layouts.components.panel import joined, no_data
from layouts.components.picking import pick_button
from layouts.components.scores import score_text, z_facts
from layouts.formatting import Formatter
from layouts.sentences import unanswered_text
from layouts.texts import Texts
from layouts.theme import Palette

_TONES = {IMPROVED: "better", UNCHANGED: "", DECLINED: "worse"}
_MARKS = {IMPROVED: "▲", UNCHANGED: "＝", DECLINED: "▼"}


def peer_sentence(
    formatter: Formatter, indicator: Mapping[Any, Any], standing: PeerStanding | Unanswered, z: float | Unanswered
) -> html.P:
    """Rank, quarter, median and z-score in one line."""
    texts = formatter.texts
    if isinstance(standing, Unanswered):
        return html.P(unanswered_text(formatter, standing), className="quiet")
    parts = [
        texts("benchmark.rank_of", rank=standing.rank, n=standing.n),
        texts(f"benchmark.quartile_{standing.quartile}"),
        texts("benchmark.median", value=formatter.number(standing.median, indicator["decimals"])),
    ]
    said = "" if isinstance(z, Unanswered) else f" · z\u00a0=\u00a0{formatter.change(z, 2)}"
    facts = [("", texts("benchmark.rank_rule")), *z_facts(formatter, z)]
    return html.P(explained(f"{joined(*parts)}{said}", facts), className="quiet")


def peer_bars(formatter: Formatter, indicator: Mapping[Any, Any], rows: pd.DataFrame) -> Any:
    """rows: `kind`, `name_zh`, `name_en`, `value`, `definition_differs`, the best first. Bars from zero."""
    if rows.empty:
        return no_data(formatter.texts("benchmark.no_peers"))
    most = max(abs(float(value)) for value in rows["value"]) or 1.0
    items = [html.Li(_peer(formatter, indicator, row, most)) for row in rows.to_dict("records")]
    return html.Ul(items, className="peers is-scrolling")


def _peer(formatter: Formatter, indicator: Mapping[Any, Any], row: Mapping[Any, Any], most: float) -> html.Div:
    texts = formatter.texts
    badge = (
        [html.Span(texts("benchmark.differs"), className="badge badge--unsure")] if row["definition_differs"] else []
    )
    width = f"{100 * abs(row['value']) / most:.1f}%"
    kind = {"own": " is-selected", "peer": ""}.get(row["kind"], " peer--reference")
    return html.Div(
        [
            html.Span([texts.name(row), *badge], className="rank__name"),
            html.Span(html.Span(className="rank__bar", style={"width": width}), className="rank__track"),
            html.Span(formatter.number(row["value"], indicator["decimals"]), className="rank__value digits"),
        ],
        className=f"peer{kind}",
    )


def tally_summary(formatter: Formatter, tally: Tally, names: Mapping[str, str], scores: Any) -> html.Div:
    """Three counts, of how many and why not of all, the scores that moved, then what did not compare by name.

    scores: of `score_changes`.
    """
    texts = formatter.texts
    counts = [
        html.Div(
            [
                html.Span(str(tally.count(word)), className=f"tally__figure digits {_TONES[word]}".strip()),
                html.Span(f"{_MARKS[word]} {texts(f'story.{word}')}", className="quiet"),
            ]
        )
        for word in (IMPROVED, UNCHANGED, DECLINED)
    ]
    rest = tally.rows[tally.rows["verdict"] == NOT_COMPARABLE]
    by_reason = [
        (texts(f"progress.{reason}", count=len(group)), group) for reason, group in rest.groupby("reason", sort=False)
    ]
    reasons = [html.Li(texts("linked.at", name=why, word=_names(texts, group, names))) for why, group in by_reason]
    whys = texts("list.comma").join(why for why, _ in by_reason)
    left = texts("progress.not_comparable", why=whys) if whys else ""
    note = texts("progress.comparable", comparable=tally.comparable, total=len(tally.rows))
    return html.Div(
        [
            html.Div(counts, className="tally"),
            html.P(f"{note} {left}".strip(), className="quiet"),
            scores,
            html.Ul(reasons, className="tally__rest"),
        ],
        className="is-scrolling fills",
    )


def score_changes(
    formatter: Formatter, rows: Sequence[Mapping[Any, Any]], cuts: Sequence[float], palette: Palette
) -> Any:
    """rows: an indicator's names with `score_before` and `score`, in the order they are shown."""
    texts = formatter.texts
    if not rows:
        return None
    floor = max(0.0, min(float(row[side]) for row in rows for side in ("score_before", "score")) // 10 * 10 - 10)
    items = []
    for row in rows:
        before, now = float(row["score_before"]), float(row["score"])
        said = f"{score_text(formatter, before)} → {score_text(formatter, now)}"
        chart = dumbbell(before, now, floor, cuts, palette, said)
        name = pick_button(texts.name(row), {"indicator": row["indicator_code"]}, "rank__name", title=texts.name(row))
        items.append(html.Li([name, chart, html.Span(said, className="digits")], className="score-change"))
    facts = [("", texts("progress.scores_note"))]
    head = html.P(explained(texts("progress.scores"), facts), className="quiet")
    return html.Div([head, html.Ul(items)], className="score-changes")


def _names(texts: Texts, group: pd.DataFrame, names: Mapping[str, str]) -> str:
    return texts("list.comma").join(names.get(code, code) for code in group["indicator_code"])
