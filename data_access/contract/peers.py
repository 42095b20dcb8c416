"""Peer cities, and what residents answered in surveys."""

from sqlalchemy import Table

from data_access.contract.columns import code, flag, names, number, period, text, whole
from data_access.contract.metadata import TABULAR

peer_city = Table(
    "peer_city",
    TABULAR,
    code("peer_code", key=True),
    *names(),
    text("province_zh"),
    whole("population", low=0),
    text("tier"),
    text("peer_group"),
    comment="Peer cities.",
)

peer_value = Table(
    "peer_value",
    TABULAR,
    code("indicator_code", key=True, refers="indicator.indicator_code"),
    code("peer_code", key=True, refers="peer_city.peer_code"),
    period(key=True),
    number("value", required=True),
    text("source_title"),
    flag("definition_differs"),
    comment="Values of peer cities.",
)

survey_result = Table(
    "survey_result",
    TABULAR,
    code("topic_code", key=True),
    code("area_code", key=True, refers="area.area_code"),
    period(key=True),
    code("respondent_group", key=True),
    code("indicator_code", refers="indicator.indicator_code"),
    code("dimension_code", refers="dimension.dimension_code"),
    *names("topic"),
    number("score", required=True, low=0, high=100),
    whole("respondents", required=True, low=0),
    comment="Satisfaction surveys; respondent_group `all` for everyone.",
)
