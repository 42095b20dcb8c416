"""Ids of everything a callback reads or writes, one StrEnum per view."""

from enum import StrEnum


class ShellIds(StrEnum):
    """What every view shares: the stores of the data flow and the header."""

    PROVIDER = "provider"
    SELECTION = "selection"
    """Written by callbacks/selection.py alone; all panels read it."""
    PICK = "pick"
    """What a button asks for: any element with `data-pick` writes its changes of the selection here."""
    MAP_EVENT = "map-event"
    MAP_HOVER = "map-hover"
    LINK = "link"
    ADDRESS = "address"
    FRESH = "fresh"
    """Raised when new data or the database arrive: panels ask again."""
    SCREEN = "screen"
    """Measures of the browser that charts need: the size of small text in pixels."""
    FRAME = "frame"
    """The view and language whose page is laid out: changes only when the page itself must."""
    PAGE = "page"
    NOTICE = "notice"
    CONNECTION = "connection"
    TITLE = "header-title"
    NAVIGATION = "header-navigation"
    SECTIONS = "header-sections"
    """The views of one group, inside each of them."""
    HEADER_FAULT = "header-fault"
    BREADCRUMB = "header-breadcrumb"
    DATA_DATE = "header-data-date"
    SWITCHES = "header-switches"
    CONTROLS = "header-controls"
    """What the controls of the header offer and say: they are drawn anew only when that changes."""
    PERIOD = "header-period"
    SEARCH = "search-text"
    SEARCH_RESULTS = "search-results"


def selection_of(view: str) -> dict[str, str]:
    """The selection as a view's own page holds it: a change of it concerns the callbacks of that view alone.

    The browser compares every callback that follows a store with every other, on the page or not.
    """
    return {"type": "selection", "view": view}


class OverviewIds(StrEnum):
    HEADLINES = "overview-headlines"
    CONCLUSION = "overview-conclusion"
    KEY_INDICATORS = "overview-key-indicators"
    MAP_TITLE = "overview-map-title"
    RANKING = "overview-ranking"
    TREND_TITLE = "overview-trend-title"
    TREND = "overview-trend"
    ATTAINMENT_TITLE = "overview-attainment-title"
    ATTAINMENT = "overview-attainment"
    WORK_TITLE = "overview-work-title"
    STAGES = "overview-stages"
    INVESTMENT = "overview-investment"
    PROJECTS = "overview-projects"
    PROBLEMS = "overview-problems"


class MapIds(StrEnum):
    MAP = "map"
    PAINT = "map-paint"
    """What assets/js/area_map.js paints next."""
    FRAMES_WANTED = "map-frames-wanted"
    """Raised when the timeline is first touched: the values of the other periods are wanted."""
    FRAMES = "map-frames"
    AREA_WANTED = "map-area-wanted"
    """The hovered area whose details did not travel with the values of very many areas."""
    AREA = "map-area"
    """Those details, for the card."""
    SWITCHES = "map-switches"
    LEGEND = "map-legend"
    TIMELINE = "map-timeline"


class ProblemIds(StrEnum):
    MAP = "problems-map"
    MAP_TITLE = "problems-map-title"
    PAINT = "problems-paint"
    POINTS = "problems-points"
    """What assets/js/problem_points.js draws over the areas."""
    LEGEND = "problems-legend"
    CARD = "problems-card"
    TRACKS = "problems-tracks"
    FUNNEL = "problems-funnel"
    DEPARTMENTS = "problems-departments"
    AREAS = "problems-areas"
    WATCH = "problems-watch"
    CROSS = "problems-cross"
    FACETS = "problems-facets"
    SEARCH = "problems-search"
    LEDGER = "problems-ledger"


