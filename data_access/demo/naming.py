"""Chinese names of what does not exist, and their pinyin."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from typing import Any

import pypinyin

from data_access.demo.chance import stream

_ENGLISH = {
    "街道": "Subdistrict", "镇": "Town", "社区": "Community", "村": "Village", "区": "District", "市": "City",
}  # fmt: skip


def names() -> dict[str, Any]:
    """The word lists of names.toml."""
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


def pinyin(text: str) -> str:
    """`古渡` → `Gudu`."""
    return "".join(pypinyin.lazy_pinyin(text)).capitalize()


def english(name: str) -> str:
    """`古渡区` → `Gudu District`; a name without a known ending is spelt only."""
    for ending, word in _ENGLISH.items():
        if name.endswith(ending) and len(name) > len(ending):
            return f"{pinyin(name.removesuffix(ending))} {word}"
    return pinyin(name)


def community_names(district: dict[str, Any]) -> Iterator[str]:
    """Community names of a district, each once, in a fixed shuffled order."""
    pairs = list(product(district["themes"], district["endings"]))
    for number in stream(f"names of {district['name']}").permutation(len(pairs)):
        theme, ending = pairs[number]
        if theme[-1] != ending[0]:
            yield f"{theme}{ending}社区"
