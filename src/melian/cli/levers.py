"""`melian levers`: what an actor can do, and what it is worth to it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.cli.progress import Meter
from melian.errors import AskError

if TYPE_CHECKING:
    from melian.answer.solution import Solution

Actor = Annotated[
    str | None, typer.Option("--actor", metavar="ACTOR", help="Whose levers; may be left out where one actor chooses.")
]
Partner = Annotated[
    str | None, typer.Option("--with", metavar="ACTOR", help="Pair its options with those of this other actor.")
]


@guarded
def levers(  # noqa: PLR0913 - one parameter for each option
    case: options.CaseName,
    actor: Actor = None,
    partner: Partner = None,
    json: options.Json = False,
    worlds: options.Worlds = options.DEFAULT_WORLDS,
    seed: options.Seed = options.DEFAULT_SEED,
    as_of: options.AsOf = None,
    do: options.Do = None,
    observe: options.Observe = None,
    threads: options.Threads = None,
    debug: options.Debug = False,
) -> None:
    """What an actor can do, and what each option is worth to it.

    Each option is taken openly, and the others answer it. Also which options are best on average and safest, and what
    it would be worth to know each factor before choosing.
    """
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, False, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    with Meter(sys.stderr) as meter:
        found = solution.levers(
            actor or only_actor(solution), partner=partner, told=meter.tell if meter.is_wanted else None
        )
    if settings.as_json:
        from melian.view.documents.levers import levers_document

        write_json(levers_document(solution, found, read.diagnostics))
    else:
        from melian.view.sheets.levers import levers_sheet

        write_sheet(levers_sheet(solution, found))


def only_actor(solution: "Solution") -> str:
    """Actor who makes every choice.

    Raises
    ------
    AskError
        If there are several, or none.
    """
    found = list(dict.fromkeys(choice.actor.text for choice in solution.case.choices))
    if len(found) != 1:
        choosing = f"those who choose: {', '.join(found)}" if found else "nobody chooses anything in this case"
        raise AskError("whose levers? name an actor with --actor", [choosing])
    return found[0]
