"""Three ways to the same choropleth, each as the smallest Dash app: ours, inline `dl.GeoJSON`, a Plotly choropleth.

Each app has a store `selection`; a benchmark writes the indicator into it. The page is empty until it does.
"""

import json
from pathlib import Path
from typing import Any

import dash_leaflet as dl
import geopandas
import numpy as np
import plotly.graph_objects as go
import shapely
from dash import Dash, Input, Output, dcc, html, no_update

from benchmarks import map_city
from callbacks import map as city_map_callbacks
from callbacks.selection import Selection
from callbacks.today import keep_timezone
from callbacks.viewer import everyone, identify_viewers
from dashboard.http.compression import compress_answers
from dashboard.routes.geometry import register_geometry_routes
from data_access.startup import open_store
from layouts.ids import ShellIds, selection_of
from layouts.map import city_map
from layouts.map.ramps import DARK, ramp
from layouts.texts import texts

MAP_FILES = r"area_|map_camera|crisp_tiles|map\.css|tokens\.css|panels\.css"
ASSETS = Path(__file__).resolve().parents[1] / "assets"
FULL = {"position": "fixed", "inset": 0, "width": "100vw", "height": "100vh"}
COLOURS = ramp(DARK.amounts, 5)
STYLE_JS = """
window.dash_props = {byClass: {style: (f, c) => ({fillColor: c.hideout.colours[c.hideout.classes[f.properties.n]],
  fillOpacity: 1, weight: 0.5, color: "#0b1220"})}};
"""


def selection(indicator: str) -> dict[str, Any]:
    chosen = Selection(area=map_city.ROOT, indicator=indicator, period=map_city.PERIOD, level="community")
    return chosen.to_store()


def ours(url: str) -> Dash:
    app = Dash(
        "ours",
        assets_folder=str(ASSETS),
        assets_ignore=f"^(?!{MAP_FILES})",
    )
    store = open_store(url)
    stores = (ShellIds.SELECTION, ShellIds.FRESH, ShellIds.SCREEN, ShellIds.MAP_EVENT, ShellIds.MAP_HOVER)
    of_page = selection_of("overview")
    app.layout = html.Div(
        [
            *(dcc.Store(id=name) for name in stores),
            dcc.Store(id=of_page),
            html.Div(city_map(texts("zh_CN")), style=FULL),
        ]
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "(selection) => selection", Output(of_page, "data"), Input(ShellIds.SELECTION, "data")
    )
    identify_viewers(app.server, everyone)
    keep_timezone(app.server, "Asia/Shanghai")
    city_map_callbacks.register(app, store)
    register_geometry_routes(app.server, store)
    compress_answers(app.server)
    return app


def features() -> dict[str, Any]:
    """Rings clockwise, as Plotly wants them."""
    clockwise = shapely.orient_polygons(map_city.polygons(), exterior_cw=True)
    frame = geopandas.GeoDataFrame({"n": range(map_city.AREAS)}, geometry=clockwise, crs="EPSG:4326")
    return dict(json.loads(frame.to_json()))


def classes(indicator: str) -> list[int]:
    values = map_city.values(indicator)
    bounds = np.nanquantile(values, [0.2, 0.4, 0.6, 0.8])
    return [int(number) for number in np.searchsorted(bounds, np.nan_to_num(values))]


def leaflet_inline(_url: str) -> Dash:
    """`dl.GeoJSON` with its data in the callback; a change of indicator sends only the classes as hideout."""
    app = Dash("leaflet", assets_folder="none")
    app.index_string = app.index_string.replace("{%config%}", f"<script>{STYLE_JS}</script>{{%config%}}")
    west, south = 113.6, 30.2
    bounds = [[south, west], [south + 0.7, west + 0.8]]
    layer = dl.GeoJSON(id="layer", style={"variable": "dash_props.byClass.style"})
    app.layout = html.Div(
        [
            dcc.Store(id="selection"),
            dl.MapContainer([layer], id="map", bounds=bounds, preferCanvas=True, style=FULL, attributionControl=False),
        ]
    )
    data, sent = features(), []

    @app.callback(Output("layer", "data"), Output("layer", "hideout"), Input("selection", "data"))
    def paint(chosen: dict[str, Any] | None) -> tuple[Any, Any]:
        if chosen is None:
            sent.clear()
            return no_update, no_update
        hideout = {"colours": COLOURS, "classes": classes(chosen["indicator"])}
        sent.append(1)
        return (data if len(sent) == 1 else no_update), hideout

    return app


def plotly_choropleth(_url: str) -> Dash:
    app = Dash("plotly", assets_folder="none")
    app.layout = html.Div([dcc.Store(id="selection"), dcc.Graph(id="graph", style=FULL)])
    data = features()

    @app.callback(Output("graph", "figure"), Input("selection", "data"))
    def paint(chosen: dict[str, Any] | None) -> Any:
        if chosen is None:
            return no_update
        trace = go.Choropleth(
            geojson=data,
            featureidkey="properties.n",
            locations=list(range(map_city.AREAS)),
            z=classes(chosen["indicator"]),
            colorscale=[[n / 4, colour] for n, colour in enumerate(COLOURS)],
            showscale=False,
        )
        figure = go.Figure(trace).update_geos(fitbounds="locations", visible=False)
        return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})

    return app


WAYS = {"own area layer": ours, "dl.GeoJSON inline": leaflet_inline, "Plotly choropleth": plotly_choropleth}
