"""Opinions: written by who may see the figure, listed to who may see it, in whose name the server knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from data_access.engine import normal_url
from data_access.errors import DatabaseReadOnly, DatabaseUnavailable, InvalidQuestion, UnknownCode
from data_access.opinions import LONGEST_TEXT, MOST_PER_FIGURE, Opinion
from data_access.questions import OpinionsQuestion
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING, Viewer
from tests.data.small_city import write

WANG = Viewer(area_codes=("A",), name="王工")
FIGURE = {"indicator": "I", "area": "A", "period": "2024"}


@pytest.fixture
def store(database: str) -> Iterator[IndicatorStore]:
    write(
        database,
        area_level=[{"level": level, "rank": n, "name_zh": level} for n, level in enumerate("cd")],
        area=[
            {"area_code": code, "name_zh": code, "level": "d" if parent else "c", "parent_code": parent}
            for code, parent in (("Z", None), ("A", "Z"), ("B", "Z"))
        ],
        department=[{"department_code": "X", "name_zh": "X"}],
        indicator_system=[{"system_code": "s", "name_zh": "s"}],
        dimension=[{"dimension_code": "d", "system_code": "s", "name_zh": "d"}],
        indicator=[
            {"indicator_code": code, "name_zh": code, "aggregation": "none", "lead_department_code": lead}
            for code, lead in (("I", "X"), ("J", None))
        ],
        indicator_value=[
            {"indicator_code": "I", "area_code": code, "period": "2024", "value": 1.0, "status": "valid"}
            for code in "AB"
        ],
    )
    yield open_store(database)


def opinion(**changes: object) -> Opinion:
    return Opinion(**(FIGURE | {"verdict": "question", "text": "口径存疑", "viewer": WANG} | changes))  # type: ignore[arg-type]


def listed(store: IndicatorStore, viewer: Viewer = EVERYTHING, **asked: object) -> list[str]:
    question = OpinionsQuestion(**({"area": "Z", "below": True, "viewer": viewer} | asked))  # type: ignore[arg-type]
    return store.opinions(question)["text"].to_list()


def test_an_opinion_is_pinned_in_the_servers_name_for_its_author_and_listed_at_once(store: IndicatorStore) -> None:
    version = store.contract().data_version
    store.write_opinion(opinion())
    store.write_opinion(opinion(verdict="agree", text="", viewer=EVERYTHING))
    rows = store.opinions(OpinionsQuestion(area="A"))
    assert rows["verdict"].to_list() == ["agree", "question"]
    assert rows["author"].fillna("").to_list() == ["", "王工"]
    assert rows.loc[1, ["indicator_code", "period", "indicator_name_zh"]].to_list() == ["I", "2024", "I"]
    assert store.contract().data_version == version


def test_opinions_of_another_district_are_neither_written_nor_shown(store: IndicatorStore) -> None:
    with pytest.raises(UnknownCode):
        store.write_opinion(opinion(area="B"))
    store.write_opinion(opinion(area="B", text="乙区", viewer=EVERYTHING))
    store.write_opinion(opinion(text="甲区"))
    assert listed(store, viewer=WANG, area="A") == ["甲区"]
    assert set(listed(store)) == {"甲区", "乙区"}
    assert listed(store, area="Z", below=False) == []
    with pytest.raises(UnknownCode):
        listed(store, viewer=WANG, area="B")


def test_a_department_has_opinions_on_its_own_indicators_only(store: IndicatorStore) -> None:
    other = Viewer(department_codes=("Y",))
    store.write_opinion(opinion())
    assert listed(store, viewer=other) == []
    with pytest.raises(UnknownCode):
        store.write_opinion(opinion(viewer=other))


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "maybe"},
        {"text": ""},
        {"text": "长" * (LONGEST_TEXT + 1)},
        {"text": "\x00"},
        {"text": "\ud800"},
        {"area": "A\x00"},
    ],
)
def test_what_cannot_be_written_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidQuestion):
        opinion(**wrong)


@pytest.mark.parametrize("unknown", [{"area": "C"}, {"indicator": "K"}, {"indicator": "J"}, {"period": "1999"}])
def test_there_is_no_opinion_on_a_figure_that_does_not_exist(store: IndicatorStore, unknown: dict[str, str]) -> None:
    with pytest.raises(UnknownCode):
        store.write_opinion(opinion(**unknown))


def test_a_figure_takes_only_so_many_opinions(store: IndicatorStore, database: str) -> None:
    row = {"indicator_code": "I", "area_code": "A", "period": "2024", "verdict": "agree"}
    write(database, opinion=[row] * MOST_PER_FIGURE)
    with pytest.raises(InvalidQuestion):
        store.write_opinion(opinion())


def test_hostile_text_is_kept_as_it_was_written(store: IndicatorStore) -> None:
    hostile = "'); DROP TABLE opinion;-- <script>alert(1)</script>\n=1+1"
    store.write_opinion(opinion(text=hostile))
    assert listed(store) == [hostile]


def test_a_database_for_reading_only_says_so_calmly(store: IndicatorStore, database: str) -> None:
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        _forbid_writing(Path(str(url.database)))
    else:
        with create_engine(normal_url(database), isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on"))
    with pytest.raises(DatabaseReadOnly):
        store.write_opinion(opinion())
    assert listed(store) == []


def test_a_missing_database_is_not_made_by_writing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        open_store(f"sqlite:///{tmp_path}/none.sqlite").write_opinion(opinion())
    assert not list(tmp_path.iterdir())


def _forbid_writing(file: Path) -> None:
    """SQLite opens a file whose header asks for a later write version for reading only, even for root."""
    with create_engine(f"sqlite:///{file}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek(18)
        opened.write(b"\x03")
