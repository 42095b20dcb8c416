import re
from pathlib import Path

import pytest

from dashboard.settings import Settings
from scripts.data_contract import PAGE, page

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_data_contract_page_says_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m scripts.data_contract`"


def test_every_setting_stands_in_the_operations_guide_and_no_other() -> None:
    guide = (ROOT / "docs/guides/operations.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`CITYVITALS_([A-Z_]+)`", guide))
    assert said == {name.upper() for name in Settings.model_fields}


def test_both_front_pages_show_the_same_commands_and_lead_to_the_same_pages() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    for shape in (r"^(?:make|\.venv/bin/cityvitals) [^#\n]*", r"\]\((docs/(?!images)[^)]+)\)"):
        assert sorted(set(said(shape, english))) == sorted(set(said(shape, chinese)))


def said(shape: str, page: str) -> list[str]:
    return [found.strip() for found in re.findall(shape, page, re.MULTILINE)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_the_documentation_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []
