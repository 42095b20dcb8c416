"""The strip above the correlation view: through which lens, at which level, by which method, among which neighbours."""

from typing import Any

from dash import html

from analysis.neighbours import DISTANCE, NEAREST, QUEEN, ROOK
from callbacks.correlation_data import Pairing
from callbacks.correlation_felt_data import Felt
from callbacks.correlation_options import (
    DISTANCES_KM,
    FELT,
    LENSES,
    MOST_LAGS,
    NEAREST_COUNTS,
    PAIR,
    POPULATION,
    WITH,
)
from data_access.questions import CatalogueQuestion
from layouts.components.choosing import Choice, choice_menu, choice_row


def strip(pairing: Pairing) -> list[Any]:
    lens = pairing.options.lens
    made = [html.Div(choice_row(_lenses(pairing)), className="strip__group")]
    if lens == FELT:
        return [*made, html.Div([*choice_row(_units(pairing)), _dimensions(pairing)], className="strip__group")]
    menus = [_level_menu(pairing)]
    if lens == PAIR and pairing.pair:
        menus += [*_pair(pairing), _counts(pairing), _method(pairing), _given(pairing), _lag(pairing)]
        menus.append(_neighbours(pairing))
    return [*made, html.Div(menus, className="strip__group")]


def neighbours_text(pairing: Pairing) -> str:
    """How the chosen neighbours are called."""
    options = pairing.options
    return pairing.at.texts(f"neighbours.{options.rule}", k=options.nearest, km=f"{options.distance_km:g}")


def _lenses(pairing: Pairing) -> list[Choice]:
    options, texts = pairing.options, pairing.at.texts
    return [
        (texts(f"correlation.lens_{one}"), options.choosing("lens", None if one == PAIR else one), one == options.lens)
        for one in LENSES
    ]


def _level_menu(pairing: Pairing) -> html.Details:
    texts = pairing.at.texts
    choices = [
        (f"{texts.name(row)} {row['areas']}", {"level": row["level"]}, row["level"] == pairing.level)
        for row in pairing.levels
    ]
    return choice_menu(texts("correlation.level"), choices)


def _pair(pairing: Pairing) -> list[html.Details]:
    """The two indicators, one menu each: what a click in the matrix does, also by keys. The present one by its code."""
    one, other = pairing.pair or ("", "")
    return [_axis(pairing, "x", one, other), _axis(pairing, "y", other, one)]


def _axis(pairing: Pairing, axis: str, chosen: str, opposite: str) -> html.Details:
    texts = pairing.at.texts
    side = ("indicator", "other") if axis == "x" else ("other", "indicator")
    codes = sorted(set(pairing.matrix.codes) - {opposite})
    choices = [
        (
            code if code == chosen else f"{code} {texts.name(pairing.indicator(code))}",
            dict(zip(side, (code, opposite), strict=True)),
            code == chosen,
        )
        for code in codes
    ]
    return choice_menu(texts(f"correlation.axis_{axis}"), choices)


def _counts(pairing: Pairing) -> html.Details:
    options, texts = pairing.options, pairing.at.texts
    choices = [
        (texts("correlation.counts_as_they_are"), options.choosing("counts", None), not options.per_capita),
        (texts("correlation.counts_per_capita"), options.choosing("counts", "per_capita"), options.per_capita),
    ]
    return choice_menu(texts("correlation.counts_menu"), choices)


def _method(pairing: Pairing) -> html.Details:
    options, texts = pairing.options, pairing.at.texts
    choices = [
        (texts(f"correlation.method_{one}"), options.choosing("method", word), one == options.method)
        for one, word in (("pearson", None), ("spearman", "spearman"))
    ]
    return choice_menu(texts("correlation.method"), choices)


def _given(pairing: Pairing) -> html.Details:
    """Nothing, population, or any indicator of this level that is not one of the pair."""
    options, texts = pairing.options, pairing.at.texts
    codes = sorted(set(pairing.matrix.codes) - set(pairing.pair or ()))
    named = [(code, f"given{WITH}{code}", f"{texts.name(pairing.indicator(code))} ({code})") for code in codes]
    choices = [
        (None, None, texts("correlation.given_none")),
        (POPULATION, "given", texts("correlation.given_people")),
        *named,
    ]
    return choice_menu(
        texts("correlation.given"),
        [(label, options.choosing("given", word), held == options.given) for held, word, label in choices],
    )


def _lag(pairing: Pairing) -> html.Details:
    options, texts, at = pairing.options, pairing.at.texts, pairing.at
    choices: list[Choice] = [(texts("correlation.lag_none"), options.choosing("lag", None), pairing.lag == 0)]
    for lag, period in enumerate(pairing.earlier_periods[:MOST_LAGS], 1):
        label = texts("correlation.lag_by", lag=lag, period=at.formatter.period(period))
        choices.append((label, options.choosing("lag", f"lag{WITH}{lag}"), pairing.lag == lag))
    return choice_menu(texts("correlation.lag"), choices)


def _neighbours(pairing: Pairing) -> html.Details:
    options, texts = pairing.options, pairing.at.texts
    words: list[tuple[str, dict[str, Any]]] = [(QUEEN, {}), (ROOK, {})]
    words += [(f"{NEAREST}{WITH}{k}", {"k": k}) for k in NEAREST_COUNTS]
    words += [(f"{DISTANCE}{WITH}{km:g}".replace(".", "-"), {"km": f"{km:g}"}) for km in DISTANCES_KM]
    choices = [
        (
            texts(f"neighbours.{word.partition(WITH)[0]}", **said),
            options.choosing("neighbours", None if word == QUEEN else word),
            word == options.neighbours,
        )
        for word, said in words
    ]
    return choice_menu(texts("neighbours.title"), choices)


def _units(pairing: Pairing) -> list[Choice]:
    options, texts = pairing.options, pairing.at.texts
    return [
        (texts("felt.by_area"), options.choosing("units", None), not options.by_dimension),
        (texts("felt.by_dimension"), options.choosing("units", "by_dimension"), options.by_dimension),
    ]


def _dimensions(pairing: Pairing) -> Any:
    """Which dimension the areas are compared in; all dimensions at once have no such choice."""
    options, texts, at = pairing.options, pairing.at.texts, pairing.at
    if options.by_dimension:
        return None
    surveyed = Felt(at).dimensions
    rows = at.store.dimensions(CatalogueQuestion(viewer=at.viewer)).to_dict("records")
    choices: list[Choice] = [(texts("felt.all_dimensions"), options.choosing("dimension", None), not options.dimension)]
    choices += [
        (
            texts.name(row),
            options.choosing("dimension", f"dimension{WITH}{row['dimension_code']}"),
            row["dimension_code"] == options.dimension,
        )
        for row in rows
        if row["dimension_code"] in surveyed
    ]
    return choice_menu(texts("felt.dimension"), choices)
