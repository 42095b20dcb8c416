"""What the 3D view stands up, in which colours, and what it must say of it."""

from typing import Any
from urllib.parse import quote

from callbacks.browser_packages import package_address
from callbacks.compare_options import AREAS, BUILDINGS, PROBLEMS, RAISED, TINTED
from callbacks.compare_sides import Comparison
from callbacks.scene import Scene
from data_access.questions import CatalogueQuestion
from layouts.components.choosing import Choice
from layouts.layers.state import ShownLayer, read_layers, write_layers
from layouts.scene.solid import problem_legend, problem_tints, solid_words

_FILES = {"module": "maplibre-gl.mjs", "worker": "maplibre-gl-worker.mjs", "style": "maplibre-gl.css"}


def solid_payload(found: Comparison, address: str) -> dict[str, Any]:
    """packages: None where they were not fetched at set-up; the view then says so and stays flat."""
    at, options = found.scene, found.options
    packages = {part: package_address(address, name) for part, name in _FILES.items()}
    area, layer = found.left.parent, standing_layer(at)
    return {
        "raised": raised(found),
        "tinted": options.tinted,
        "key": f"{at.store.data_version()} {area} {layer}",
        "buildings": f"{address}buildings/{quote(area, safe='')}.json" + (f"?layer={quote(layer)}" if layer else ""),
        "packages": packages if all(packages.values()) else None,
        "problems": problem_tints(at.selection.theme),
        "words": solid_words(at.texts),
    }


def raised(found: Comparison) -> str:
    """What stands up: a city without a layer of buildings raises its areas."""
    wished = found.options.raised
    return AREAS if wished == BUILDINGS and standing_layer(found.scene) is None else wished


def standing_layer(at: Scene) -> str | None:
    """The layer whose buildings stand: the first of the link's that has heights, else the city's usual one."""
    known = [one["layer_code"] for one in at.store.building_layers(CatalogueQuestion(viewer=at.viewer))]
    linked = (layer.code for layer in read_layers(at.selection.layers))
    return next((code for code in linked if code in known), next(iter(known), None))


def standing_choices(at: Scene) -> list[Choice]:
    """The layers of buildings where there are several."""
    known, mine = at.store.building_layers(CatalogueQuestion(viewer=at.viewer)), standing_layer(at)
    choices: list[Choice] = [
        (
            at.texts.name(one, "title") or one["layer_code"],
            {"layers": write_layers([ShownLayer(one["layer_code"])])},
            one["layer_code"] == mine,
        )
        for one in known
    ]
    return choices if len(choices) > 1 else []


def services(at: Scene) -> list[tuple[str, str]]:
    """The 3D Tiles of the catalogue: title and address."""
    rows = at.store.layers(CatalogueQuestion(viewer=at.viewer))
    tiles = rows[rows["source_kind"] == "tiles3d"].to_dict("records")
    return [(at.texts.name(row, "title") or str(row["layer_code"]), str(row["source"])) for row in tiles]


def shows_problems(found: Comparison) -> bool:
    return raised(found) == BUILDINGS and found.options.tinted == PROBLEMS


def solid_title(found: Comparison) -> str:
    texts = found.scene.texts
    return texts("scene.open_problems") if shows_problems(found) else found.title(found.left)


def solid_legend(found: Comparison) -> list[Any] | None:
    """Of the problems' colours; None where the map's own legend holds."""
    return problem_legend(found.scene.texts, found.scene.selection.theme) if shows_problems(found) else None


def solid_rows(found: Comparison) -> list[list[Choice]]:
    texts, options = found.scene.texts, found.options
    stands = raised(found)
    rows: list[Choice] = [(texts(f"scene.{one}"), options.choosing("raised", one), one == stands) for one in RAISED]
    tinted: list[Choice] = [
        (texts(f"scene.{one}"), options.choosing("tinted", one), one == options.tinted) for one in TINTED
    ]
    if standing_layer(found.scene) is None:
        return []
    return [rows, tinted] if stands == BUILDINGS else [rows]
