"""The areas of a panel with their boundaries, as GeoJSON or GeoPackage in CGCS2000."""

import tempfile
from pathlib import Path

import geopandas
import pandas as pd

from callbacks.correlation_data import Pairing
from callbacks.correlation_painting import map_title, painted, placed
from callbacks.indicator_series import areas_below
from callbacks.scene import Scene
from callbacks.taking import citation
from dashboard.exports.mapped import mapped_places
from dashboard.exports.patterns import PLACED_MAKERS, level_of
from dashboard.exports.tables import areas
from data_access.questions import BoundariesQuestion
from layouts.figures.map_svg import map_svg
from layouts.map.ramps import MAP_COLOURS

CRS = "EPSG:4490"
DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG"}


def places_bytes(at: Scene, extension: str) -> bytes:
    """One feature per area below that has a boundary, with its value row. extension: one of DRIVERS.

    GeoJSON is in WGS 84 by its standard (RFC 7946), which CGCS2000 equals within a few centimetres.
    """
    home, below = areas_below(at)
    partition = str(below["partition"].iloc[0]) if len(below) else None
    shapes = at.store.boundaries(BoundariesQuestion(area=home, partition=partition, viewer=at.viewer))
    rows = areas(at).merge(shapes, on="area_code")
    rows.insert(1, "indicator_code", str(at.selection.indicator))
    rows.insert(2, "period", str(at.selection.period))
    return _written(rows, extension)


def mapped_places_bytes(at: Scene, extension: str) -> bytes:
    """The same for the areas that the map of the overview shows."""
    return _written(mapped_places(at), extension)


def pattern_places_bytes(kind: str, at: Scene, extension: str) -> bytes:
    """The same for a table of the correlation view. kind: one of PLACED_MAKERS."""
    level = level_of(kind, at)
    rows = PLACED_MAKERS[kind](at)
    if level is None or rows.empty:
        return _written(pd.DataFrame({"area_code": [], "geometry": []}), extension)
    shapes = at.store.boundaries(BoundariesQuestion(area=at.area, level=level, viewer=at.viewer))
    return _written(rows.merge(shapes, on="area_code"), extension)


def map_picture(at: Scene) -> str:
    """The map of the correlation view as SVG, as it is chosen."""
    pairing = Pairing(at)
    place = placed(pairing)
    painting = painted(place)
    ground = MAP_COLOURS[at.selection.theme].ground
    title = f"{at.area_name} · {map_title(pairing)}"
    caption = citation(pairing.shown)
    if painting.level is None:
        return map_svg(title, caption, painting.legend, [], [], at.selection.theme)
    asked = BoundariesQuestion(area=place.at.area, level=painting.level, viewer=at.viewer)
    shapes = at.store.boundaries(asked).dropna(subset="geometry")
    colours = [painting.fill(str(code), ground) for code in shapes["area_code"]]
    return map_svg(title, caption, painting.legend, list(shapes["geometry"]), colours, at.selection.theme)


def _written(rows: pd.DataFrame, extension: str) -> bytes:
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"areas.{extension}"
        frame.to_file(file, driver=DRIVERS[extension], layer="areas")
        return file.read_bytes()
