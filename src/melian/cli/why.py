"""`melian why`: the situations, judgements and reports that carry a chance."""

from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

About = Annotated[
    str | None, typer.Argument(metavar="[NODE=STATE]", help="Which chance; that of the event where nothing is said.")
]


@guarded
def why(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    about: About = None,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """What carries a chance: situations, judgements, reports."""
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    asked = parse_states([about] if about else None, "NODE=STATE")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    found = solution.why(*next(iter(asked.items()), (None, None)))
    if settings.as_json:
        from melian.view.documents.why import why_document

        write_json(why_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.why import why_sheet

        write_sheet(why_sheet(solution, found))
