"""The cache that the workers of one machine share: files in a private directory, in shared memory where there is any.

A worker that dies holds nothing up: the system releases its claims.
"""

import fcntl
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

BUDGET_BYTES = 256 * 2**20
_MOST_OF_FREE = 0.25
_ROUNDS_PER_BUDGET = 16
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108, a private directory inside it
_PREFIX = "cityvitals-"
_LOCK = "lock"
_STARTING_S = 10
"""So old a directory without an owner must be before it is one of a killed server, not of one that just starts."""
_KEY_DIGITS = 15
"""Of a key's hexadecimal digits, as many as fit into the offset of a file lock."""


class FileCache:
    """Bytes by key, one file each; the oldest go first when the budget is spent. A full disk is no failure.

    Opened before the workers are forked; whoever opened it removes it by `close`.
    """

    def __init__(self, place: Path | None = None, budget_bytes: int = BUDGET_BYTES) -> None:
        """place: where the private directory is made; by default shared memory, else the system's temporary files."""
        place = place or (_SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else Path(tempfile.gettempdir()))
        _remove_abandoned(place)
        self.directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        self._lock = _held(self.directory)
        self._budget_bytes = min(budget_bytes, int(shutil.disk_usage(self.directory).free * _MOST_OF_FREE))
        self._written = 0

    def get(self, key: str) -> bytes | None:
        try:
            return (self.directory / key).read_bytes()
        except OSError:
            return None

    def set(self, key: str, data: bytes) -> None:
        """Whole or not at all: readers see the file only when it is complete."""
        draft = self.directory / f".{key}.{os.getpid()}.{threading.get_ident()}"
        try:
            draft.write_bytes(data)
            draft.replace(self.directory / key)
        except OSError:
            draft.unlink(missing_ok=True)
        self._written += len(data)
        if self._written * _ROUNDS_PER_BUDGET >= self._budget_bytes:
            self._written = 0
            self._drop_oldest()

    def claim(self, key: str) -> bool:
        """Whether this process is to compute the answer."""
        try:
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _offset(key))
        except BlockingIOError:
            return False
        except OSError:  # no locks on this file system: computed twice, never wrong
            return True
        return True

    def release(self, key: str) -> None:
        fcntl.lockf(self._lock, fcntl.LOCK_UN, 1, _offset(key))

    def close(self) -> None:
        shutil.rmtree(self.directory, ignore_errors=True)

    def _drop_oldest(self) -> None:
        with os.scandir(self.directory) as entries:
            found = sorted((_age(entry) for entry in entries if entry.name != _LOCK), reverse=True)
        spent = 0
        for _, size, path in found:
            spent += size
            if spent > self._budget_bytes:
                Path(path).unlink(missing_ok=True)


def _age(entry: os.DirEntry[str]) -> tuple[int, int, str]:
    try:
        about = entry.stat()
    except FileNotFoundError:
        return 0, 0, entry.path
    return about.st_mtime_ns, about.st_size, entry.path


def _offset(key: str) -> int:
    return int(key[:_KEY_DIGITS], 16)


def _held(directory: Path) -> IO[bytes]:
    """The file of the claims; its own lock says that someone still uses the directory."""
    lock = (directory / _LOCK).open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _remove_abandoned(place: Path) -> None:
    """What a server that was killed has left behind."""
    for directory in place.glob(f"{_PREFIX}*"):
        try:
            about = directory.stat()
            if about.st_uid == os.getuid() and time.time() - about.st_mtime > _STARTING_S:
                _held(directory).close()
                shutil.rmtree(directory, ignore_errors=True)
        except OSError:
            continue
