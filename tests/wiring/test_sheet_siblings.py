"""Where no standard judges, the sheet says how an area stands among its siblings, and is fair about it."""

from pathlib import Path

import pytest

from callbacks.scene import Scene
from callbacks.selection import Selection
from callbacks.sheet_content import sheet_of
from callbacks.sheet_siblings import among_siblings
from dashboard.app import create_app
from dashboard.settings import Settings
from data_access.importing import load_packages
from data_access.startup import open_store
from data_access.viewer import EVERYTHING
from tests.builders import area, city, indicator, value, write_package

DISTRICTS = [f"010{n}" for n in range(1, 9)]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The first district: most cars, but most residents; shares first with six others; worst in green land."""
    folder: Path = tmp_path_factory.mktemp("siblings")
    residents = [80_000, *([10_000] * 7)]
    places = [area(code, "district", "01", population=n) for code, n in zip(DISTRICTS, residents, strict=True)]
    tables = city(
        area=[area("01", "city", None), *places],
        indicator=[
            indicator("CARS", unit="辆", direction="lower_better"),
            indicator("FLOODS", unit="处", direction="lower_better"),
            indicator("GREEN", "none", unit="%", direction="higher_better", name_en="Green"),
            indicator("AGE", "none", unit="%", direction="neutral"),
        ],
        indicator_value=[
            *(value("CARS", code, value=count) for code, count in zip(DISTRICTS, [80, *range(20, 27)], strict=True)),
            *(value("FLOODS", code, value=count) for code, count in zip(DISTRICTS, [0] * 7 + [3], strict=True)),
            *(value(name, code, value=10 + n) for name in ("GREEN", "AGE") for n, code in enumerate(DISTRICTS)),
        ],
    )  # fmt: skip
    load_packages([write_package(folder / "package", tables)], f"sqlite:///{folder}/city.sqlite")
    selection = Selection(view="sheet", area="0101", indicator="GREEN", period="2024", lang="en")
    return Scene(selection, open_store(f"sqlite:///{folder}/city.sqlite"), EVERYTHING)


def test_counts_are_compared_per_resident_and_wide_ties_are_no_strength(at: Scene) -> None:
    found = among_siblings(at).set_index("indicator_code")
    assert found.loc["CARS", ["rank", "n", "is_best"]].tolist() == [1, 8, True]
    assert found.loc["FLOODS", ["rank", "tied", "is_best"]].tolist() == [1, 7, False]
    assert bool(found.loc["GREEN", "is_worst"])
    assert "AGE" not in found.index


def test_the_sheet_says_it_with_rank_and_number(at: Scene) -> None:
    with create_app(at.store, Settings()).server.app_context():
        said = {section.title: [one.text for one in section.sentences] for section in sheet_of(at).sections}
    assert said["3. Shortfalls"][1] == "Green: 10 %, rank 8 of 8 areas of the same parent (1 is best)"
    assert "compared per resident" in said["2. Strengths"][1]
