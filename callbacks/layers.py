"""The layer view: which layers lie over the indicators."""

from dash import Dash

from data_access.store import IndicatorStore


def register(app: Dash, store: IndicatorStore) -> None:
    """The panels of the layer view."""
