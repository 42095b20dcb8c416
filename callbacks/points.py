"""The point files of an app: one keeper, shared by the callbacks that name them and the routes that serve them."""

from flask import Flask

from data_access.points.bundles import PointBundles
from data_access.store import IndicatorStore

_EXTENSION = "cityvitals-points"


def kept_points(server: Flask, store: IndicatorStore) -> PointBundles:
    """The app's keeper, made by whoever needs it first."""
    if _EXTENSION not in server.extensions:
        server.extensions[_EXTENSION] = PointBundles(store)
    bundles: PointBundles = server.extensions[_EXTENSION]
    return bundles
