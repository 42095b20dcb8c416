"""Browser packages of others, fetched at set-up by scripts/fetch-browser-packages: which are there, and where."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "third_party" / "served"
_DIGEST_CHARS = 20


@cache
def served_digest(folder: Path = FOLDER) -> str | None:
    """A hash over all served files, so that their addresses may be kept for ever; None where nothing was fetched."""
    files = served_files(folder)
    if not files:
        return None
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:_DIGEST_CHARS]


@cache
def served_files(folder: Path = FOLDER) -> dict[str, Path]:
    """Served name → file."""
    if not folder.is_dir():
        return {}
    return {path.name: path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")}


def package_address(root: str, name: str) -> str | None:
    """Where a page finds the file, below the app's root (ending in a slash); None where it was not fetched."""
    return f"{root}third-party/{served_digest()}/{name}" if name in served_files() else None
