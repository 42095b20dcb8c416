"""The menu to take a panel away, with its citation: indicator, area, period, caliber, source, date."""

from dash import html

from callbacks.link import to_search
from callbacks.scene import Scene
from layouts.components.panel import joined
from layouts.components.taking import taking_menu


def taking(at: Scene, table: str, chart: str | None = None, *, of_one: bool = True) -> html.Details:
    """of_one: the panel is about the selected indicator; otherwise about all of them."""
    return taking_menu(at.texts, table, to_search(at.selection), citation(at, of_one=of_one), chart)


def citation(at: Scene, *, of_one: bool = True) -> str:
    """One line that says what is shown, of when, by which definition, from where, and as of which day."""
    texts, contract, indicator = at.texts, at.store.contract(), (at.indicator or {}) if of_one else {}
    city = texts.name({"name_zh": contract.city_name_zh, "name_en": contract.city_name_en})
    caliber = indicator.get("caliber")
    demo = texts("app.demo") if at.is_demo else ""
    return joined(
        f"{texts.name(indicator)} ({at.selection.indicator})" if indicator else "",
        at.area_name if at.area_name == city else f"{city} {at.area_name}",
        at.formatter.period(at.selection.period),
        texts("export.cite_caliber", caliber=caliber) if isinstance(caliber, str) else "",
        texts("export.cite_date", day=at.formatter.day(contract.updated_at), version=contract.data_version),
        demo,
    )
