"""The real servers, once per process of the test run."""

from collections.abc import Iterator

import pytest

from data_access.layers.remote.networks import read_networks
from data_access.layers.remote.services import Services, Settings
from tests.layers import servers


@pytest.fixture(scope="session")
def map_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """MapServer and MapCache over the small town."""
    with servers.map_servers(tmp_path_factory.mktemp("mapserver")) as address:
        yield address


@pytest.fixture(scope="session")
def feature_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """pygeoapi with the small town's schools, four to a page."""
    with servers.pygeoapi(tmp_path_factory.mktemp("pygeoapi")) as address:
        yield address


@pytest.fixture
def services() -> Services:
    """An installation that allows its own machine."""
    return Services(Settings(read_networks("127.0.0.0/8")))
