"""A load that is killed, or meets another one, leaves the old data or the new, never a mixture."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from data_access import contract
from data_access.engine import open_engine
from data_access.errors import DatabaseUnavailable
from data_access.importing import load_packages
from data_access.layer_features import layer_feature
from tests.builders import TAIPEI, city, value, write_package

KILLED = """
import os, signal, sys
from pathlib import Path
from data_access.importing import load_packages, loading
step = sys.argv[3]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if step == "commit":
    loading.advice.warn_of_areas_without_boundary = die
def progress(name, done, total):
    if name == step:
        die()
load_packages([Path(sys.argv[1])], sys.argv[2], progress=progress)
"""


def state(database: str) -> tuple[int, ...]:
    with open_engine(database).connect() as connection:
        tables = (contract.area, contract.indicator_value, contract.area_boundary, layer_feature)
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in tables]
        return (connection.scalar(select(contract.contract.c.data_version)) or 0, *map(int, counts))


@pytest.mark.parametrize("step", ["indicator_value.csv", "references", "merge", "commit"])
def test_a_killed_load_leaves_the_old_data(step: str, database: str, tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(TAIPEI), database, step], check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert process.returncode == -signal.SIGKILL
    assert state(database) == (0, 0, 0, 0, 0)
    load_packages([TAIPEI], database)
    assert state(database) == (1, 469, 46_714, 469, 578)


def test_a_second_load_waits_its_turn_or_says_that_another_is_under_way(database: str, tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", city())
    with open_engine(database, access="load").begin() as connection:
        connection.execute(update(contract.contract).values(version=contract.contract.c.version))
        with pytest.raises(DatabaseUnavailable, match="another load is writing"):
            load_packages([package], database)
    load_packages([package], database)
    assert state(database)[0] == 1


def test_readers_see_the_old_data_until_the_load_is_committed(database: str, tmp_path: Path) -> None:
    seen: list[tuple[int, ...]] = []
    load_packages([write_package(tmp_path / "first", city())], database)
    more = write_package(tmp_path / "second", {"indicator_value": [value("N", "01", value=9)]})
    load_packages([more], database, progress=lambda step, *_: seen.append(state(database)) if step == "merge" else None)
    assert seen == [(1, 3, 2, 0, 0)]
    assert state(database) == (2, 3, 3, 0, 0)
