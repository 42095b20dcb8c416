"""The contract row, and the one table that the screen itself writes."""

from sqlalchemy import Column, Integer, Table

from data_access.contract import words
from data_access.contract.columns import code, moment, names, period, text, whole, word
from data_access.contract.metadata import TABULAR

contract = Table(
    "contract",
    TABULAR,
    code("version", required=True),
    whole("data_version", required=True, low=0),
    *names("city_name"),
    code("currency"),
    moment("updated_at"),
    comment="One row: the contract's version, and the version of the data that every writer raises.",
)

opinion = Table(
    "opinion",
    TABULAR,
    Column(
        "opinion_id",
        Integer,
        primary_key=True,
        autoincrement=True,
        info={"kind": "whole", "required": False, "default": None},
    ),
    text("author"),
    code("indicator_code", refers="indicator.indicator_code"),
    code("area_code", refers="area.area_code"),
    period(),
    word("verdict", words.VERDICTS),
    text("text"),
    moment("created_at"),
    comment="Expert opinions: the only table the screen writes.",
)
