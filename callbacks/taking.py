"""The menu to take a panel away, with its citation: indicator, area, period, caliber, source, date."""

from dataclasses import replace

from dash import html

from callbacks.link import to_search
from callbacks.scene import Scene
from callbacks.selection import Selection
from data_access.questions import CompletenessQuestion, SeriesQuestion
from layouts.components.panel import joined
from layouts.components.taking import taking_menu

_MOST_SOURCES = 3
WORK_VIEWS = ("problems", "projects")
"""The views that are narrowed down by `filter`."""


def taking(
    at: Scene, table: str, chart: str | None = None, *, of_one: bool = True, drawing: str | None = None
) -> html.Details:
    """of_one: the panel is about the selected indicator; otherwise about all of them. What is kept for everyone names
    nothing of the selection that the panel does not depend on, such as how another view was narrowed down.

    drawing: what the server draws as SVG where the panel has no chart; the table itself if not said.
    """
    shown = replace(at.selection, filter=None, layers=None, cim_object=None, density="auto")
    return taking_menu(at.texts, table, to_search(shown), citation(at, of_one=of_one), chart, drawing)


def taking_work(at: Scene, table: str, chart: str | None = None) -> html.Details:
    """The menu of a list of problems or projects, or of their money: of the area as it is narrowed down, on a day."""
    chosen = at.selection
    shown = Selection(
        view=chosen.view, area=chosen.area, today=chosen.today, lang=chosen.lang, theme=chosen.theme,
        filter=chosen.filter if chosen.view in WORK_VIEWS else None,
    )  # fmt: skip
    cited = joined(
        at.texts(f"export.{table}"), place_text(at), at.texts("export.as_of", day=at.formatter.day(at.today)),
        data_text(at),
    )  # fmt: skip
    return taking_menu(at.texts, table, to_search(shown), cited, chart)


def data_text(at: Scene) -> str:
    """As of which day the data are, and that they are made up where they are."""
    contract, demo = at.store.contract(), at.texts("app.demo") if at.is_demo else ""
    day = at.texts("export.cite_date", day=at.formatter.day(contract.updated_at), version=contract.data_version)
    return joined(day, demo)


def citation(at: Scene, *, of_one: bool = True) -> str:
    """One line that says what is shown, of when, by which definition, from where, and as of which day."""
    texts, indicator = at.texts, (at.indicator or {}) if of_one else {}
    caliber = indicator.get("caliber")
    source = sources_text(at) if indicator else ""
    return joined(
        f"{texts.name(indicator)} ({at.selection.indicator})" if indicator else "",
        place_text(at),
        at.formatter.period(at.selection.period),
        texts("export.cite_caliber", caliber=caliber) if isinstance(caliber, str) else "",
        texts("export.cite_source", source=source) if source else "",
        data_text(at),
    )


def place_text(at: Scene) -> str:
    """The area within its city; the city once, whatever its database calls itself."""
    if len(at.path_codes) == 1:
        return at.area_name
    gap = "" if at.texts.language == "zh_CN" else ", "
    parts = (at.texts.name(at.path.iloc[0]), at.area_name)
    return gap.join(parts if at.texts.language == "zh_CN" else parts[::-1])


def sources_text(at: Scene) -> str:
    """Where the value of the selected period comes from; of a computed one, where those below come from."""
    period, comma, code = at.selection.period, at.texts("list.comma"), str(at.selection.indicator)
    rows = at.store.series(SeriesQuestion(indicator=code, areas=(at.area,), viewer=at.viewer))
    own = rows.loc[rows["period"] == period, "source"].dropna().unique()
    if len(own):
        return comma.join(map(str, own))
    found = at.store.sources_by_period(CompletenessQuestion(indicator=code, viewer=at.viewer))
    below = found.loc[found["period"] == period, "source"].head(_MOST_SOURCES)
    return at.texts("export.rolled_up_from", source=comma.join(map(str, below))) if len(below) else ""
