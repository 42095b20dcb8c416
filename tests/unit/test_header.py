"""The navigation: one entry for the views of a group, which shows them side by side."""

from layouts.components.header import navigation, sections
from layouts.texts import texts

GROUPS = {"overview": None, "layers": "city_map", "problems": None, "reach": "city_map"}


def test_views_of_one_group_share_an_entry_that_opens_the_first_and_is_current_in_each() -> None:
    entries = navigation(texts("zh_CN"), GROUPS, "reach")
    assert [getattr(entry, "data-pick") for entry in entries] == [
        '{"view": "overview"}', '{"view": "layers"}', '{"view": "problems"}',
    ]  # fmt: skip
    assert [getattr(entry, "aria-current", None) for entry in entries] == [None, "page", None]


def test_inside_a_group_its_views_stand_side_by_side_and_elsewhere_nothing_does() -> None:
    (switch,) = sections(texts("en"), GROUPS, "reach")
    assert [getattr(button, "aria-pressed") for button in switch.children] == ["false", "true"]
    assert sections(texts("en"), GROUPS, "problems") == []
    assert sections(texts("en"), {"layers": "city_map"}, "layers") == []
