"""The overview wired together: links, clicks, every panel at every level in both languages."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

import layouts.texts
from callbacks.scene import Scene
from callbacks.selection import Selection
from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.views import VIEWS
from data_access.engine import layers_path, open_engine
from data_access.errors import DatabaseUnavailable
from data_access.importing import load_packages
from data_access.schema import create_tables
from data_access.startup import open_store
from data_access.store import IndicatorStore
from data_access.viewer import EVERYTHING
from layouts.ids import OverviewIds
from layouts.texts import LANGUAGES
from tests.builders import area, city, indicator, problem, project, value, write_package
from tests.wiring.asking import Screen, texts_of

GRAPHS = {OverviewIds.TREND, OverviewIds.ATTAINMENT, OverviewIds.INVESTMENT}
PANELS = [f"{panel}.data-markup" for panel in OverviewIds if panel not in GRAPHS]
AREAS = {"city": "01", "district": "0101", "community": "010101"}


def levels() -> list[dict[str, Any]]:
    return [{"level": level, "rank": rank, "name_zh": f"级{level}"} for rank, level in enumerate(AREAS)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> IndicatorStore:
    folder = tmp_path_factory.mktemp("overview")
    package = city(
        area_level=levels(),
        area=[
            area("01", "city", None, name_en="Town", population=1000),
            area("0101", "district", "01"),
            area("0102", "district", "01"),
            area("010101", "community", "0101"),
        ],
        indicator=[indicator("N", unit="处", is_key=True), indicator("R", "ratio", decimals=1)],
        indicator_value=[
            value("N", "0101", "2023", 4),
            value("N", "0101", "2024", 3),
            value("N", "0102", "2024", 9, status="suspect"),
            value("R", "0102", "2024", None, status="suppressed"),
        ],
        reference_value=[
            {
                "reference_code": "r",
                "indicator_code": "N",
                "kind": "standard",
                "operator": "<=",
                "value": 3,
                "name_zh": "标准",
            }
        ],
        problem=[problem("p", "0101", indicator_code="N", due_on="2024-06")],
        project=[project("j", "0101", planned_finish_on="2024-06")],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    load_packages([write_package(folder / "package", package)], url)
    return open_store(url)


@pytest.fixture(scope="module")
def app(store: IndicatorStore) -> Dash:
    return create_app(store, Settings())


@pytest.fixture
def screen(app: Dash) -> Screen:
    return Screen(app)


def test_every_output_has_one_writer(app: Dash) -> None:
    outputs = [output for key in app.callback_map for output in key.strip(".").split("...") if output]
    assert sorted(outputs) == sorted(set(outputs))
    assert not [output for output in outputs if "@" in output], "a duplicate writer was allowed on purpose"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", AREAS)
@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_draws_at_every_level_in_both_languages(
    screen: Screen, panel: str, level: str, language: str
) -> None:
    selection, _ = screen.open(f"?area={AREAS[level]}&lang={language}")
    status, answer = screen.ask(panel, selection=selection)
    assert status == 200, answer
    name, prop = panel.split(".")
    assert any(text.strip() for text in texts_of(answer["response"][name][prop]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", [view.code for view in VIEWS])
def test_every_view_lays_out_in_both_languages(screen: Screen, view: str, language: str) -> None:
    status, answer = screen.ask("page.children", frame={"view": view, "lang": language, "empty": False})
    assert status == 200, answer


@pytest.fixture
def marked_catalogue(monkeypatch: pytest.MonkeyPatch, store: IndicatorStore) -> Iterator[None]:
    """Every message in brackets, so that what comes from elsewhere stands out."""
    original = layouts.texts.read_messages
    marked = lambda language: {key: f"⟦{text}⟧" for key, text in original(language).items()}  # noqa: E731
    monkeypatch.setattr(layouts.texts, "read_messages", marked)
    for forget in (layouts.texts._catalogue.cache_clear, store.cache.forget):
        forget()
    yield
    for forget in (layouts.texts._catalogue.cache_clear, store.cache.forget):
        forget()


DATA = re.compile(r"(名|级|指标|项目|问题|维度|标准)\w*|Town|CNY")


@pytest.mark.usefixtures("marked_catalogue")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", [*PANELS, "header-breadcrumb.data-markup", "header-switches.data-markup"])
def test_every_word_on_screen_comes_from_the_catalogue(screen: Screen, panel: str, language: str) -> None:
    selection, _ = screen.open(f"?area=0101&lang={language}")
    _, answer = screen.ask(panel, selection=selection)
    name, prop = panel.split(".")
    for text in texts_of(answer["response"][name][prop]):
        rest = DATA.sub("", outside_brackets(text))
        assert not re.search(r"[^\W\d_]{2,}", rest), text


def outside_brackets(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character == "⟦") - (character == "⟧")
        kept.append(character if depth == 0 else " ")
    return "".join(kept)


def test_the_chart_that_a_screen_has_no_place_for_is_not_drawn(screen: Screen) -> None:
    selection, _ = screen.open("?area=0101&ind=N")
    for hidden, is_drawn in (("none", True), (str(OverviewIds.ATTAINMENT), False)):
        size = {"text_px": 16, "hides": hidden}
        _, answer = screen.ask(f"{OverviewIds.ATTAINMENT}.figure", selection=selection, screen=size)
        assert (OverviewIds.ATTAINMENT in answer["response"]) is is_drawn
        assert OverviewIds.TREND in answer["response"] or OverviewIds.CONCLUSION in answer["response"]
    refused, _ = screen.ask(f"{OverviewIds.TREND}.figure", selection=selection, screen={"text_px": 16, "hides": ["x"]})
    assert refused == 400


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("wrong", [{"area": "nowhere"}, {"indicator": "nothing"}])
def test_a_panel_refuses_codes_that_do_not_exist(screen: Screen, panel: str, wrong: dict[str, str]) -> None:
    selection, _ = screen.open()
    status, answer = screen.ask(panel, selection=selection | wrong)
    independent = "indicator" in wrong and status == 200
    assert independent or (status == 404 and answer["error"]["status"] == 404)


def test_a_link_with_unknown_codes_shows_the_city_and_says_so(screen: Screen) -> None:
    link = "?area=nowhere&ind=nothing&period=1999&view=cinema&theme=pink&tiling=stripes&vs=1950&level=street"
    selection, notice = screen.open(link)
    assert (selection["area"], selection["indicator"], selection["period"]) == ("01", "R", "2024")
    assert selection["view"] == VIEWS[0].code
    said = " ".join(texts_of(notice))
    assert all(part in said for part in ("nowhere", "nothing", "cinema", "theme=pink", "stripes", "1950", "street"))


def test_a_good_link_says_nothing(screen: Screen) -> None:
    selection, notice = screen.open("?area=0101&ind=R&lang=en&theme=light&scheme=natural_breaks&k=7")
    assert notice == []
    assert (selection["area"], selection["k"], selection["theme"]) == ("0101", 7, "light")


def test_a_click_drills_and_climbing_stops_at_the_top(screen: Screen) -> None:
    selection, _ = screen.open()
    _, answer = screen.pick(selection, area="0101")
    deeper = answer["response"]["selection"]["data"]
    assert deeper["area"] == "0101"
    _, answer = screen.pick(deeper, climb=True)
    assert answer["response"]["selection"]["data"]["area"] == "01"
    _, answer = screen.pick(selection, climb=True)
    assert "selection" not in answer["response"]


@pytest.mark.parametrize("pick", [{"area": "nowhere"}, {"indicator": "nothing"}, {"view": "cinema"}])
def test_a_click_on_what_does_not_exist_is_not_found(screen: Screen, pick: dict[str, str]) -> None:
    selection, _ = screen.open()
    assert screen.pick(selection, **pick)[0] == 404


@pytest.mark.parametrize("pick", [{"area": 5}, {"nonsense": 1}, {"k": "many"}])
def test_a_click_that_no_button_makes_is_refused(screen: Screen, pick: dict[str, Any]) -> None:
    selection, _ = screen.open()
    assert screen.pick(selection, **pick)[0] == 400


def test_another_indicator_keeps_the_period_where_it_can(screen: Screen) -> None:
    selection, _ = screen.open("?ind=N&period=2023")
    _, answer = screen.pick(selection, indicator="R")
    assert answer["response"]["selection"]["data"]["period"] == "2024"


def test_a_suspect_value_is_shown_but_not_ranked(screen: Screen) -> None:
    selection, _ = screen.open("?ind=N&period=2024")
    _, answer = screen.ask("overview-ranking.data-markup", selection=selection)
    said = list(texts_of(answer["response"]["overview-ranking"]["data-markup"]))
    assert "存疑" in said
    assert said.count("2") == 0


def test_a_panel_whose_question_fails_says_so_and_holds_up_no_other(
    screen: Screen, store: IndicatorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a click it is empty with its sentence; after new data its last good content stays."""

    def broken(self: IndicatorStore, question: object) -> None:
        raise KeyError(question)

    monkeypatch.setattr(IndicatorStore, "problem_tally", broken)
    store.cache.forget()
    selection, _ = screen.open("?area=0101")
    problems, ranking = f"{OverviewIds.PROBLEMS}", f"{OverviewIds.RANKING}"
    status, answer = screen.ask(f"{problems}.data-markup", "selection.data", selection=selection)
    clicked = answer["response"]
    assert status == 200
    assert list(texts_of(clicked[problems]["data-markup"])) == ["本栏暂时无法显示，其他各栏不受影响。"]
    assert clicked[problems]["data-fault"] == "稍后自动重试。"
    assert "排名" in clicked[ranking]["data-markup"]
    assert clicked[ranking]["data-fault"] is None
    _, answer = screen.ask(f"{problems}.data-markup", "fresh.data", selection=selection, fresh={"version": 2})
    refreshed = answer["response"]
    assert "data-markup" not in refreshed[problems]
    assert "未能更新" in refreshed[problems]["data-fault"]


