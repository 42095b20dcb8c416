"""Finding an area or an indicator by Chinese, pinyin initials, full pinyin, English or code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

BEST, WORD, INSIDE, NO_MATCH = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its kind (`area`, `indicator`), code, both names and the forms it is found by."""

    kind: str
    code: str
    name_zh: str
    name_en: str
    forms: tuple[str, ...]


def entry(kind: str, code: str, name_zh: str, name_en: str) -> Entry:
    initials = "".join(lazy_pinyin(name_zh, style=Style.FIRST_LETTER))
    forms = (code, name_zh, name_en, initials, "".join(lazy_pinyin(name_zh)))
    return Entry(kind, code, name_zh, name_en, tuple(dict.fromkeys(form.casefold() for form in forms if form)))


def find(entries: Sequence[Entry], query: str, limit: int = 10) -> list[Entry]:
    """The entries that match best: forms that begin with the query, then words that do, then those that contain it.

    Among equals the shorter name first, and earlier entries (indicators before areas as the caller listed them).
    """
    wanted = " ".join(query.casefold().split())
    if not wanted:
        return []
    scored = [
        (closeness(one.forms, wanted), len(one.name_zh or one.name_en), place) for place, one in enumerate(entries)
    ]
    best = sorted(score for score in scored if score[0] < NO_MATCH)[:limit]
    return [entries[place] for _, _, place in best]


def closeness(forms: Iterable[str], wanted: str) -> int:
    """BEST to NO_MATCH, over all forms of one entry."""
    return min((_closeness(form, wanted) for form in forms), default=NO_MATCH)


def _closeness(form: str, wanted: str) -> int:
    if form.startswith(wanted):
        return BEST
    if f" {wanted}" in form:
        return WORD
    return INSIDE if wanted in form else NO_MATCH
