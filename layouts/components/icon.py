"""Icons: SVG files of assets/icons as masks, so that the style sheet gives their colour in both themes."""

from dash import html


def icon(name: str) -> html.Span:
    """Decoration beside a word, or inside a control that has an accessible name of its own."""
    return html.Span(className=f"icon icon--{name}", **{"aria-hidden": "true"})
