"""Assembles the screen: one Dash app over one store."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask

from callbacks import map, selecting, shell
from callbacks.layer_sources import keep_layers
from callbacks.opinions import keep_opinions_open
from callbacks.scoring import keep_scoring
from callbacks.suggesting import keep_rules
from callbacks.today import keep_timezone
from callbacks.viewer import Identify, identify_viewers, named_by
from dashboard.http import harden
from dashboard.routes.buildings import register_building_routes
from dashboard.routes.download import register_download_routes
from dashboard.routes.geometry import register_geometry_routes
from dashboard.routes.health import register_health_routes
from dashboard.routes.layers import register_layer_routes
from dashboard.routes.notices import register_notice_routes
from dashboard.routes.ogc import register_ogc_routes
from dashboard.routes.opinions import register_opinion_routes
from dashboard.routes.patterns import register_pattern_routes
from dashboard.routes.points import register_point_routes
from dashboard.routes.reach import register_reach_routes
from dashboard.routes.sheets import register_sheet_routes
from dashboard.routes.suggestions import register_suggestion_routes
from dashboard.routes.third_party import register_third_party_routes
from dashboard.routes.version import register_version_route
from dashboard.settings import Settings
from dashboard.views import VIEWS
from data_access.store import IndicatorStore
from layouts.document import document
from layouts.pages.shell import shell as shell_layout
from layouts.texts import texts

_ASSETS = Path(__file__).resolve().parents[1] / "assets"


def create_app(store: IndicatorStore, settings: Settings, identify: Identify | None = None) -> Dash:
    """identify: who asks, found from the HTTP request; without accounts everyone sees everything."""
    app = Dash(
        "cityvitals",
        assets_folder=str(_ASSETS),
        title=texts(settings.language)("app.name"),
        update_title="",
        suppress_callback_exceptions=True,
        serve_locally=True,
    )
    app.index_string = document(app.index_string, (_ASSETS / "icons" / "city.svg").read_text())
    app.layout = shell_layout(settings.timezone, settings.refresh_s)
    identify_viewers(app.server, identify or named_by(settings.user_header))
    keep_layers(app.server, store, settings.layer_networks, settings.layer_tokens)
    keep_timezone(app.server, settings.timezone, settings.today)
    keep_rules(app.server, settings.suggestion_rules)
    keep_opinions_open(app.server, settings.opinions)
    keep_scoring(app.server, settings.scoring)
    selecting.register(app, store, [view.code for view in VIEWS], settings.language)
    pages = {view.code: partial(view.page, basemap_url=settings.basemap_url) for view in VIEWS}
    shell.register(app, store, pages, {view.code: view.group for view in VIEWS})
    map.register(app, store)
    for view in VIEWS:
        view.register(app, store)
    register_geometry_routes(app.server, store)
    register_download_routes(app.server, store)
    register_sheet_routes(app.server, store, settings.font)
    register_opinion_routes(app.server, store, are_open=settings.opinions)
    register_health_routes(app.server, store)
    register_version_route(app.server, store)
    register_layer_routes(app.server, store)
    register_third_party_routes(app.server)
    register_notice_routes(app.server, store, settings.font)
    register_pattern_routes(app.server, store)
    register_point_routes(app.server, store)
    register_reach_routes(app.server, store)
    register_suggestion_routes(app.server, store)
    register_ogc_routes(app.server, store)
    register_building_routes(app.server, store)
    harden(app, image_origins=_origins(settings.basemap_url))
    return app


def set_up(app: Dash) -> Flask:
    """The app's server, ready for many visitors at once.

    Dash registers its scripts while it answers the first request and lets the others pass meanwhile: who opens the page
    just after a start would get 404 for some of them, and an empty page.
    """
    server: Flask = app.server
    server.test_client().get("/live")
    return server


def _origins(tile_url: str | None) -> tuple[str, ...]:
    """The one foreign origin pages may show pictures from, where the installation named a tile service."""
    if not tile_url:
        return ()
    parts = urlsplit(tile_url)
    return (f"{parts.scheme}://{parts.netloc}",)