def test_one_slow_question_costs_one_panel_and_a_database_that_is_away_all(
    screen: Screen, store: IndicatorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: IndicatorStore, question: object) -> None:
        raise DatabaseUnavailable("it takes too long")

    monkeypatch.setattr(IndicatorStore, "problem_tally", away)
    store.cache.forget()
    selection, _ = screen.open("?area=0102")
    status, answer = screen.ask(f"{OverviewIds.PROBLEMS}.data-markup", "selection.data", selection=selection)
    assert status == 200
    assert [panel for panel, written in answer["response"].items() if written.get("data-fault")] == [
        str(OverviewIds.PROBLEMS)
    ]
    monkeypatch.setattr(IndicatorStore, "values_by_area", away)
    store.cache.forget()
    status, _ = screen.ask(f"{OverviewIds.PROBLEMS}.data-markup", "selection.data", selection=selection)
    assert status == 503


def test_a_browser_may_keep_what_was_drawn_whole_and_nothing_with_a_fault_in_it(
    screen: Screen, store: IndicatorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: IndicatorStore, question: object) -> None:
        raise RuntimeError("a fault of ours")

    selection, _ = screen.open("?area=0102")
    drawn = (f"{OverviewIds.PROBLEMS}.data-markup", "header-title.data-markup", "map-paint.data")
    for output in drawn:
        screen.ask(output, "selection.data", selection=selection)
        assert screen.holds, output
    for question in ("problem_tally", "area_path", "values_by_area"):
        monkeypatch.setattr(IndicatorStore, question, broken)
    store.cache.forget()
    for output in drawn:
        screen.ask(output, "selection.data", selection=selection)
        assert not screen.holds, output
    screen.pick(selection, area="01")
    assert not screen.holds


