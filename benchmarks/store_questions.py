"""The store's questions over eight million values, beside pandas filtering the same values held in memory.

    scripts/with-services .venv/bin/python -m benchmarks.store_questions [--small] [--only sqlite|postgresql]
    .venv/bin/python -m benchmarks.store_questions --database sqlite:////tmp/big.sqlite   (made if it is not there)

160 indicators × 10,110 areas (1 city, 9 districts, 100 subdistricts, 10,000 communities) × 5 years; indicator I159 is
recorded in the communities only. Each question is asked of the database: the cache of answers is emptied before.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, make_url, text

from data_access.engine import layers_path, normal_url, open_engine
from data_access.questions import ProfileQuestion, Question, ValuesQuestion
from data_access.schema import create_tables
from data_access.startup import open_store
from data_access.store import IndicatorStore

YEARS = range(2020, 2025)
ASKED = 25
ROLLS_UP = "I159"


class City:
    """Codes of a synthetic city of any size."""

    def __init__(self, indicators: int, districts: int, subdistricts: int, communities: int) -> None:
        self.indicators = [f"I{n:03}" for n in range(indicators - 1)] + [ROLLS_UP]
        self.parents: dict[str, str | None] = {"C0": None}
        self.levels = {"C0": "city"}
        self._add("district", "D", districts, ["C0"])
        self._add("subdistrict", "E", subdistricts, self.of("district"))
        self._add("community", "K", communities, self.of("subdistrict"))

    def of(self, level: str) -> list[str]:
        return [code for code, its in self.levels.items() if its == level]

    def _add(self, level: str, letter: str, count: int, parents: list[str]) -> None:
        for n in range(count):
            self.parents[f"{letter}{n:05}"] = parents[n % len(parents)]
            self.levels[f"{letter}{n:05}"] = level


def fill(url: str, city: City) -> None:
    """Inserted inside the database: no value passes through Python."""
    engine = open_engine(url, access="load")
    create_tables(engine, layers_path(url) if is_sqlite(url) else None)
    with engine.begin() as connection:
        _catalogue(connection, city)
        connection.execute(text("DROP INDEX ix_indicator_value_area"))
        for code in city.indicators:
            for year in YEARS:
                connection.execute(text(_INSERT), {"indicator": code, "n": int(code[1:]), "period": str(year)})
        connection.execute(
            text("CREATE INDEX ix_indicator_value_area ON indicator_value (area_code, indicator_code, period)")
        )
        connection.execute(
            text("DELETE FROM indicator_value WHERE indicator_code = :i AND area_code < 'K'"), {"i": ROLLS_UP}
        )
        connection.execute(text("UPDATE contract SET data_version = 1"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


_INSERT = """
INSERT INTO indicator_value (indicator_code, area_code, period, value, numerator, denominator, status, rolls_up)
SELECT CAST(:indicator AS VARCHAR), area_code, CAST(:period AS VARCHAR), v / 100.0, v, 10000.0, 'valid', 1 = 1
FROM (SELECT area_code,
             CAST((CAST(substr(area_code, 2) AS INTEGER) * 7 + CAST(:n AS INTEGER) * 13) % 9973 AS FLOAT) AS v
      FROM area) AS a
