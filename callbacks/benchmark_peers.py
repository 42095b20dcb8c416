"""Which peer cities compare: all of them, or those of one tier, province or group, as the selection's `show` says."""

from typing import Any

import pandas as pd
from dash import html

from callbacks.scene import Scene
from data_access.questions import PeersQuestion
from layouts.components.picking import pick_button

KINDS = ("peer_group", "tier", "province_zh")
_PREFIX = "peers="


def chosen_peers(at: Scene) -> pd.DataFrame:
    """Values of the chosen peers in the selected period; none where the area is not the whole city."""
    found = at.store.peers(PeersQuestion(viewer=at.viewer))
    kind, value = _choice(at)
    if kind:
        found = found[found[kind] == value]
    is_city = len(at.path_codes) == 1
    return found[(found["period"] == at.selection.period) & is_city]


def group_menu(at: Scene) -> Any:
    """A menu of the groups there are, each with how many cities it holds."""
    found = at.store.peers(PeersQuestion(viewer=at.viewer)).drop_duplicates("peer_code")
    if found.empty:
        return None
    current = _choice(at)
    choices: list[tuple[tuple[str, str], str]] = [(("", ""), at.texts("benchmark.all_peers", count=len(found)))]
    for kind in KINDS:
        for value, count in found[kind].dropna().value_counts().items():
            label = at.texts("benchmark.group", kind=at.texts(f"benchmark.{kind}"), value=value, count=count)
            choices.append(((kind, str(value)), label))
    said = next((label for choice, label in choices if choice == current), choices[0][1])
    buttons = [
        pick_button(label, {"show": _word(choice)}, "menu__item", **{"aria-current": str(choice == current).lower()})
        for choice, label in choices
    ]
    return html.Details(
        [html.Summary(said, className="toggle"), html.Div(buttons, className="menu__list")], className="menu"
    )


def _choice(at: Scene) -> tuple[str, str]:
    show = at.selection.show or ""
    kind, _, value = show.removeprefix(_PREFIX).partition("=")
    return (kind, value) if show.startswith(_PREFIX) and kind in KINDS else ("", "")


def _word(choice: tuple[str, str]) -> str | None:
    return f"{_PREFIX}{choice[0]}={choice[1]}" if choice[0] else None
