"""The bar above a list: what it is narrowed down to, and every attribute with its words and counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from layouts.components.icon import icon
from layouts.formatting import Formatter
from layouts.work.filtering import MISSING_WORD, Filter, filter_button, toggled, without

Facet = tuple[str, Sequence[tuple[str, int]]]
"""Attribute, and its words with how many there are under the other conditions."""
WordOf = Callable[[str, str], str]
LabelOf = Callable[[str], str]


def facet_bar(
    formatter: Formatter,
    facets: Sequence[Facet],
    chosen: Filter,
    word_of: WordOf,
    label_of: LabelOf,
    first: Sequence[Any] = (),
) -> list[Any]:
    """word_of(attribute, word), label_of(attribute): the word and the attribute as the screen says them.

    first: menus that stand before those of the attributes.
    """
    texts = formatter.texts
    chips = [
        _chip(f"{label_of(name)}{texts('list.colon')}{word_of(name, word)}", toggled(chosen, name, word))
        for name, words in chosen.items()
        for word in words
    ]
    clear = [filter_button(texts("filter.clear"), {}, "chip chip--clear")] if len(chips) > 1 else []
    menus = [_menu(formatter, name, words, chosen, word_of) for name, words in facets if words]
    return [html.Div([*first, *menus], className="facets"), html.Div([*chips, *clear], className="chips")]


def _chip(label: str, rest: Filter) -> Any:
    return filter_button([label, icon("close")], rest, "chip", title=label)


def _menu(
    formatter: Formatter, name: str, words: Sequence[tuple[str, int]], chosen: Filter, word_of: WordOf
) -> html.Details:
    label = formatter.texts(f"attribute.{name}")
    options = [_option(formatter, name, word, count, chosen, word_of) for word, count in words]
    every = filter_button(formatter.texts("filter.all"), without(chosen, name), "facet__option")
    active = " facet--active" if name in chosen else ""
    return html.Details(
        [html.Summary(label), html.Div([every, *options], className="facet__options")],
        className=f"facet{active}",
        **{"data-menu": "true"},
    )


def _option(formatter: Formatter, name: str, word: str, count: int, chosen: Filter, word_of: WordOf) -> Any:
    pressed = word in chosen.get(name, ())
    children = [html.Span(word_of(name, word)), html.Span(formatter.number(count, 0), className="digits")]
    attributes = {"aria-pressed": str(pressed).lower()}
    return filter_button(children, toggled(chosen, name, word), "facet__option", **attributes)


def counted_words(counts: Mapping[Any, int]) -> list[tuple[str, int]]:
    """Words with counts, missing as MISSING_WORD and last."""
    named = [(str(word), count) for word, count in counts.items() if isinstance(word, str)]
    missing = sum(count for word, count in counts.items() if not isinstance(word, str))
    return [*named, *([(MISSING_WORD, missing)] if missing else [])]
