"""A link restores the screen exactly; what a stranger sends as a selection is refused or left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.link import from_search, to_search
from callbacks.selection import CLASS_COUNTS, DENSITIES, SCHEMES, THEMES, Selection
from data_access.errors import InvalidQuestion
from layouts.texts import LANGUAGES

codes = st.none() | st.text(min_size=1, max_size=30).filter(
    lambda text: text.encode("utf-8", "ignore").decode() == text
)
selections = st.builds(
    Selection,
    area=codes,
    indicator=codes,
    period=codes,
    level=codes,
    partition=codes,
    compare=codes,
    scheme=st.sampled_from(SCHEMES),
    k=st.sampled_from(CLASS_COUNTS),
    lang=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
    density=st.sampled_from(DENSITIES),
)


@settings(max_examples=60)
@given(selections)
def test_a_pasted_link_restores_the_selection_exactly(selection: Selection) -> None:
    assert from_search(to_search(selection)) == (selection, [])


@settings(max_examples=60)
@given(st.text(max_size=99))
def test_any_text_is_a_link_of_which_the_unknown_is_left_out(text: str) -> None:
    selection, ignored = from_search(text)
    assert isinstance(selection, Selection)
    assert all(isinstance(part, str) for part in ignored)


def test_a_link_says_which_of_our_parts_mean_nothing_and_passes_over_foreign_ones() -> None:
    selection, ignored = from_search("?area=01&theme=pink&k=99&utm_source=mail")
    assert selection == Selection(area="01")
    assert ignored == ["theme=pink", "k=99"]


@pytest.mark.parametrize(
    "data",
    [
        [],
        "x",
        5,
        {"area": 5},
        {"k": "5"},
        {"k": 50},
        {"theme": []},
        {"nonsense": 1},
        {"area": "x" * 300},
        {"k": 5.0},
        {"today": "9999-12-31"},
    ],
)
def test_a_selection_that_this_screen_never_writes_is_refused(data: object) -> None:
    with pytest.raises(InvalidQuestion):
        Selection.from_store(data)


def test_the_store_keeps_the_whole_selection() -> None:
    selection = Selection(area="01", indicator="N", level="district", k=7, lang="en")
    assert Selection.from_store(selection.to_store()) == selection
