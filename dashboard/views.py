"""The list of views in the order of the navigation: the city at a glance and its map, the indicators, the work, the
printed sheet. A new one is a page, its callbacks, and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash

from callbacks import benchmark, correlation, indicator, layers, overview, problems, projects, reach, scene_view, sheet
from data_access.store import IndicatorStore
from layouts.pages import benchmark as benchmark_page
from layouts.pages import correlation as correlation_page
from layouts.pages import indicator as indicator_page
from layouts.pages import layers as layers_page
from layouts.pages import overview as overview_page
from layouts.pages import problems as problems_page
from layouts.pages import projects as projects_page
from layouts.pages import reach as reach_page
from layouts.pages import scene as scene_page
from layouts.pages import sheet as sheet_page


@dataclass(frozen=True, slots=True)
class View:
    """code: in the URL, and in the catalogue as `view.<code>`; page(texts, basemap_url) lays it out.

    group: views of one group share an entry of the navigation, named `group.<group>` in the catalogue.
    """

    code: str
    page: Callable[..., Any]
    register: Callable[[Dash, IndicatorStore], None]
    group: str | None = None


VIEWS = (
    View("overview", overview_page.page, overview.register),
    View("layers", layers_page.page, layers.register, group="city_map"),
    View("reach", reach_page.page, reach.register, group="city_map"),
    View("scene", scene_page.page, scene_view.register, group="city_map"),
    View("indicator", indicator_page.page, indicator.register),
    View("correlation", correlation_page.page, correlation.register),
    View("benchmark", benchmark_page.page, benchmark.register),
    View("problems", problems_page.page, problems.register),
    View("projects", projects_page.page, projects.register),
    View("sheet", sheet_page.page, sheet.register),
)
