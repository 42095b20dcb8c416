"""The chain from problems to stages as a Sankey diagram of what projects answer."""

from collections.abc import Mapping
from typing import Any
from unicodedata import east_asian_width

import plotly.graph_objects as go

from analysis.projects.chain import NO_ACTION, UNKNOWN, Chain
from layouts.texts import Texts
from layouts.theme import PALETTES, plotly_template
from layouts.work.filtering import MISSING_WORD, Filter, write_filter

PHASES = {
    "pipeline": "early", "planning": "early", "approval": "early", "started": "works", "construction": "works",
    "completed": "done", "accepted": "done", "post_evaluation": "done", "cancelled": "cancelled", "unknown": "unknown",
}  # fmt: skip
"""Ten stages are more than a narrow diagram can name."""
_LONGEST = {
    "zh_CN": {"category": 12, "action_code": 12, "project_type": 10, "stage": 8},
    "en": {"category": 11, "action_code": 12, "project_type": 9, "stage": 8},
}
"""Width of a label that fits between two columns, in Latin letters; the whole word is shown on hover."""
_LEAST_SHARE = 0.03
"""Of the problems of its step: a thinner block has no room for its label."""


def chain_figure(
    texts: Texts, made: Chain, names: Mapping[str, Mapping[str, str]], theme: str, text_px: int
) -> go.Figure:
    """names: of the categories and actions by code; types are their own names, the stage is one of PHASES.

    `layout.meta` says what a click on each block (`nodes`) and band (`links`) asks for; assets/js/problems.js does it.
    """
    palette = PALETTES[theme]
    nodes, links = made.nodes.to_dict("records"), made.links.to_dict("records")
    words = [_label(texts, row["step"], row["key"], names) for row in made.nodes.to_dict("records")]
    share = made.nodes["problems"] / made.nodes.groupby("step")["problems"].transform("sum")
    labels = [
        _short(word, _LONGEST[texts.language][step]) if part >= _LEAST_SHARE else ""
        for word, step, part in zip(words, made.nodes["step"], share, strict=True)
    ]
    colours = {
        "category": palette.line,
        "action_code": palette.accent,
        "project_type": palette.quiet,
        "stage": palette.meets,
    }
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": labels,
                "color": [colours[step] for step in made.nodes["step"]],
                "pad": 10,
                "thickness": 12,
                "line": {"width": 0},
                "customdata": words,
                "hovertemplate": "%{customdata}: %{value}<extra></extra>",
            },
            link={
                "source": made.links["source"].to_list(),
                "target": made.links["target"].to_list(),
                "value": made.links["problems"].to_list(),
                "color": _faint(palette.quiet),
                "hovertemplate": "%{source.customdata} → %{target.customdata}: %{value}<extra></extra>",
            },
            textfont={"color": palette.text, "size": text_px},
        )
    )
    wishes = {
        "nodes": [_change(row) for row in nodes],
        "links": [_change(*(nodes[row[end]] for end in ("source", "target"))) for row in links],
    }
    figure.update_layout(template=plotly_template(theme), margin={"l": 4, "r": 4, "t": 4, "b": 8}, meta=wishes)
    return figure


def _change(*ends: Mapping[Any, Any]) -> dict[str, str | None]:
    """What a click on a block or band asks for: the problems of a category, else the projects it leads to."""
    if len(ends) == 1 and ends[0]["step"] == "category":
        word = MISSING_WORD if ends[0]["key"] == UNKNOWN else ends[0]["key"]
        answered: Filter = {"dimension_code": (word,), "has_project": ("yes",)}
        return {"view": "problems", "filter": write_filter(answered)}
    conditions: Filter = {}
    for end in ends:
        if end["step"] == "stage":
            conditions["stage"] = tuple(stage for stage, phase in PHASES.items() if phase == end["key"])
        elif end["step"] != "category":
            conditions[end["step"]] = (MISSING_WORD if end["key"] == NO_ACTION else end["key"],)
    return {"filter": write_filter(conditions)}


def _short(word: str, longest: int) -> str:
    if _width(word) <= longest:
        return word
    kept = next(end for end in range(len(word), -1, -1) if _width(word[:end]) < longest)
    return f"{word[:kept]}…"


def _width(word: str) -> int:
    """In Latin letters: a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.28)"


def _label(texts: Texts, step: str, key: str, names: Mapping[str, Mapping[str, str]]) -> str:
    if key == NO_ACTION:
        return texts("chain.no_action")
    if key == UNKNOWN:
        return texts("attribute.unknown")
    if step == "stage":
        return texts(f"chain.{key}")
    return names.get(step, {}).get(key, key)
