"""`melian behaviour`: how each actor chooses in each situation."""

from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

All = Annotated[bool, typer.Option("--all", help="Show every situation of every choice.")]


@guarded
def behaviour(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    unannounced: options.Unannounced = False,
    threads: options.Threads = None,
    whole: All = False,
    debug: options.Debug = False,
) -> None:
    """How each actor chooses, overall and in each situation."""
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    if settings.as_json:
        from melian.view.document import behaviour_document

        write_json(behaviour_document(solution, read.diagnostics))
    else:
        from melian.view.behaviour_sheet import behaviour_sheet

        write_sheet(behaviour_sheet(solution, whole=whole))