ORDER BY area_code
"""


def _catalogue(connection: Connection, city: City) -> None:
    def add(table: str, rows: list[dict[str, object]]) -> None:
        columns = list(rows[0])
        places = ", ".join(f":{column}" for column in columns)
        connection.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"), rows)

    levels = ("city", "district", "subdistrict", "community")
    add("area_level", [{"level": level, "rank": rank, "name_zh": level} for rank, level in enumerate(levels)])
    areas = [(code, parent, city.levels[code]) for code, parent in city.parents.items()]
    add(
        "area",
        [{"area_code": c, "name_zh": c, "level": at, "parent_code": p, "population": 1000} for c, p, at in areas],
    )
    add("indicator_system", [{"system_code": "s", "name_zh": "s"}])
    add("dimension", [{"dimension_code": "d", "system_code": "s", "name_zh": "d"}])
    facts = {"system_code": "s", "dimension_code": "d", "unit": "%", "direction": "neutral", "graded": True}
    add("indicator", [{"indicator_code": c, "name_zh": c, "aggregation": "ratio", **facts} for c in city.indicators])


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def questions(city: City) -> list[tuple[str, float, list[Question]]]:
    """Title, limit in ms, and the questions of each measurement."""
    chance = random.Random(1)
    parents = ["C0", *city.of("district"), *city.of("subdistrict")]
    asked = [(chance.choice(parents), chance.choice(city.indicators[:-1])) for _ in range(ASKED)]
    period = str(YEARS[-1])
    anywhere = [chance.choice(list(city.parents)) for _ in range(ASKED - 3)] + ["C0", *city.of("district")[:2]]
    return [
        (
            "children, one indicator and period",
            30,
            [ValuesQuestion(indicator=i, period=period, area=a) for a, i in asked],
        ),
        ("children of the city", 30, [ValuesQuestion(indicator=i, period=period, area="C0") for _, i in asked]),
        ("whole profile of an area", 50, [ProfileQuestion(area=a) for a in anywhere]),
        (
            "city rolled up from its communities",
            100,
            [
                ValuesQuestion(indicator=ROLLS_UP, period=str(y), area="C0", level="city", include_self=True)
                for y in YEARS
            ],
        ),
    ]


def ask(store: IndicatorStore, question: Question) -> pd.DataFrame:
    if isinstance(question, ValuesQuestion):
        return store.values_by_area(question)
    assert isinstance(question, ProfileQuestion)
    return store.profile(question)


class InPandas:
    """The baseline: every value in one frame, filtered for each question."""

    def __init__(self, url: str, city: City) -> None:
        statement = text("SELECT indicator_code, area_code, period, value, numerator, denominator FROM indicator_value")
        with open_engine(url, access="load").connect() as connection:
            parts = [
                part.astype({"indicator_code": "category", "area_code": "category", "period": "category"})
                for part in pd.read_sql(statement, connection, chunksize=10**9)
            ]
        self.values = parts[0]
        self.parents = pd.Series(city.parents)

    def answer(self, question: Question) -> pd.DataFrame:
        values = self.values
        if isinstance(question, ProfileQuestion):
            return values[values["area_code"] == question.area]
        assert isinstance(question, ValuesQuestion)
        one = values[(values["indicator_code"] == question.indicator) & (values["period"] == question.period)]
        if question.include_self:
            return one[["numerator", "denominator"]].sum().to_frame()
        return one[one["area_code"].isin(self.parents.index[self.parents == question.area])]


def milliseconds(answer: Callable[[], object]) -> float:
    start = time.perf_counter()
    answer()
    return (time.perf_counter() - start) * 1e3


def measure(url: str, city: City, baseline: InPandas) -> None:
    store = open_store(url)
    print(f"{make_url(url).get_backend_name():36}{'median':>9}{'worst':>9}{'limit':>7}{'pandas':>10}{'ratio':>8}")
    for title, limit, asked in questions(city):
        ask(store, asked[0])
        ours = [_cold(store, question) for question in asked]
        theirs = statistics.median(milliseconds(lambda q=question: baseline.answer(q)) for question in asked[:5])
        median = statistics.median(ours)
        verdict = "" if median <= limit else "  MISSED"
        print(f"{title:36}{median:9.1f}{max(ours):9.1f}{limit:7.0f}{theirs:10.1f}{theirs / median:7.1f}×{verdict}")


def _cold(store: IndicatorStore, question: Question) -> float:
    store.cache.forget()
    return milliseconds(lambda: ask(store, question))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a hundredth of the values, to try it out")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--database", help="URL of the database to use, filled when empty")
    options = parser.parse_args()
    city = City(16, 3, 10, 1000) if options.small else City(160, 9, 100, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        baseline = None
        for url in [options.database] if options.database else databases(options.only, Path(folder)):
            filled_in = milliseconds(lambda u=url: fill(u, city)) if is_empty(url) else 0
            baseline = baseline or InPandas(url, city)
            print(f"{len(baseline.values):,} values, filled in {filled_in / 1e3:.0f} s")
            measure(url, city, baseline)


def databases(only: str | None, folder: Path) -> list[str]:
    urls = [f"sqlite:///{folder}/big.sqlite"]
    if server := os.environ.get("CITYVITALS_TEST_POSTGRES_URL"):
        administration = open_engine(normal_url(server), access="load")
        with administration.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE big"))
        urls.append(make_url(server).set(database="big").render_as_string(hide_password=False))
    return [url for url in urls if only is None or url.startswith(only)]


def is_empty(url: str) -> bool:
    return not (is_sqlite(url) and Path(str(make_url(url).database)).is_file())


if __name__ == "__main__":
    main()
