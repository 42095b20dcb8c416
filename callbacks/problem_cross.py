"""Two attributes of the problems against each other, chosen freely; a cell narrows map and ledger down to its pair."""

from typing import Any

from dash import html

from analysis.problems.crosstab import CrossTable, cross_table
from callbacks.problem_scene import FACETS, ProblemScene
from layouts.components.panel import panel
from layouts.work.cross_table import cross_body
from layouts.work.options import changed, menu, pair_of, pair_text

_ROWS = ("dimension_code", "branch", "lead_department_code", "found_year")
_COLUMNS = ("severity", "deadline", "status", "kind", "track", "found_year", "located")
_WORTH_SHOWING = 2
_MOST_ROWS, _MOST_COLUMNS = 24, 7


def cross_panel(at: ProblemScene) -> list[Any]:
    scene, pair = at.at, _pair(at)
    table = _table(at, pair)
    body = cross_body(scene.formatter, table, pair, at.chosen, at.word)
    names = [at.label(attribute) for attribute in pair]
    title = scene.texts("cross.title", rows=names[0], columns=names[1])
    return panel(title, body, html.Span([_menu(at, pair, 0), _menu(at, pair, 1)], className="facets"))


def crossable(at: ProblemScene) -> list[str]:
    return [*FACETS, "branch", *at.linked]


def _pair(at: ProblemScene) -> tuple[str, str]:
    """The pair of the link; else the first pair that says something of these problems."""
    known = set(crossable(at))
    asked = pair_of(at.options.get("cross", ""))
    if asked is not None and known >= set(asked) and asked[0] != asked[1]:
        return asked
    rows = next((name for name in _ROWS if _says_something(at, name)), "branch")
    columns = (name for name in _COLUMNS if name != rows and _says_something(at, name))
    return rows, next(columns, "severity")


def _says_something(at: ProblemScene, name: str) -> bool:
    return int(at.tally(name, but=(name,))[name].nunique()) >= _WORTH_SHOWING


def _table(at: ProblemScene, pair: tuple[str, str]) -> CrossTable:
    return cross_table(at.tally(*pair, but=pair), *pair, most_rows=_MOST_ROWS, most_columns=_MOST_COLUMNS)


def _menu(at: ProblemScene, pair: tuple[str, str], side: int) -> html.Details:
    """What stands in the rows (side 0) or the columns (1); the other side's own attribute is left out."""
    choices = []
    for name in crossable(at):
        if name == pair[1 - side]:
            continue
        wanted = (name, pair[1]) if side == 0 else (pair[0], name)
        choices.append((at.label(name), changed(at.options, "cross", pair_text(*wanted)), name == pair[side]))
    return menu(at.at.texts("cross.rows" if side == 0 else "cross.columns"), choices)
