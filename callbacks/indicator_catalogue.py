"""The catalogue tree as markup: the same for every selection, so it is drawn once per language and data version."""

from callbacks.viewer import current_viewer
from data_access.questions import CatalogueQuestion
from data_access.store import IndicatorStore
from layouts.components.catalogue_tree import catalogue_tree
from layouts.components.markup import markup
from layouts.texts import texts


def finished_catalogue(store: IndicatorStore, language: str) -> str:
    words, viewer = texts(language), current_viewer()

    def draw() -> str:
        asked = CatalogueQuestion(viewer=viewer)
        return markup(catalogue_tree(words, store.systems(asked), store.dimensions(asked), store.indicators(asked)))

    drawn: str = store.cache.json("panel catalogue", (words.language, viewer), store.contract(), draw)
    return drawn
