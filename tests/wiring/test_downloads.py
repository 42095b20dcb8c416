"""What is taken away is typed, says where it comes from, and can do nothing when it is opened."""

import io
import re
import zipfile
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from callbacks.scene import Scene
from callbacks.selection import Selection
from callbacks.taking import citation
from dashboard.app import create_app
from dashboard.exports import mapped, table_svg
from dashboard.exports.table import Table
from dashboard.exports.tables import MAKERS
from dashboard.exports.writing import csv_bytes, xlsx_bytes
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.viewer import EVERYTHING
from tests.builders import area, boundaries, city, value, write_package

EVIL = '=HYPERLINK("http://evil","click")'
HOSTILE = [EVIL, "+1", "-1", "@SUM(A1)", "\tx", "＝1+1"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("downloads")
    tables = city(
        area=[
            area("01", "city", None, population=9),
            area("0101", "district", "01", name_zh=EVIL),
            area("0102", "district", "01"),
        ],
        indicator_value=[
            value("N", place, year, n) for place in ("0101", "0102") for n, year in enumerate(["2023", "2024"])
        ],
    )
    url = f"sqlite:///{folder}/city.sqlite"
    package = write_package(folder / "package", tables)
    boundaries(["0101", "0102"]).to_file(package / "area_boundary.gpkg", layer="area_boundary")
    load_packages([package], url)
    return create_app(open_store(url), Settings(database_url=url)).server.test_client()


def table() -> Table:
    return Table("t", pd.DataFrame({"name": HOSTILE, "value": [-1.5, 2, None, 4, 5, 6]}), {"source": EVIL})


def test_text_that_looks_like_a_formula_is_inert_in_csv() -> None:
    lines = csv_bytes(table()).decode("utf-8-sig").split("\r\n")
    assert all(line.lstrip('"').startswith("'") for line in lines[1:7])
    assert lines[1].endswith(",-1.5")  # a negative number is a number


def test_text_that_looks_like_a_formula_is_text_in_xlsx() -> None:
    content = xlsx_bytes(table(), "数据", "说明")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.data_type for cell in book["数据"]["A"]] == ["s"] * 7
    assert [cell.value for cell in book["数据"]["B"]] == ["value", -1.5, 2, None, 4, 5, 6]
    assert book["说明"]["B1"].data_type == "s"
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_control_characters_of_a_pasted_description_do_not_spoil_the_workbook() -> None:
    pasted = Table("t", pd.DataFrame({"name": ["leak\x0bin the cellar\x01"]}), {"source": "\x0cx"})
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(pasted, "data", "about")))
    assert book["data"]["A2"].value == "leakin the cellar"


@pytest.mark.parametrize("kind", sorted(MAKERS))
@pytest.mark.parametrize("extension", ["csv", "xlsx", "svg"])
def test_every_table_can_be_taken_away(client: FlaskClient, kind: str, extension: str) -> None:
    answer = client.get(f"/download/{kind}.{extension}?ind=N")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if extension == "svg":
        assert ElementTree.fromstring(answer.data).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_drawn_table_has_title_headings_rows_and_citation_and_nothing_that_runs(client: FlaskClient) -> None:
    picture = client.get("/download/areas.svg?ind=N&period=2024&lang=en&theme=light").data.decode()
    said = [element.text for element in ElementTree.fromstring(picture).iter() if element.text and element.text.strip()]
    assert said[0].startswith("Values by area · ")
    assert {"Name", "Value", EVIL} <= set(said)
    assert "data as of" in said[-1] and "2024" in said[-1]
    assert not re.search(r"<script|<a |href=|url\(|on\w+=", picture)


def test_the_small_multiples_are_one_picture_with_their_scale(client: FlaskClient) -> None:
    picture = client.get("/download/multiples.svg?ind=N&period=2024&lang=en").data.decode()
    assert len(list(ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}svg"))) == 1 + 2
    assert "common scale" in picture and "2023–2024" in picture


def test_a_long_table_is_drawn_in_part_and_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_svg, "MOST_DRAWN", 2)
    assert "The first 2 of 3 rows" in client.get("/download/areas.svg?ind=N&period=2024&lang=en").data.decode()


def test_a_citation_names_the_city_once_and_its_source(tmp_path: Path) -> None:
    tables = city(
        contract=[{"version": "1", "data_version": 1, "city_name_zh": "臺北市", "city_name_en": "Taipei"}],
        area=[area("01", "city", None, name_zh="臺北市", name_en="Taipei City"), area("0101", "district", "01")],
        indicator_value=[value("N", "0101", source="tax office")],
    )
    url = f"sqlite:///{tmp_path}/city.sqlite"
    load_packages([write_package(tmp_path / "package", tables)], url)
    open_one = partial(Scene, store=open_store(url), viewer=EVERYTHING)
    whole = citation(open_one(Selection(area="01", indicator="N", period="2024", lang="en")))
    assert "Taipei Taipei" not in whole
    assert whole.count("Taipei") == 1
    assert "source: rolled up from below (tax office)" in whole
    assert "来源：tax office" in citation(open_one(Selection(area="0101", indicator="N", period="2024")))


def test_a_workbook_says_what_it_holds_and_where_it_is_from(client: FlaskClient) -> None:
    answer = client.get("/download/areas.xlsx?ind=N&period=2023&lang=en")
    about = openpyxl.load_workbook(io.BytesIO(answer.data))["About"]
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said["Period"] == "2023"
    assert said["Indicator"].endswith("(N)")
    assert "period=2023" in said["Permalink"]


def test_a_hostile_name_in_the_data_stays_text(client: FlaskClient) -> None:
    assert f"'{EVIL[:10]}" in client.get("/download/areas.csv?ind=N").data.decode("utf-8-sig").replace('""', '"')


@pytest.mark.parametrize("extension", ["geojson", "gpkg"])
def test_areas_go_with_their_boundaries_and_values(client: FlaskClient, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"places.{extension}"
    file.write_bytes(client.get(f"/download/places.{extension}?ind=N&period=2024").data)
    found = geopandas.read_file(file).set_index("area_code")
    assert found["value"].to_dict() == {"0101": 1.0, "0102": 1.0}
    assert found.geometry.area.min() > 0


@pytest.mark.parametrize("extension", ["geojson", "gpkg"])
def test_what_the_map_shows_goes_with_its_boundaries(client: FlaskClient, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"mapped.{extension}"
    file.write_bytes(client.get(f"/download/mapped.{extension}?ind=N&period=2024&level=district").data)
    found = geopandas.read_file(file).set_index("area_code")
    assert found["value"].to_dict() == {"0101": 1.0, "0102": 1.0}


def test_all_indicators_of_the_map_come_piece_by_piece_and_say_how_many(client: FlaskClient) -> None:
    answer = client.get("/download/selection.csv?ind=N&period=2024")
    rows = pd.read_csv(io.BytesIO(answer.data), dtype=str)
    assert answer.headers["X-Rows-Expected"] == str(len(rows)) == "4"
    assert rows.loc[rows["indicator_code"] == "N", "value"].astype(float).tolist() == [1, 1]
    assert f"'{EVIL}" in rows["name_zh"].tolist()


def test_a_very_long_export_is_cut_and_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST_ROWS", 3)
    lines = client.get("/download/selection.csv?ind=N&period=2024&lang=en").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3 + 1
    assert "3" in lines[-1] and "," not in lines[-1].replace("3,", "")


def test_an_unknown_table_is_not_found(client: FlaskClient) -> None:
    assert client.get("/download/passwords.csv").status_code == 404
    assert client.get("/download/areas.exe").status_code == 404
