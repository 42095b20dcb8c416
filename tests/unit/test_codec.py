import pandas as pd
import pytest
import shapely

from data_access.codec import decode_frame, encode_frame


def test_an_empty_answer_can_still_be_merged() -> None:
    empty = pd.DataFrame({"code": pd.Series([], dtype="str"), "value": pd.Series([], dtype="float64")})
    found = decode_frame(encode_frame(empty))
    assert found.join(found.set_index("code").rename(columns={"value": "other"}), on="code").empty


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_frame_comes_back_with_its_types_and_its_missing_values(rows: int) -> None:
    frame = pd.DataFrame({"code": ["01", None, "x"], "value": [1.5, float("nan"), 0.0], "flag": [True, False, True]})
    frame = frame.astype({"code": "str"}).head(rows)
    pd.testing.assert_frame_equal(decode_frame(encode_frame(frame)), frame)


def test_boundaries_come_back_as_geometry() -> None:
    frame = pd.DataFrame({"area_code": ["01", "02"], "geometry": [shapely.box(0, 0, 1, 1), None]})
    found = decode_frame(encode_frame(frame))["geometry"]
    assert shapely.equals(found[0], shapely.box(0, 0, 1, 1))
    assert found[1] is None
