"""Attainment as a shape (an icon of its name) and a word, so that it reads without colour."""

from dash import html

from layouts.texts import Texts


def status_mark(texts: Texts, attainment: str) -> html.Span:
    """The shape alone; the word is its accessible name."""
    word = texts(f"status.{attainment}")
    attributes = {"aria-label": word, "title": word}
    return html.Span(className=f"icon icon--{attainment} status--{attainment}", role="img", **attributes)


def status_count(texts: Texts, attainment: str, count: int) -> html.Span:
    """Shape, word and number: an entry of a legend that counts."""
    mark = html.Span(className=f"icon icon--{attainment} status--{attainment}", **{"aria-hidden": "true"})
    return html.Span([mark, f"{texts(f'status.{attainment}')} {count}"], className="status-count")


def status_bar(counts: dict[str, int], label: str) -> html.Div:
    """One bar whose parts are the judged counts, in the order of the legend."""
    parts = [
        html.Span(className=f"status-bar__part status-bar__part--{name}", style={"flexGrow": count})
        for name, count in counts.items()
        if count
    ]
    return html.Div(parts, className="status-bar", role="img", **{"aria-label": label})
