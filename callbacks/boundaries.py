"""The boundary files of an app: one keeper, shared by the callback that names them and the route that serves them."""

from flask import Flask

from data_access.geometry.bundles import BoundaryBundles
from data_access.store import IndicatorStore

_EXTENSION = "cityvitals-boundaries"


def kept_boundaries(server: Flask, store: IndicatorStore) -> BoundaryBundles:
    """The app's keeper, made by whoever needs it first."""
    if _EXTENSION not in server.extensions:
        server.extensions[_EXTENSION] = BoundaryBundles(store)
    bundles: BoundaryBundles = server.extensions[_EXTENSION]
    return bundles
