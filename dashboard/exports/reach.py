"""What the reach view lets one take away: coverage per area as a table, and the shapes as GeoJSON or GeoPackage."""

import tempfile
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd

from callbacks.link import to_search
from callbacks.reach_map import blind_zones, reached
from callbacks.reach_panels import land_facts, reach_facts
from callbacks.reach_scene import ReachScene
from callbacks.taking import citation
from dashboard.exports.places import CRS, DRIVERS
from dashboard.exports.table import Table
from data_access.publishing import BoundariesOfQuestion
from layouts.components.panel import joined

COLUMNS = [
    "area_code", "area", "residents", "residents_served", "residents_unserved", "served_pct", "served_pct_before",
    "residential_land_ha", "land_in_radius_pct", "reported_pct", "difference_pct_points",
]  # fmt: skip


def coverage_rows(at: ReachScene) -> pd.DataFrame:
    """One row per area of the view, the area in question first; computed, and beside it what is reported."""
    found = at.by_area
    before = found.get("before_share_pct", np.nan)
    rows = pd.DataFrame(
        {
            "area_code": found.index.astype(str),
            "area": [at.names.get(str(code), "") for code in found.index],
            "residents": found["total"].round(0).to_numpy(),
            "residents_served": found["served"].round(0).to_numpy(),
            "residents_unserved": found["unserved"].round(0).to_numpy(),
            "served_pct": found["share_pct"].to_numpy(),
            "served_pct_before": np.asarray(before),
            "residential_land_ha": found["land_ha"].to_numpy(),
            "land_in_radius_pct": found["land_pct"].to_numpy(),
            "reported_pct": found["reported"].to_numpy(),
            "difference_pct_points": found["difference_pct"].to_numpy(),
        }
    )
    return rows[COLUMNS].round(2)


def coverage_table_of(at: ReachScene, address: str) -> Table:
    """address: of the screen, for the permalink."""
    said = [*reach_facts(at), *land_facts(at)]
    about = {label or at.at.texts("export.about_table"): text for label, text in reversed(said) if text}
    about[at.at.texts("export.about_link")] = address + to_search(at.at.selection)
    title = joined(at.at.texts("export.reach"), at.at.area_name)
    cited = joined(citation(at.at, of_one=False), at.at.texts("reach.computed"))
    return Table(f"reach-{at.layer or ''}-{at.map.parent}", coverage_rows(at), about, title, cited)


def shapes_bytes(at: ReachScene, extension: str) -> bytes:
    """The land within reach, the blind zones and the areas with their coverage. extension: one of DRIVERS.

    A GeoPackage holds a layer of each; GeoJSON, which has no layers, one collection whose `what` tells them apart.
    """
    layers = {"reach": _bands(at), "blind_zones": _blind(at), "coverage": _areas(at)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"reach.{extension}"
        if extension == "geojson":
            parts = [frame.assign(what=name) for name, frame in layers.items() if len(frame)]
            both = geopandas.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=CRS)
            both.to_file(file, driver=DRIVERS[extension])
        else:
            for name, frame in layers.items():
                frame.to_file(file, driver=DRIVERS[extension], layer=name)
        return file.read_bytes()


def _bands(at: ReachScene) -> geopandas.GeoDataFrame:
    facts = {
        "minutes": at.bands,
        "mode": at.mode,
        "facilities": at.facility_title,
        "is_straight_line": not at.has_roads,
    }
    return _frame(at, pd.DataFrame(facts), reached(at))


def _blind(at: ReachScene) -> geopandas.GeoDataFrame:
    unserved = at.by_area["unserved"].to_dict()[at.map.parent]
    return _frame(at, pd.DataFrame({"residents_unserved": [round(unserved)]}), [blind_zones(at)])


def _frame(at: ReachScene, rows: pd.DataFrame, shapes: list[object]) -> geopandas.GeoDataFrame:
    """Shapes in metres with their attributes, in degrees."""
    degrees = at.data.plane().shapes_to_degrees(np.array(shapes, dtype=object))
    return geopandas.GeoDataFrame(rows, geometry=list(degrees), crs=CRS)


def _areas(at: ReachScene) -> geopandas.GeoDataFrame:
    asked = BoundariesOfQuestion(areas=at.map.bundle.codes, viewer=at.at.viewer)
    rows = coverage_rows(at).merge(at.at.store.boundaries_of(asked), on="area_code")
    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=CRS)
