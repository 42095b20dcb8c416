"""What the screen says in words, as rows: the conclusion, the indicator card, the area sheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from callbacks.correlation_data import Pairing
from callbacks.correlation_findings import findings
from callbacks.indicator_card import card
from callbacks.indicator_trend import story_sentences
from callbacks.scene import Scene
from callbacks.sheet_content import sheet_of
from layouts.components.markup import nodes
from layouts.sentences import Sentence

STORY, CARD, SHEET, FINDINGS = "story", "card", "sheet", "findings"
_APART = frozenset({"li", "tr", "div", "caption"})


def story(at: Scene) -> pd.DataFrame:
    """One row per sentence of the conclusion, with the numbers and the method behind it."""
    rows = [{"text": one.text, "evidence": _evidence(one)} for one in story_sentences(at)] if at.indicator else []
    return pd.DataFrame(rows, columns=["text", "evidence"])


def correlation_findings(at: Scene) -> pd.DataFrame:
    """One row per sentence on the chosen pair, with n, p and the method behind it."""
    pairing = Pairing(at)
    said = findings(pairing) if pairing.pair is not None else []
    return pd.DataFrame([{"text": one.text, "evidence": _evidence(one)} for one in said], columns=["text", "evidence"])


def card_rows(at: Scene) -> pd.DataFrame:
    """One row per field of the indicator's card."""
    lines: list[Any] = list(nodes(card(at))[0][2]) if at.indicator else []
    rows = [{"field": _text(line[2][0]), "text": _text(line[2][1])} for line in lines]
    return pd.DataFrame(rows, columns=["field", "text"])


def sheet(at: Scene) -> pd.DataFrame:
    """One row per figure, table row and sentence of the area sheet, in its order."""
    made, title = sheet_of(at), at.texts("sheet.figures")
    rows: list[dict[str, Any]]
    rows = [{"section": title, "text": f"{label}{at.texts('list.colon')}{number}"} for label, number in made.figures]
    for section, sentences in made.numbered():
        for cells in section.grid.rows if section.grid else ():
            heads = section.grid.head if section.grid else ()
            rows.append({"section": section.title, "text": _row(at, heads, cells)})
        for one, number in sentences:
            facts = {"number": number or None, "evidence": _evidence(one)}
            rows.append({"section": section.title, "text": one.text, **facts})
    return pd.DataFrame(rows, columns=["section", "number", "text", "evidence"]).astype({"number": "Int64"})


def _row(at: Scene, heads: Sequence[str], cells: Sequence[str]) -> str:
    """`住房：已采集 3/4；达标 2`"""
    said = [f"{head} {cell}".strip() for head, cell in zip(heads[1:], cells[1:], strict=True) if cell]
    return at.texts("list.colon").join([cells[0], at.texts("list.semicolon").join(said)])


def _evidence(one: Sentence) -> str:
    return " · ".join(f"{label} {text}".strip() for label, text in one.facts if text)


def _text(node: Any) -> str:
    """The words of a node of layouts.components.markup; rows and list items are set apart."""
    if isinstance(node, str):
        return node
    parts = [(_text(child), isinstance(child, list) and child[0] in _APART) for child in node[2]]
    said = "".join(f"{text} · " if apart else f"{text} " for text, apart in parts if text)
    return " ".join(said.strip(" ·").split())


SAID_MAKERS: Mapping[str, Callable[[Scene], pd.DataFrame]] = {
    STORY: story,
    CARD: card_rows,
    SHEET: sheet,
    FINDINGS: correlation_findings,
}
