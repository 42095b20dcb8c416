"""Both catalogues are complete, and no word reaches the screen but through them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts.texts import LANGUAGES, Texts, read_messages, texts

ROOT = Path(__file__).parents[2]
ON_SCREEN = [path for room in ("layouts", "callbacks") for path in sorted((ROOT / room).rglob("*.py"))]
CHINESE = re.compile("[\u3400-\u9fff]")
UNITS_IN_CODE = {"人"}
"""Units of the contract that code names; the catalogue translates them."""


def literals(path: Path) -> Iterator[str]:
    """Strings of a module, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def test_every_message_has_a_text_in_both_languages() -> None:
    catalogues = [read_messages(language) for language in LANGUAGES]
    assert catalogues[0].keys() == catalogues[1].keys()
    empty = {key for key, text in catalogues[0].items() if not text}
    assert not empty


def test_both_languages_fill_in_the_same_values() -> None:
    chinese, english = (read_messages(language) for language in LANGUAGES)
    fields = [re.compile(r"\{(\w+)\}")] * 2
    differing = {key for key in chinese if set(fields[0].findall(chinese[key])) != set(fields[1].findall(english[key]))}
    assert not differing


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: path.stem)
def test_no_chinese_stands_in_code(path: Path) -> None:
    assert {text for text in literals(path) if CHINESE.search(text)} <= UNITS_IN_CODE


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: path.stem)
def test_every_message_that_code_asks_for_exists(path: Path) -> None:
    messages = read_messages("zh_CN")
    called = [
        node.args[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and node.args
        and (
            (isinstance(node.func, ast.Name) and node.func.id in {"texts", "words", "said"})
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "texts")
        )
    ]
    asked = {arg.value for arg in called if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    assert {key for key in asked if "." in key} <= messages.keys()


def test_a_name_falls_back_to_the_other_language() -> None:
    row = {"name_zh": None, "name_en": "Village"}
    assert texts("zh_CN").name(row) == texts("en").name(row) == "Village"


def test_a_forgotten_key_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        Texts("en", {})("view.overview")
