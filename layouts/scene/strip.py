"""The strip above the view: which kind of comparison, with what, or what stands up in 3D."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.components.choosing import Choice, choice_menu, choice_row
from layouts.texts import Texts

BY_LAYER = "which_by_layer"


def strip(
    texts: Texts,
    modes: Sequence[Choice],
    rows: Sequence[Sequence[Choice]],
    menus: dict[str, Any],
    catalogue: str = "",
) -> list[Any]:
    """menus: name of what is chosen → choices. catalogue: where assets/js/layer_menu.js finds the layers not listed."""
    groups = [html.Div(choice_row(row), className="strip__group") for row in (modes, *rows) if row]
    search = {
        "data-catalogue": catalogue, "data-search": texts("layers.search"), "data-nothing": texts("layers.nothing"),
    }  # fmt: skip
    folded = [
        choice_menu(texts(f"scene.{name}"), choices, **(search if name == BY_LAYER else {}))
        for name, choices in menus.items()
        if choices
    ]
    return [*groups, html.Div(folded, className="strip__group")] if folded else groups
