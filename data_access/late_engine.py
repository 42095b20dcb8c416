"""The engine of a database that may not be there yet."""

import threading
from pathlib import Path

from sqlalchemy import Engine

from data_access.engine import layers_path, normal_url, open_engine


class LateEngine:
    """Opens the engine when it is first needed, so that a server starts before its database does.

    An embedded database whose files were replaced is opened anew; otherwise the old ones would be read for ever.
    """

    def __init__(self, url: str, layers: str | Path | None) -> None:
        self._url, self._layers = url, layers
        parsed = normal_url(url)
        is_embedded = parsed.get_backend_name() == "sqlite"
        self._files = (Path(str(parsed.database)), layers_path(parsed, layers)) if is_embedded else ()
        self._engine: Engine | None = None
        self._opened: tuple[int, ...] = ()
        self._lock = threading.Lock()

    def __call__(self) -> Engine:
        with self._lock:
            present = self._present()
            if self._engine is None or present != self._opened:
                self.close()
                self._engine, self._opened = open_engine(self._url, self._layers), present
            return self._engine

    def for_writing(self) -> Engine:
        """A new engine that may write what the screen writes; whoever asks disposes of it."""
        return open_engine(self._url, self._layers, access="write")

    def close(self) -> None:
        """Lets the connections go."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None

    def _present(self) -> tuple[int, ...]:
        return tuple(path.stat().st_ino if path.exists() else 0 for path in self._files)
