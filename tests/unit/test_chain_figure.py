"""The chain from problems to projects as a diagram whose labels keep apart."""

import pandas as pd

from analysis.projects.chain import chain
from layouts.figures.chain_figure import chain_figure
from layouts.texts import texts

COUNTED = pd.DataFrame(
    [
        {"category": "H", "action_code": "A", "project_type": "老旧小区改造", "stage": "done", "problems": 99},
        {"category": "H", "action_code": "A", "project_type": "停车", "stage": "works", "problems": 1},
    ]
)


def test_a_label_fits_between_two_columns_and_the_hover_says_it_whole() -> None:
    figure = chain_figure(texts("en"), chain(COUNTED), {"category": {"H": "Housing"}}, "dark", 16)
    node = figure.data[0].node
    assert "Housing" in node.label and "老旧小区…" in node.label and "老旧小区改造" in node.customdata


def test_a_block_too_thin_for_letters_has_no_label() -> None:
    figure = chain_figure(texts("zh_CN"), chain(COUNTED), {}, "dark", 16)
    node = figure.data[0].node
    assert node.label[node.customdata.index("停车")] == ""
