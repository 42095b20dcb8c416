"""Unpacking a zip that a stranger sent: names stay inside the folder, sizes inside the limits."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from data_access.importing import limits
from data_access.importing.faults import Unreadable

_ZIP_MAGIC = b"PK\x03\x04"
_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpack(archive: Path, folder: Path) -> None:
    """Every member of `archive` below `folder`. Raises Unreadable, naming the member, at the first that is hostile."""
    with _opened(archive) as opened:
        members = [member for member in opened.infolist() if not member.is_dir() and not _is_clutter(member.filename)]
        _check_amount(members)
        room = limits.ARCHIVE_BYTES
        for member in members:
            _check_member(member)
            room -= _extract(opened, member, folder, room)


def check_sizes(archive: Path, total_bytes: int) -> None:
    """Refuse a zipped document (.xlsx) whose members would unpack to more than `total_bytes`."""
    with _opened(archive) as opened:
        members = opened.infolist()
        _check_amount(members)
        if sum(member.file_size for member in members) > total_bytes:
            raise Unreadable(f"at most {total_bytes:,} bytes when unpacked")


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as opened:
            yield opened
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise Unreadable(f"a readable zip archive ({error})") from error


def _check_amount(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise Unreadable(f"at most {limits.ARCHIVE_MEMBERS:,} files in an archive", value=f"{len(members):,} files")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable("each name once in an archive", value=twice)


def _check_member(member: zipfile.ZipInfo) -> None:
    """zipfile cuts names at NUL, and mends backslashes on Windows only: the original name is judged too."""
    for name in (member.filename, member.orig_filename):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0"):
            raise Unreadable("a plain relative name inside the archive", value=name)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise Unreadable("plain files only in an archive, no links or devices", value=member.filename)
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("an archive without a password", value=member.filename)


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, room: int) -> int:
    """Bytes written. Counted while they come: what the archive says about its sizes is not believed."""
    target = folder / member.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    ratio_room = max(limits.ARCHIVE_RATIO_FROM_BYTES, member.compress_size * limits.ARCHIVE_RATIO)
    written = 0
    with opened.open(member) as packed, target.open("xb") as file:
        while block := packed.read(_BLOCK):
            if not written and block.startswith(_ZIP_MAGIC) and target.suffix.lower() != ".xlsx":
                raise Unreadable("no zip in a zip: put a GeoPackage in its place", value=member.filename)
            written += len(block)
            if written > min(room, ratio_room):
                raise Unreadable(
                    f"an archive of at most {limits.ARCHIVE_BYTES:,} bytes unpacked, "
                    f"compressed at most {limits.ARCHIVE_RATIO} times",
                    value=member.filename,
                )
            file.write(block)
    return written


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in _CLUTTER or part.startswith("._") for part in parts)
