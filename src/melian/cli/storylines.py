"""`melian storylines`: the few most likely courses of events."""

from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

Most = Annotated[int, typer.Option("--most", min=1, max=20, metavar="N", help="How many courses to tell.")]


@guarded
def storylines(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    most: Most = 4,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """The likeliest courses of events, told in sentences."""
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    found = solution.storylines(most=most)
    if settings.as_json:
        from melian.view.documents.storylines import storylines_document

        write_json(storylines_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.storylines import storylines_sheet

        write_sheet(storylines_sheet(solution, found))
