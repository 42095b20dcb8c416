"""The frame around every view: stores of the data flow, header, notices, connection banner, place of the page."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from layouts.ids import ShellIds
from layouts.texts import LANGUAGES, texts
from layouts.theme import MANTINE_THEME

_STORES = (
    ShellIds.SELECTION,
    ShellIds.PICK,
    ShellIds.MAP_EVENT,
    ShellIds.MAP_HOVER,
    ShellIds.LINK,
    ShellIds.ADDRESS,
    ShellIds.FRESH,
    ShellIds.FRAME,
    ShellIds.SCREEN,
    ShellIds.CONTROLS,
)
_MESSAGES = ("connection.lost", "connection.database", "connection.figures", "connection.updated")


def shell(timezone: str, refresh_s: float) -> Any:
    """The layout of the app; everything that depends on the selection is filled in by callbacks.

    refresh_s: how often an open page asks whether there is something new.
    """
    return dmc.MantineProvider(
        [
            *(dcc.Store(id=store) for store in _STORES),
            html.Div(
                [
                    _header(timezone),
                    html.Nav(id=ShellIds.SECTIONS, className="sections"),
                    html.Div(id=ShellIds.HEADER_FAULT, className="header-fault", role="status"),
                    html.Div(id=ShellIds.NOTICE),
                    html.Main(id=ShellIds.PAGE),
                ],
                className="screen",
            ),
            html.Div(
                id=ShellIds.CONNECTION, className="connection", role="status", hidden=True, **_messages(refresh_s)
            ),
            html.Div(id="explanation", className="explanation", role="tooltip", hidden=True),
        ],
        id=ShellIds.PROVIDER,
        theme=MANTINE_THEME,
        forceColorScheme="dark",
    )


def _header(timezone: str) -> html.Header:
    brand = [
        html.Div(id=ShellIds.TITLE, className="header__title"),
        html.Nav(id=ShellIds.BREADCRUMB, className="header__path"),
    ]
    when = [
        html.Div(id=ShellIds.DATA_DATE, className="header__date"),
        html.Time(id="clock", className="header__clock digits", **{"data-timezone": timezone}),
    ]
    return html.Header(
        [
            html.Div(brand, className="header__brand"),
            html.Nav(id=ShellIds.NAVIGATION, className="header__views"),
            _search(),
            _periods(),
            html.Div(when, className="header__when"),
            html.Div(id=ShellIds.SWITCHES, className="header__switches"),
        ],
        className="header",
    )


def _search() -> html.Div:
    text = dcc.Input(
        id=ShellIds.SEARCH, type="search", className="search__input", debounce=0.15, autoComplete="off", maxLength=60
    )
    results = html.Div(id=ShellIds.SEARCH_RESULTS, className="search__results", role="listbox")
    return html.Div([text, results], className="search", role="search")


def _periods() -> dmc.Select:
    return dmc.Select(
        id=ShellIds.PERIOD,
        className="header__period",
        allowDeselect=False,
        comboboxProps={"width": "max-content", "position": "bottom-end"},
        checkIconPosition="right",
    )


def _messages(refresh_s: float) -> dict[str, str]:
    """What the browser must have before the connection is lost: the sentences in every language, and its pace."""
    return {"data-refresh-s": f"{refresh_s:g}"} | {
        f"data-{key.split('.')[1]}-{texts(language).html_lang.lower()}": texts(language)(key)
        for key in _MESSAGES
        for language in LANGUAGES
    }
