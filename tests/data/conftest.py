"""The generated city, made once for all test processes: generating it is the slowest thing the tests do."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.demo import write_package
from data_access.importing import load_packages


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
