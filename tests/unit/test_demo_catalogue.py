"""The catalogue in the contract's words."""

import pytest

from data_access.contract import TABLES
from data_access.demo.catalogue import KEY, catalogue, departments, dimensions, indicators, read_data
from data_access.demo.layers import layer_catalogue
from data_access.demo.recipes import recipes
from data_access.demo.stories import NOT_HERE


def test_every_catalogue_row_becomes_an_indicator_in_one_of_four_dimensions() -> None:
    made = indicators().set_index("indicator_code")
    assert made.index.is_unique
    assert set(catalogue()["indicator_code"]) <= set(made.index)
    tree = dimensions().set_index("dimension_code")["parent_code"]
    assert set(tree[made["dimension_code"]]) == {"housing", "compound", "block", "city"}


@pytest.mark.parametrize("column", ["direction", "aggregation"])
def test_words_are_those_of_the_contract(column: str) -> None:
    assert set(indicators()[column]) <= set(TABLES["indicator"].columns[column].info["words"])


def test_a_weighted_mean_has_a_weight_and_a_ratio_a_scale() -> None:
    made = indicators()
    weighted = made[made["aggregation"] == "weighted_mean"]
    assert (weighted["weight_column"].notna() | weighted["weight_indicator_code"].notna()).all()
    assert made.loc[made["aggregation"] == "ratio", "ratio_scale"].notna().all()


def test_the_successor_that_turned_its_direction_says_so() -> None:
    made = indicators().set_index("indicator_code")
    later = made.loc["M25-U49"]
    assert (later["predecessor_code"], later["predecessor_sign"]) == ("U49", -1)
    assert (made.loc["U49", "direction"], later["direction"]) == ("higher_better", "lower_better")


def test_every_indicator_has_a_recipe_or_a_reason() -> None:
    without = set(indicators()["indicator_code"]) - set(recipes().index)
    assert without == {*NOT_HERE, "YL-01"}


def test_every_bureau_that_leads_is_a_department() -> None:
    codes = set(departments()["department_code"])
    assert set(indicators()["lead_department_code"]) <= codes
    assert set(read_data("actions.csv")["lead_department_code"]) <= codes
    assert set(layer_catalogue()["department_code"]) <= codes


def test_a_dozen_indicators_are_key() -> None:
    made = indicators()
    assert set(made.loc[made["is_key"], "indicator_code"]) == set(KEY)
    assert len(KEY) == 12


def test_layers_stand_on_all_four_boards() -> None:
    assert set(layer_catalogue()["board"]) == set(TABLES["spatial_layer"].columns["board"].info["words"])
