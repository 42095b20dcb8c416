"""What stands above and below a map that is taken along as a picture."""

from dash import html

from callbacks.map_view import MapView
from callbacks.taking import citation
from layouts.components.panel import joined
from layouts.map.picture import picture_menu

_MOST_SOURCES = 3


def picture(view: MapView, title: str = "", also: str = "") -> html.Details | None:
    """title: where it is not the indicator's name, area and period. also: what the caption says beside the citation."""
    at, texts = view.scene, view.texts
    if at.indicator is None or not view.bundle.drawn:
        return None
    period = at.formatter.period(at.selection.period)
    since = texts("map.change_since", period=at.formatter.period(at.selection.compare)) if view.changes else ""
    sources = view.shown["source"].dropna().unique()[:_MOST_SOURCES]
    source = texts("picture.source", source=texts("list.comma").join(map(str, sources))) if len(sources) else ""
    plain = joined(texts.name(at.indicator), at.area_name, period, since)
    return picture_menu(texts, title or plain, joined(citation(at), also, source))
