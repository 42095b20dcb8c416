"""What every source of rows yields: some hundred kilobytes of a table, as text, with its row numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

Progress = Callable[[str, int, int], None]
"""progress(step, done, total): what is being done, e.g. a file's name, and how far it is; total 0 where unknown."""


def silent(step: str, done: int, total: int) -> None:
    """The progress callback of whoever does not want any."""


@dataclass
class Chunk:
    """Rows of one table: where each stands in its file, and its cells as text by column."""

    rows: pa.Array
    cells: dict[str, Any]

    def __len__(self) -> int:
        return len(self.rows)


class Source(Protocol):
    """A file or sheet of rows. `columns` picks the cells wanted: name → position in the header."""

    name: str

    def header(self) -> list[str]: ...

    def chunks(self, columns: dict[str, int]) -> Iterator[Chunk]: ...


def to_chunk(numbers: list[int], rows: list[list[str]], columns: dict[str, int]) -> Chunk:
    by_position = list(zip(*rows, strict=True))
    cells = {name: pa.array(by_position[position], pa.string()) for name, position in columns.items()}
    return Chunk(pa.array(numbers, pa.int64()), cells)
