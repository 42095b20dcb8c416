"""What the panels of the layer view share: the layers of the link, and the catalogue's rows about them."""

from dataclasses import dataclass
from functools import cached_property

from callbacks.scene import Scene
from data_access.errors import UnknownCode
from data_access.layers.entry import LayerEntry
from data_access.layers.sources import LayerSources
from data_access.questions import CatalogueQuestion
from layouts.layers.state import ShownLayer, focused, read_layers


@dataclass(frozen=True)
class LayersScene:
    at: Scene
    layers: LayerSources

    @cached_property
    def shown(self) -> list[ShownLayer]:
        return read_layers(self.at.selection.layers)

    @cached_property
    def entries(self) -> dict[str, LayerEntry]:
        return {entry.code: entry for entry in self.layers.entries(self.at.viewer)}

    @cached_property
    def focus(self) -> ShownLayer | None:
        """The layer whose sheet and table show; None where the link names none that exists."""
        return focused([layer for layer in self.shown if layer.code in self.entries])

    @property
    def entry(self) -> LayerEntry:
        """Raises UnknownCode where no layer is in focus."""
        if self.focus is None:
            raise UnknownCode("layer", "")
        return self.entries[self.focus.code]

    @property
    def drawn(self) -> list[LayerEntry]:
        """The layers that lie over the map, the uppermost first."""
        return [self.entries[one.code] for one in self.shown if one.code in self.entries and not one.is_hidden]

    @property
    def measured(self) -> ShownLayer | None:
        """The layer whose measure colours the areas."""
        known = (layer for layer in self.shown if layer.code in self.entries)
        return next((layer for layer in known if layer.measure), None)

    def title(self, entry: LayerEntry) -> str:
        row = {"name_zh": entry.title_zh, "name_en": entry.title_en}
        return self.at.texts.name(row) or entry.code

    @cached_property
    def departments(self) -> dict[str, str]:
        rows = self.at.store.departments(CatalogueQuestion(viewer=self.at.viewer)).to_dict("records")
        return {str(row["department_code"]): self.at.texts.name(row) for row in rows}
