"""Panels travel as tags, attributes and texts: what a component shows, and nothing of how it is made."""

import json

from dash import html

from layouts.components.day_field import DayField
from layouts.components.markup import markup


def test_a_component_becomes_its_tag_its_attributes_and_its_children() -> None:
    row = html.Div(["<b>", None, html.Span("字")], className="row", style={"maskImage": "none"}, **{"data-pick": "1"})
    attributes = {"class": "row", "style": "mask-image:none", "data-pick": "1"}
    assert json.loads(markup(row)) == [["div", attributes, ["<b>", ["span", {}, ["字"]]]]]


def test_a_component_of_our_own_travels_like_any_other() -> None:
    field = DayField("2024-02-01", earliest="1990-01-01", latest="2025-03-31", label="从")
    shown = {"type": "date", "value": "2024-02-01", "min": "1990-01-01", "max": "2025-03-31", "aria-label": "从"}
    assert json.loads(markup(field)) == [["input", shown, []]]
