"""The navigation: one entry for the views of a group, which shows them side by side."""

import pandas as pd

from layouts.components.header import breadcrumb, navigation, sections
from layouts.texts import texts

GROUPS = {"overview": None, "layers": "city_map", "problems": None, "reach": "city_map"}


def test_views_of_one_group_share_an_entry_that_opens_the_first_and_is_current_in_each() -> None:
    entries = navigation(texts("zh_CN"), GROUPS, "reach")
    assert [getattr(entry, "data-pick") for entry in entries] == [
        '{"view": "overview"}', '{"view": "layers"}', '{"view": "problems"}',
    ]  # fmt: skip
    assert [getattr(entry, "aria-current", None) for entry in entries] == [None, "page", None]


def test_on_the_way_down_an_english_name_does_without_its_level() -> None:
    path = pd.DataFrame(
        {
            "area_code": ["01", "0101", "010101"],
            "level": ["city", "district", "community"],
            "name_zh": ["云澜市", "古渡区", "安里社区"],
            "name_en": ["Yunlan", "Gudu District", "Anli Community"],
        }
    )
    (listed,) = breadcrumb(texts("en"), path, {"district": "District", "community": "Community"})
    shown = [crumb.children for crumb in listed.children]
    assert [crumb.children for crumb in shown] == ["Yunlan", "Gudu", "Anli Community"]
    assert shown[1].title == "Gudu District"


def test_inside_a_group_its_views_stand_side_by_side_and_elsewhere_nothing_does() -> None:
    (switch,) = sections(texts("en"), GROUPS, "reach")
    assert [getattr(button, "aria-pressed") for button in switch.children] == ["false", "true"]
    assert sections(texts("en"), GROUPS, "problems") == []
    assert sections(texts("en"), {"layers": "city_map"}, "layers") == []
