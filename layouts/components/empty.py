"""A database without areas: what to do, instead of panels without content."""

from dash import html

from layouts.texts import Texts


def empty_database(texts: Texts) -> html.Div:
    return html.Div([html.H2(texts("empty.database")), html.P(texts("empty.database_hint"))], className="empty-state")
