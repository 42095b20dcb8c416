"""Tabs that only a small screen shows; a wide one shows all their panels at once."""

from collections.abc import Sequence

from dash import html

from layouts.texts import Texts


def tabs(texts: Texts, names: Sequence[str]) -> html.Div:
    """Buttons that assets/js/shell_tabs.js turns into the `data-tab` of the page."""
    return html.Div([_tab(texts, name) for name in names], className="tabs", role="tablist")


def _tab(texts: Texts, name: str) -> html.Button:
    return html.Button(
        texts(f"tabs.{name}"), type="button", role="tab", className="page-tab", **{"data-tab-name": name}
    )
