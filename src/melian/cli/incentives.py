"""`melian incentives`: what each actor gains and loses by each option."""

from typing import Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

Actor = Annotated[str | None, typer.Option("--actor", metavar="ACTOR", help="Only the choices of this actor.")]


@guarded
def incentives(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    actor: Actor = None,
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
    """What each actor gains and loses by each option, stake by stake.

    As the actor sees it, in the situation that is most likely when it chooses; and what would make it indifferent.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    found = solution.incentives(actor)
    if settings.as_json:
        from melian.view.documents.incentives import incentives_document

        write_json(incentives_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.incentives import incentives_sheet

        write_sheet(incentives_sheet(solution, found))
