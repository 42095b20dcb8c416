"""The right side as layers of the catalogue on quiet areas: those of the link, else the first that can be drawn."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from callbacks.layers_scene import LayersScene
from callbacks.layers_specs import specs
from callbacks.scene import Scene
from data_access.layers.entry import LayerEntry
from data_access.layers.sources import LayerSources
from layouts.components.choosing import Choice
from layouts.components.panel import joined
from layouts.layers.state import ShownLayer, read_layers, write_layers
from layouts.map.ramps import MAP_COLOURS
from layouts.scene.layer_legend import layer_legend

MOST_LISTED = 40


@dataclass(frozen=True)
class ComparedLayers:
    scene: Scene
    layers: LayerSources

    @cached_property
    def at(self) -> LayersScene:
        """With the layers of the link, or with the one that stands in for them."""
        known = {entry.code for entry in self._drawable}
        if any(layer.code in known for layer in read_layers(self.scene.selection.layers)):
            return LayersScene(self.scene, self.layers)
        first = next((entry.code for entry in self._drawable if not entry.min_zoom), None)
        return LayersScene(replace(self.scene, selection=replace(self.scene.selection, layers=first)), self.layers)

    @cached_property
    def _drawable(self) -> list[LayerEntry]:
        return [one for one in self.layers.entries(self.scene.viewer) if one.has_features or one.is_picture]

    @property
    def entries(self) -> list[LayerEntry]:
        """The layers shown, the uppermost first."""
        return [self.at.entries[layer.code] for layer in self.at.shown if layer.code in self.at.entries]

    def title(self) -> str:
        return joined(*(self.at.title(entry) for entry in self.entries)) or self.scene.texts("scene.no_layer")

    def specs(self, address: str) -> dict[str, Any]:
        return specs(self.at, address)

    def legend(self, address: str) -> list[Any]:
        known = self.specs(address)["layers"]
        return layer_legend(
            [(known[entry.code]["title"], known[entry.code]["style"]["colour"]) for entry in self.entries]
        )

    def choices(self) -> list[Choice]:
        """The catalogue's first layers; the menu's search finds any other."""
        shown = self.entries
        rest = [entry for entry in self._drawable if entry not in shown]
        listed = [*shown, *rest][:MOST_LISTED]
        return [
            (self.at.title(one), {"layers": write_layers([ShownLayer(one.code)])}, one in shown[:1]) for one in listed
        ]

    def ground(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The areas of the left side without their values: borders and names on one quiet colour."""
        colours = MAP_COLOURS[self.scene.selection.theme]
        quiet = {word: {"colour": colours.quiet} for word in payload["colours"]["missing"]}
        lines = {"missing": quiet, "border": colours.quiet_border, "group": colours.quiet_border}
        return payload | {"classes": {"bounds": [], "colours": [colours.quiet]}, "colours": payload["colours"] | lines}
