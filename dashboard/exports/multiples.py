"""The small multiples of the indicator view as a picture."""

from callbacks.indicator_series import areas_below
from callbacks.indicator_trend import multiples_shown, scale_text
from callbacks.scene import Scene
from callbacks.taking import citation
from layouts.components.panel import joined
from layouts.figures.multiples_svg import multiples_svg


def multiples_picture(at: Scene) -> str:
    """Every area below with a value, as the panel shows them."""
    home, below = areas_below(at)
    items, scale = multiples_shown(at, home, below)
    area = at.texts.name(at.path.set_index("area_code").loc[home])
    title = joined(at.texts.name(at.indicator), at.texts("indicator.multiples_of", area=area))
    standard = at.formatter.number(scale.standard)
    dashed = "" if scale.standard is None else at.texts("indicator.dashed", standard=standard)
    note = joined(scale_text(at, scale) if items else "", dashed)
    return multiples_svg(title, note, citation(at), items, scale, at.selection.theme)
