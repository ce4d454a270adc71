"""`melian timeline`: the answer after each dated report."""

import sys
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.cli.progress import Meter

Happened = Annotated[
    bool, typer.Option("--by-event", help="In the order in which things happened, not in which they were reported.")
]


@guarded
def timeline(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    by_event: Happened = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """The answer after each dated report."""
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    with Meter(sys.stderr) as meter:
        found = solution.timeline("happened" if by_event else "reported", told=meter.tell if meter.is_wanted else None)
    if settings.as_json:
        from melian.view.documents.timeline import timeline_document

        write_json(timeline_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.timeline import timeline_sheet

        write_sheet(timeline_sheet(solution, found))
