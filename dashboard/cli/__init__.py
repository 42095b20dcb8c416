"""The command line: `cityvitals …` or `python -m dashboard …`. One file per command; each is registered here."""

import typer

from dashboard.cli.check import check
from dashboard.cli.demo import demo
from dashboard.cli.export_package import export_package
from dashboard.cli.init import init
from dashboard.cli.load import load
from dashboard.cli.query import query
from dashboard.cli.serve import serve

app = typer.Typer(
    name="cityvitals",
    help="The decision screen of a city health-check platform: load, check, query and serve the indicator database.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.command()(serve)
app.command()(init)
app.command()(load)
app.command()(check)
app.command()(export_package)
app.add_typer(query)


def main() -> None:
    app()