def test_a_city_that_no_package_names_is_not_called_unnamed(screen: Screen) -> None:
    selection, _ = screen.open()
    _, answer = screen.ask("header-title.data-markup", selection=selection)
    assert next(texts_of(answer["response"]["header-title"]["data-markup"])) == "城市体检决策大屏"


def test_the_icon_comes_with_the_page_since_every_click_would_fetch_a_linked_one(screen: Screen) -> None:
    page = screen.client.get("/").get_data(as_text=True)
    assert 'rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg' in page
    assert "favicon" not in page


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    create_tables(open_engine(url, access="load"), layers_path(url))
    screen = Screen(create_app(open_store(url), Settings(database_url=url)))
    selection, _ = screen.open("?area=01")
    assert selection["area"] is None
    _, answer = screen.ask("page.children", frame={"view": "overview", "lang": "zh_CN", "empty": True})
    assert any("cityvitals load" in text for text in texts_of(answer["response"]["page"]["children"]))


def test_a_database_that_is_away_is_a_503_and_not_a_traceback(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nowhere.sqlite"
    screen = Screen(create_app(open_store(url), Settings(database_url=url)))
    status, answer = screen.ask("selection.data", "link.data", link={"search": "", "seq": 1})
    assert (status, answer["error"]["name"]) == (503, "database unavailable")
    assert screen.client.get("/version").status_code == 503


def test_the_version_changes_with_the_data(screen: Screen) -> None:
    answer = screen.client.get("/version")
    assert answer.get_json()["data_version"] == 1
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_two_browser_callbacks_without_output_share_their_inputs(app: Dash) -> None:
    """Dash names such a callback by its inputs alone, and the later one silently replaces the earlier."""
    names = [entry["output"] for entry in app.server.test_client().get("/_dash-dependencies").get_json()]
    assert sorted(names) == sorted(set(names))


def test_a_fault_in_one_part_of_the_header_leaves_the_rest(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way down of another place would lie, so it goes; what else the header says stays, with one sentence below."""

    def broken(*_: object) -> None:
        raise KeyError("name_zh")

    monkeypatch.setattr("layouts.components.header.breadcrumb", broken)
    selection, _ = screen.open("?area=0101&ind=N&period=2023")
    status, answer = screen.ask("header-title.data-markup", "selection.data", selection=selection)
    drawn = answer["response"]
    assert status == 200
    assert drawn["header-breadcrumb"]["data-markup"] == "[]"
    assert "城市体检" in drawn["header-title"]["data-markup"]
    assert drawn["header-controls"]["data"]["period"] == "2023"
    assert drawn["header-controls"]["data"]["path"]
    assert "标题栏有一部分未能更新" in drawn["header-fault"]["data-fault"]
    _, answer = screen.ask("header-title.data-markup", "fresh.data", selection=selection, fresh={"version": 2})
    assert "header-breadcrumb" not in answer["response"]
    monkeypatch.undo()
    _, answer = screen.ask("header-title.data-markup", "fresh.data", selection=selection, fresh={"version": 2})
    assert answer["response"]["header-fault"]["data-fault"] is None


@pytest.mark.parametrize(
    ("broken", "faulty", "drawn"),
    [
        ("callbacks.map_view.MapView.level_choices", {"map-switches"}, {"map-paint", "map-legend"}),
        ("callbacks.map_view.MapView.legend_facts", {"map-legend"}, {"map-paint", "map-switches"}),
        ("callbacks.map_view.MapView.payload", {"map-legend"}, {"map-switches"}),
    ],
)
def test_a_fault_in_one_part_of_the_map_leaves_the_rest(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, broken: str, faulty: set[str], drawn: set[str]
) -> None:
    """Without its colours the map has no legend, and what is painted is told to be of another selection."""

    def fail(*_: object) -> None:
        raise KeyError("level")

    monkeypatch.setattr(broken, fail)
    selection, _ = screen.open("?area=01&ind=N&period=2023&lang=en")
    status, answer = screen.ask("map-paint.data", "selection.data", selection=selection)
    written = answer["response"]
    assert status == 200
    assert {part for part, written in written.items() if written.get("data-fault")} == faulty
    for part in drawn - {"map-paint"}:
        assert written[part]["data-fault"] is None
    assert bool(written["map-paint"]["data"]) == ("map-paint" in drawn)
    _, answer = screen.ask("map-paint.data", "fresh.data", selection=selection, fresh={"version": 2})
    assert {part for part in answer["response"] if len(answer["response"][part]) == 1} >= faulty


def test_a_change_over_a_gap_is_told_of_the_indicator_and_not_counted_as_one_since_the_period_before(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'gap.sqlite'}"
    found = [
        value("A", "01", "2022", 5),
        value("A", "01", "2024", 9),
        *(value("B", "01", y, 1) for y in ("2023", "2024")),
    ]
    package = city(indicator=[indicator("A"), indicator("B")], indicator_value=found)
    load_packages([write_package(tmp_path / "package", package)], url)
    at = Scene(Selection(area="01", period="2024"), open_store(url), EVERYTHING)
    known, since = (rows.set_index("indicator_code")["difference"] for rows in (at.changes_over_gaps, at.changes))
    assert (known["A"], known["B"], since["B"]) == (4, 0, 0)
    assert math.isnan(since["A"])
