"""The layers of an app: one door, shared by the callbacks that describe them and the routes that serve them."""

from flask import Flask

from data_access.layers.sources import LayerSources
from data_access.store import IndicatorStore

_EXTENSION = "cityvitals-layers"


def kept_layers(server: Flask, store: IndicatorStore) -> LayerSources:
    """The app's door, made by whoever needs it first; `keep_layers` makes it with the installation's settings."""
    if _EXTENSION not in server.extensions:
        server.extensions[_EXTENSION] = LayerSources(store)
    sources: LayerSources = server.extensions[_EXTENSION]
    return sources
