"""Which of the two encodings of the contract a text file is in."""

import codecs
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from data_access.importing.faults import Unreadable
from data_access.importing.limits import LINE_BYTES

_BLOCK = 1 << 20
_BROKEN_SHARE = 0.3
_REPLACED = "\ufffd"


def recognise(path: Path) -> str:
    """`utf-8-sig` or `gb18030`, the whole file read once. Raises Unreadable, with the row, for anything else.

    UTF-8 text often happens to be valid GB18030 too, so a file in which most foreign characters are sound UTF-8
    counts as UTF-8 with a fault and not as GB18030 full of nonsense.
    """
    _refuse_binary(path)
    row = _first_undecodable_row(path, "utf-8")
    if row is None:
        return "utf-8-sig"
    if _share_broken(path) < _BROKEN_SHARE:
        raise Unreadable("text in UTF-8: this row has bytes that are none", row=row)
    other = _first_undecodable_row(path, "gb18030")
    if other is not None:
        raise Unreadable("text in UTF-8 or GB18030: this row has bytes that are neither", row=max(row, other))
    return "gb18030"


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _refuse_binary(path: Path) -> None:
    row, length = 1, 0
    for block in _blocks(path):
        if row == 1 and length == 0 and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Unreadable("text in UTF-8 or GB18030, not UTF-16: save as “CSV UTF-8”", row=1)
        if (position := block.find(b"\0")) >= 0:
            raise Unreadable("text without NUL bytes", row=row + block.count(b"\n", 0, position))
        lines = block.split(b"\n")
        lengths = [length + len(lines[0]), *map(len, lines[1:])]
        if max(lengths) > LINE_BYTES:
            at = next(n for n, size in enumerate(lengths) if size > LINE_BYTES)
            raise Unreadable(f"rows of at most {LINE_BYTES:,} bytes", row=row + at)
        row, length = row + len(lines) - 1, lengths[-1]


def _first_undecodable_row(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    row = 1
    for block in chain(_blocks(path), [b""]):
        pending = decoder.getstate()[0]
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return row + (pending + block).count(b"\n", 0, error.start)
        row += block.count(b"\n")
    return None


def _share_broken(path: Path) -> float:
    """Share of the foreign characters that are no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    foreign = broken = 0
    for block in chain(_blocks(path), [b""]):
        text = decoder.decode(block, final=not block)
        broken += text.count(_REPLACED)
        foreign += len(text) - len(text.encode("ascii", "ignore"))
    return broken / max(foreign, 1)
