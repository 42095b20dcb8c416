"""What the browser needs to draw the layers of the link."""

from typing import Any

import orjson
from flask import Flask, current_app

from analysis.search import entry as search_entry
from callbacks.browser_packages import package_address
from callbacks.layer_sources import kept_layers
from callbacks.layers_scene import LayersScene
from callbacks.points import kept_points
from data_access.errors import UnknownCode
from data_access.layers.entry import STORED, LayerEntry
from data_access.layers.failures import REASONS, Unusable
from data_access.layers.naming import name_of
from data_access.layers.sources import LayerSources
from data_access.store import IndicatorStore
from data_access.viewer import Viewer
from layouts.layers.specs import state_payload, style_payload, words

PACKED_FROM = 2_000
"""So many points of the spatial store come as one packed file: density from afar, categories to switch."""


def specs(at: LayersScene, root: str) -> dict[str, Any]:
    """root: the app's address, ending in a slash."""
    selection = at.at.selection
    shown = [layer for layer in at.shown if layer.code in at.entries]
    return {
        "root": root,
        "packages": {name: package_address(root, f"{name}.js") for name in ("vector-tile", "pbf")},
        "catalogue": f"{root}layers/catalogue/{at.layers.catalogue_version(at.at.viewer)}.json",
        "language": "en" if selection.lang == "en" else "zh",
        "theme": selection.theme,
        "state": state_payload(shown),
        "layers": {layer.code: _spec(at, at.entries[layer.code], root) for layer in shown},
        "words": words(at.at.texts, REASONS),
        "locale": at.at.texts.html_lang,
    }


def _spec(at: LayersScene, entry: LayerEntry, root: str) -> dict[str, Any]:
    version = at.layers.version(entry, at.at.viewer)
    base = f"{root}layers/{name_of(entry.code)}"
    kind = "picture" if entry.is_picture else "vector" if entry.has_features else "none"
    ending = "img" if kind == "picture" else "mvt"
    path = packed_points(current_app, at.at.store, entry, at.at.viewer)
    points = root + path if path else None
    return {
        "title": at.title(entry),
        "kind": "points" if points else kind,
        "points": points,
        "base": base,
        "tiles": f"{base}/{version}/{{z}}/{{x}}/{{y}}.{ending}",
        "geometry": entry.geometry_type,
        "min_zoom": None if points else entry.min_zoom,
        "style": style_payload(entry.style, at.at.selection.theme),
        "attribution": entry.attribution,
    }


def packed_points(server: Flask, store: IndicatorStore, entry: LayerEntry, viewer: Viewer) -> str | None:
    """The path of the layer's points where there are many of them, for assets/js/point_map.js."""
    if entry.kind not in STORED or "Point" not in (entry.geometry_type or ""):
        return None
    try:
        if kept_layers(server).facts(entry, viewer)["count"] < PACKED_FROM:
            return None
        return kept_points(server, store).bundle(entry.code, viewer).path
    except (Unusable, UnknownCode):
        return None  # what is wrong with it is told where its tiles are asked for


def catalogue_list(layers: LayerSources, viewer: Viewer) -> list[dict[str, Any]]:
    """The whole catalogue with the forms by which a layer is found: both names, pinyin, its initials, category."""
    return [_listed(entry) for entry in layers.entries(viewer)]


def catalogue_file(layers: LayerSources, store: IndicatorStore, viewer: Viewer) -> bytes:
    """The same as the browser gets it, made once per version of the data."""
    asked = (viewer, layers.catalogue_version(viewer))
    return store.cache.packed(
        "layer_catalogue", asked, store.contract(), lambda: orjson.dumps(catalogue_list(layers, viewer))
    )


def _listed(entry: LayerEntry) -> dict[str, Any]:
    forms = search_entry("layer", entry.code, entry.title_zh or "", entry.title_en or "").forms
    return {
        "code": entry.code,
        "zh": entry.title_zh,
        "en": entry.title_en,
        "board": entry.board,
        "category": entry.category,
        "found": " ".join([*forms, (entry.category or "").casefold()]),
        "kind": entry.kind,
    }
