"""`cityvitals serve`: the screen on a loaded database."""

import logging
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dashboard.cli.options import DEFAULT_DATABASE, Database, Layers
from dashboard.settings import Settings, read_settings

if TYPE_CHECKING:
    from data_access.cache_files import FileCache
    from data_access.store import IndicatorStore

EXIT_DATABASE = 3
_defaults = read_settings()

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for the whole network.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Workers = Annotated[int, typer.Option(min=1, help="Processes; each answers with several threads.")]


def serve(
    database: Database = DEFAULT_DATABASE,
    layers: Layers = None,
    host: Host = _defaults.host,
    port: Port = _defaults.port,
    workers: Workers = _defaults.workers,
) -> None:
    """Serve the decision screen. Stop it with Ctrl-C."""
    run(read_settings(database_url=database, layers=layers, host=host, port=port, workers=workers))


def run(settings: Settings, log_level: int = logging.INFO) -> None:
    """Checks the database, says what is wrong with it, then serves until stopped.

    A database that is merely away does not stop the start: the screen says so and recovers by itself.
    log_level: of the JSON log; a demo logs warnings only, so that its address stays in sight.
    """
    from analysis.projects.suggestion_rules import InvalidRules
    from analysis.scoring import ScoringFault
    from dashboard.app import create_app, set_up
    from dashboard.http.log import write_json_logs
    from dashboard.memory import collect_seldom, keep_few_pools
    from dashboard.serving import ScreenServer
    from dashboard.warming import keep_warm
    from data_access.cache_files import FileCache
    from data_access.errors import ContractMismatch, DatabaseCorrupt, DatabaseUnavailable

    console = Console(stderr=True)
    keep_few_pools()
    try:
        _open(settings).verify()
    except (ContractMismatch, DatabaseCorrupt) as fault:
        console.print(f"[red]{fault}[/red]")
        raise typer.Exit(EXIT_DATABASE) from None
    except DatabaseUnavailable as fault:
        console.print(f"[yellow]{fault}[/yellow]")
    shared = FileCache()
    store = _open(settings, shared)
    console.print(f"Serving http://{settings.host}:{settings.port} — stop with Ctrl-C")
    write_json_logs(log_level)
    try:
        server = set_up(create_app(store, settings))
    except (InvalidRules, ScoringFault) as fault:
        console.print(f"[red]{fault}[/red]")
        raise typer.Exit(EXIT_DATABASE) from None
    collect_seldom()
    ScreenServer(
        lambda: server,
        settings,
        in_worker=lambda: keep_warm(server, store, settings.language),
        at_end=shared.close,
    ).run()


def _open(settings: Settings, shared: "FileCache | None" = None) -> "IndicatorStore":
    """A store that connects with its first question, so each worker has connections of its own."""
    from dashboard.edition import edition
    from data_access.startup import open_store

    return open_store(settings.database_url, settings.layers, settings.redis_url, shared, edition(settings))
