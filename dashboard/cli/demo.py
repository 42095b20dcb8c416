"""`cityvitals demo`: generates the demo city, loads it and serves it."""

import logging
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from dashboard.cli.serve import Host, Port, Workers, run
from dashboard.settings import read_settings

DEMO_DATABASE = Path(".data/demo.sqlite")
_defaults = read_settings()

File = Annotated[Path, typer.Option("--file", help="SQLite file of the demo city, kept apart from any real data.")]
Renew = Annotated[bool, typer.Option("--renew", help="Generate the city again even if it is there.")]
Serve = Annotated[bool, typer.Option(help="Serve the screen afterwards.")]


def demo(
    file: File = DEMO_DATABASE,
    renew: Renew = False,
    serve: Serve = True,
    host: Host = _defaults.host,
    port: Port = _defaults.port,
    workers: Workers = _defaults.workers,
) -> None:
    """Generate the fictional demo city and serve the screen on it."""
    url = f"sqlite:///{file}"
    if renew or not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        _generate(file)
    if serve:
        from data_access.demo.stories import TODAY

        today = date.fromisoformat(TODAY)
        run(read_settings(database_url=url, host=host, port=port, workers=workers, today=today), logging.WARNING)


def _generate(file: Path) -> None:
    """Builds the city beside its place and moves it there when it is whole: an interrupted start begins anew."""
    from data_access.demo import write_package
    from data_access.engine import layers_path
    from data_access.importing import load_packages

    with (
        tempfile.TemporaryDirectory(dir=file.parent) as workplace,
        Progress(console=Console(stderr=True)) as progress,
    ):
        package, fresh = Path(workplace, "package"), Path(workplace, file.name)
        drawing = progress.add_task("Generating the demo city", total=1)
        write_package(package, progress=lambda _step, share: progress.update(drawing, completed=share))
        loading = progress.add_task("Loading it", total=None)
        load_packages([package], f"sqlite:///{fresh}")
        progress.update(loading, total=1, completed=1)
        for made in (layers_path(f"sqlite:///{fresh}"), fresh):
            _replace(made, file.parent / made.name)


def _replace(made: Path, place: Path) -> None:
    """SQLite's side files belong to the old content and would spoil the new."""
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    made.replace(place)
