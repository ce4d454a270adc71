"""The command line: one file a command, heavy imports only where they are needed, so that each starts fast."""

import gc
import sys
from typing import Annotated, Final

import typer

from melian.cli.behaviour import behaviour
from melian.cli.check import check
from melian.cli.convert import convert
from melian.cli.diff import diff
from melian.cli.drivers import drivers
from melian.cli.evidence import evidence
from melian.cli.explain import explain
from melian.cli.figure import figure
from melian.cli.fmt import fmt
from melian.cli.groups import Commands, Grouped, listed
from melian.cli.guard import INTERRUPTED
from melian.cli.incentives import incentives
from melian.cli.indicators import indicators
from melian.cli.levers import levers
from melian.cli.new import new
from melian.cli.progress import Clock
from melian.cli.report import report
from melian.cli.run import run
from melian.cli.schema import schema
from melian.cli.storylines import storylines
from melian.cli.streams import LostOutputError, finished, lost, settle_streams
from melian.cli.timeline import timeline
from melian.cli.whatif import whatif
from melian.cli.why import why
from melian.solve.kernel.waiting import announce_to

COLLECT_AFTER: Final = 1_000_000
"""New objects that may be waiting for the garbage collector; Python's own number is 700."""

# The help shows the commands under these headings, in this order.
GROUPS: Commands = {
    "Answer a question": (run, why, indicators, storylines, whatif, diff, levers, behaviour, incentives),
    "Look into the answer": (drivers, evidence, timeline),
    "Hand it over": (report, figure),
    "Write a case": (new, check, fmt, convert, explain, schema),
}

app = typer.Typer(
    name="melian",
    cls=Grouped,
    help="How likely, why, what to watch and what would change it: strategic questions that can be computed.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
listed(app, GROUPS)


def _version(wanted: bool) -> None:
    if wanted:
        from melian import __version__

        typer.echo(f"melian {__version__}")
        raise typer.Exit


@app.callback()
def melian(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """How likely, why, what to watch and what would change it: strategic questions that can be computed."""


def main() -> None:
    """Run the command line, and end the process."""
    sys.exit(ending())


def ending() -> int:
    """Run the command line; the exit code."""
    settle_streams()
    # A command makes many objects that live until its end; looking for unreachable ones among them takes a tenth of it.
    gc.set_threshold(COLLECT_AFTER)
    announce_to(Clock(sys.stderr))
    try:
        app()
    except SystemExit as end:
        return finished(end.code if isinstance(end.code, int) else 0)
    except KeyboardInterrupt:
        return finished(INTERRUPTED)
    except LostOutputError as problem:
        return lost(problem)
    return finished(0)
