"""Who asks: the part of every question, and of every cache key, that decides which rows may come back."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """What one viewer may see. None means everything; an empty tuple means nothing.

    area_codes: roots of the subtrees (by parent_code) that are visible, themselves included.
    department_codes: indicators, problems and projects that these departments lead or support.
    name: who they are, as the author of what they write; it decides nothing of what they see, and is in no cache key.
    """

    area_codes: tuple[str, ...] | None = None
    department_codes: tuple[str, ...] | None = None
    name: str = field(default="", compare=False, repr=False)


EVERYTHING = Viewer()
"""The default viewer of an installation without accounts: sees all areas and departments."""
