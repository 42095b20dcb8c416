"""Colours and type shared by the style sheet's tokens, Mantine and the Plotly template.

assets/css/tokens.css holds the same colours as custom properties; a test keeps the two equal.
"""

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

FONT_STACK = (
    '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", '
    "system-ui, sans-serif"
)


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme. Status, accent and lines are from different families, so that no meaning is said twice."""

    ground: str
    panel: str
    hairline: str
    text: str
    quiet: str
    line: str
    accent: str
    meets: str
    near: str
    fails: str
    not_judged: str


DARK = Palette(
    ground="#0b1220",
    panel="#111a2c",
    hairline="#24324a",
    text="#e6edf7",
    quiet="#9fb0c8",
    line="#5bb8ff",
    accent="#ffb454",
    meets="#3ecf8e",
    near="#f2c037",
    fails="#ff7a66",
    not_judged="#8fa1ba",
)
LIGHT = Palette(
    ground="#f3f5f9",
    panel="#ffffff",
    hairline="#d9e0ea",
    text="#132033",
    quiet="#52627a",
    line="#0b62b2",
    accent="#984d00",
    meets="#0a7348",
    near="#8a6100",
    fails="#c2321c",
    not_judged="#5c6c84",
)
PALETTES = {"dark": DARK, "light": LIGHT}

MANTINE_THEME = {
    "fontFamily": FONT_STACK,
    "primaryColor": "blue",
    "defaultRadius": "sm",
    "respectReducedMotion": True,
    "colors": {
        "dark": [
            *("#e6edf7", "#b9c6d9", "#9fb0c8", "#6d7f99", "#3a4a64"),
            *("#24324a", "#18233a", "#111a2c", "#0d1524", "#0b1220"),
        ],
    },
}


@cache
def plotly_template(theme: str) -> go.layout.Template:
    """The look of every chart: quiet axes on the panel's ground, no legend box, no animation."""
    palette = PALETTES.get(theme, DARK)
    axis = {
        "gridcolor": palette.hairline,
        "linecolor": palette.hairline,
        "zeroline": False,
        "tickfont": {"color": palette.quiet},
        "automargin": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT_STACK, "color": palette.text},
            "colorway": [palette.line, palette.quiet, palette.accent],
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis | {"exponentformat": "none", "separatethousands": True},
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {"bgcolor": palette.panel, "bordercolor": palette.hairline, "font": {"color": palette.text}},
        }
    )
