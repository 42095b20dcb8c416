"""The generated city, made once for all test processes: generating it is the slowest thing the tests do."""

import fcntl
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data_access.demo import write_package
from data_access.importing import load_packages
from tests.data.demo_tables import Table

CODES = {"area_code": str, "parent_code": str, "period": str}


@pytest.fixture(scope="session")
def demo_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _once(tmp_path_factory, "demo-package", write_package)


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory, demo_package: Path) -> str:
    """A SQLite database with the city, for tests that only read it."""

    def load(folder: Path) -> None:
        folder.mkdir()
        load_packages([demo_package], f"sqlite:///{folder}/demo.sqlite")

    return f"sqlite:///{_once(tmp_path_factory, 'demo-database', load)}/demo.sqlite"


@pytest.fixture(scope="session")
def table(demo_package: Path) -> Table:
    """The package's tables; whoever reads one changes nothing in it."""
    return cache(lambda name: pd.read_csv(demo_package / f"{name}.csv", dtype=CODES, low_memory=False))


@pytest.fixture(scope="session")
def recorded(table: Table) -> pd.DataFrame:
    """Values of compounds that count, with the codes of what they lie in."""
    values = table("indicator_value")
    values = values[values["area_code"].str.contains("-") & values["rolls_up"] & values["value"].notna()]
    parent = table("area").set_index("area_code")["parent_code"]
    community = values["area_code"].map(parent)
    subdistrict = community.map(parent)
    return values.assign(subdistrict=subdistrict, district=subdistrict.map(parent))


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, made by whichever test process comes first; the others wait for it."""
    base = factory.getbasetemp().parent if "gw" in factory.getbasetemp().name else factory.getbasetemp()
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder
