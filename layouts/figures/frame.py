"""What all charts of the analysis views begin with, and how lines are named where they end."""

from collections.abc import Sequence

import plotly.graph_objects as go

from layouts.theme import plotly_template


def blank_figure(theme: str, revision: str = "") -> go.Figure:
    """Type and margins are set in the browser (assets/js/figures.js), where the density is known.

    layout.meta: `right_em`, `left_em`, `top_em`: room for labels, in widths of a Chinese character.
    """
    return go.Figure(layout={"template": plotly_template(theme), "uirevision": revision, "hovermode": "closest"})


def empty_figure(theme: str) -> go.Figure:
    """Nothing, not even axes: beside it stands why."""
    return blank_figure(theme).update_xaxes(visible=False).update_yaxes(visible=False)


def end_labels(figure: go.Figure, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Names lines at their ends (x, y, text, colour), apart from each other: the lowest hangs, the others stand."""
    for place, (x, y, text, colour) in enumerate(sorted(ends, key=lambda end: end[1])):
        anchor = "middle" if len(ends) == 1 else "top" if place == 0 else "bottom"
        figure.add_annotation(
            x=x, y=y, text=text, showarrow=False, xanchor="left", yanchor=anchor, xshift=8,
            font={"color": colour},
        )  # fmt: skip
