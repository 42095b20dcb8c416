"""3D and comparison: a strip of choices above, the stage with two maps or the 3D view, the card of an object."""

from dash import dcc, html

from layouts.ids import SceneIds
from layouts.scene.stage import stage
from layouts.texts import Texts


def page(texts: Texts, basemap_url: str | None = None) -> html.Div:
    """The panels' content comes from callbacks/scene_view.py, what is drawn from assets/js/{compare,solid}_*.js."""
    return html.Div(
        [
            dcc.Store(id=SceneIds.PAINT),
            html.Section(id=SceneIds.STRIP, className="panel at-strip"),
            html.Section([html.Div(id=SceneIds.TITLE), stage(texts, basemap_url)], className="panel at-stage"),
            html.Section(id=SceneIds.CARD, className="panel at-object"),
        ],
        className="scene-view",
    )