class IndicatorIds(StrEnum):
    CATALOGUE = "indicator-catalogue"
    FILTER = "indicator-filter"
    STORY = "indicator-story"
    TREND_HEAD = "indicator-trend-head"
    TREND_DATA = "indicator-trend-data"
    """A figure from the server, before assets/js/figures.js fits its type to the screen."""
    TREND = "indicator-trend"
    MULTIPLES = "indicator-multiples"
    SPREAD_HEAD = "indicator-spread-head"
    SPREAD_DATA = "indicator-spread-data"
    SPREAD = "indicator-spread"
    INEQUALITY = "indicator-inequality"
    CARD = "indicator-card"
    OPINIONS = "indicator-opinions"
    OPINION_SENT = "indicator-opinion-sent"
    """Raised by assets/js/opinions.js when the server has taken an opinion: the list is read again."""


class BenchmarkIds(StrEnum):
    STANDINGS = "benchmark-standings"
    PEERS = "benchmark-peers"
    TALLY = "benchmark-tally"
    AREAS = "benchmark-areas"


class ProjectIds(StrEnum):
    MAP = "projects-map"
    MAP_TITLE = "projects-map-title"
    PAINT = "projects-paint"
    POINTS = "projects-points"
    LEGEND = "projects-legend"
    CARD = "projects-card"
    STATUS = "projects-status"
    STAGES = "projects-stages"
    ANNUAL = "projects-annual"
    LIST = "projects-list"
    FACETS = "projects-facets"
    CURVE_TITLE = "projects-curve-title"
    CURVE = "projects-curve"
    FUNDING = "projects-funding"
    CHAIN_TITLE = "projects-chain-title"
    CHAIN = "projects-chain"
    SUGGESTIONS = "projects-suggestions"


class CorrelationIds(StrEnum):
    VIEW = "correlation-view"
    """Its `data-lens` says which panels the chosen lens has."""
    STRIP = "correlation-strip"
    MATRIX_HEAD = "correlation-matrix-head"
    MATRIX_DATA = "correlation-matrix-data"
    MATRIX = "correlation-matrix"
    SCATTER_HEAD = "correlation-scatter-head"
    SCATTER_DATA = "correlation-scatter-data"
    SCATTER = "correlation-scatter"
    FINDINGS = "correlation-findings"
    MAP = "correlation-map"
    MAP_HEAD = "correlation-map-head"
    MAP_BUSY = "correlation-map-busy"
    """Shown while a pattern is computed."""
    MAP_DATA = "correlation-map-data"
    """Colours and names in the order of the geometry: what assets/js/linked_map.js paints."""
    MAP_LEGEND = "correlation-map-legend"


class SheetIds(StrEnum):
    SHEET = "sheet"


class LayerIds(StrEnum):
    MAP = "layers-map"
    MAP_TITLE = "layers-map-title"
    PAINT = "layers-paint"
    LEGEND = "layers-legend"
    SWITCHES = "layers-switches"
    CATALOGUE = "layers-catalogue"
    """Drawn by assets/js/layer_catalogue.js, as is SHOWN by assets/js/layer_list.js."""
    SHOWN = "layers-shown"
    SPECS = "layers-specs"
    """What assets/js/layer_map.js lays over the areas."""
    SHEET = "layers-sheet"
    TABLE_TITLE = "layers-table-title"
    TABLE_FILTER = "layers-table-filter"
    TABLE = "layers-table"


class ReachIds(StrEnum):
    MAP = "reach-map"
    MAP_TITLE = "reach-map-title"
    PAINT = "reach-paint"
    SHAPES = "reach-shapes"
    """What assets/js/reach_layer.js draws over the areas: land within reach, blind zones, places chosen, facilities."""
    LEVELS = "reach-levels"
    LEGEND = "reach-legend"
    CONTROLS = "reach-controls"
    SUMMARY = "reach-summary"
    TABLE_TITLE = "reach-table-title"
    TABLE = "reach-table"


class SceneIds(StrEnum):
    """The 3D and comparison view."""

    STRIP = "scene-strip"
    TITLE = "scene-title"
    PAINT = "scene-paint"
    """What assets/js/compare_map.js and solid_map.js draw."""
    LEFT_TITLE = "scene-left-title"
    RIGHT_TITLE = "scene-right-title"
    LEFT_LEGEND = "scene-left-legend"
    RIGHT_LEGEND = "scene-right-legend"
    SERVICES = "scene-services"
    CARD = "scene-card"
