"""What the conclusion says of a dimension: a share of what could be judged, and how many that were."""

import json

import pandas as pd

from layouts.components.conclusion import conclusion
from layouts.components.markup import markup
from layouts.formatting import Formatter
from layouts.texts import texts

MEMBERS = ["root_dimension_code", "indicator_code", "name_zh", "name_en", "value", "unit", "decimals", "attainment"]


def test_indicators_without_value_or_standard_are_graded_but_not_judged() -> None:
    counts = {"indicators": 69, "graded": 63, "collected": 58, "meets": 18, "near": 12, "fails": 10}
    city = {"dimension_code": "city", "name_zh": "城区", "name_en": "City", "better": 0, "worse": 0, **counts}
    for language, said in (("zh_CN", "评级 63 项 · 可评判 40"), ("en", "40 of 63 judged")):
        drawn = conclusion(Formatter(texts(language), "CNY"), pd.DataFrame([city]), pd.DataFrame(columns=MEMBERS), {})
        shown = json.dumps(json.loads(markup(drawn)), ensure_ascii=False)
        assert said in shown
        assert "45.0" in shown
