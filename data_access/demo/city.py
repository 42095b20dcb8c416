"""The city as a whole: its land, its areas and what they have. Everything else of the package is told about it."""

from dataclasses import dataclass

import pandas as pd

from data_access.demo.areas import Codes, make_areas
from data_access.demo.blocks import Blocks, make_blocks
from data_access.demo.cells import Cells, make_cells
from data_access.demo.features import Features, make_features
from data_access.demo.land_use import make_compounds, make_land_use
from data_access.demo.tiling import Tiling, make_tiling


@dataclass(frozen=True)
class City:
    """areas and land carry geometries in kilometres; see the modules that make them."""

    cells: Cells
    tiling: Tiling
    blocks: Blocks
    land: pd.DataFrame
    areas: pd.DataFrame
    codes: Codes
    features: Features


def make_city() -> City:
    cells = make_cells()
    tiling = make_tiling(cells)
    blocks = make_blocks(cells)
    land = make_land_use(blocks, tiling)
    compounds = make_compounds(land, int(tiling.community.max()) + 1)
    areas, codes = make_areas(cells, tiling, compounds)
    return City(cells, tiling, blocks, land, areas, codes, make_features(areas, land, codes))
