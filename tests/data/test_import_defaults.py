"""What a file leaves out is missing, never a value of its own."""

from pathlib import Path

from sqlalchemy import select

from data_access.contract import contract, indicator, indicator_value
from data_access.engine import open_engine
from data_access.importing import load_packages
from tests.builders import city, write_package


def load(folder: Path, url: str) -> None:
    load_packages([write_package(folder, city())], url)


def test_a_value_rolls_up_unless_the_file_says_otherwise(database: str, tmp_path: Path) -> None:
    load(tmp_path / "package", database)
    with open_engine(database).connect() as connection:
        assert set(connection.scalars(select(indicator_value.c.rolls_up))) == {True}


def test_a_flag_that_no_file_mentions_is_unknown(database: str, tmp_path: Path) -> None:
    load(tmp_path / "package", database)
    with open_engine(database).connect() as connection:
        assert set(connection.scalars(select(indicator.c.is_key))) == {None}


def test_the_data_date_is_the_packages_own(database: str, tmp_path: Path) -> None:
    package = city(contract=[{"version": "1", "data_version": "9", "city_name_zh": "某市", "updated_at": "2025-03-31"}])
    load_packages([write_package(tmp_path / "package", package)], database)
    with open_engine(database).connect() as connection:
        row = connection.execute(select(contract)).mappings().one()
    assert (row["data_version"], row["updated_at"]) == (1, "2025-03-31")
