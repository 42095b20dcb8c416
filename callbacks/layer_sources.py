"""The layers of an app: one door, shared by the callbacks that describe them and the routes that serve them."""

from collections.abc import Mapping

from flask import Flask

from data_access.layers.remote.networks import read_networks
from data_access.layers.remote.services import Services, Settings
from data_access.layers.sources import LayerSources
from data_access.store import IndicatorStore

_EXTENSION = "cityvitals-layers"


def keep_layers(server: Flask, store: IndicatorStore, networks: str, tokens: Mapping[str, str]) -> LayerSources:
    """Makes the app's door. networks: what services may lie in, comma-separated; tokens: by host suffix.

    Raises ValueError for a network that is none.
    """
    services = Services(Settings(read_networks(networks), tokens))
    server.extensions[_EXTENSION] = LayerSources(store, services)
    return kept_layers(server)


def kept_layers(server: Flask) -> LayerSources:
    """The app's door."""
    sources: LayerSources = server.extensions[_EXTENSION]
    return sources
