"""`melian indicators`: what to watch."""

import sys
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.cli.progress import Meter

Graded = Annotated[
    str, typer.Option("--grade", metavar="GRADE", help="Grade of the source that a report would come from.")
]
Own = Annotated[bool, typer.Option("--own", help="Also the nodes that the question itself asks about.")]


@guarded
def indicators(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    grade: Graded = "B",
    own: Own = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """What to watch: what each thing not yet seen would tell.

    In bits and in points, the answer under each result, and what to watch second once the first is known.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    solution.likelihood()
    with Meter(sys.stderr) as meter:
        found = solution.indicators(grade=grade, own=own, told=meter.tell if meter.is_wanted else None)
    if settings.as_json:
        from melian.view.documents.indicators import indicators_document

        write_json(indicators_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.indicators import indicators_sheet

        write_sheet(indicators_sheet(solution, found))
