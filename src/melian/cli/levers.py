"""`melian levers`: what an actor can do, and what it is worth to it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import options
from melian.cli.actors import refuse_idle_actors
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json_of_each, write_sheets
from melian.cli.progress import Meter
from melian.errors import AskError

if TYPE_CHECKING:
    from melian.case.case import Case

Actor = Annotated[
    str | None,
    typer.Option("--actor", metavar="ACTOR", help="Whose levers; those of everybody who chooses if it is left out."),
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
    actors = (actor,) if actor else left_to_choose(read.judged, settings)
    if partner is not None and len(actors) > 1:
        raise typer.BadParameter("pairs are those of one actor: name it with --actor", param_hint="--with")
    refuse_idle_actors(read.judged, [*actors, *([partner] if partner else [])], settings)
    solution = solve(read, settings)
    with Meter(sys.stderr) as meter:
        told = meter.tell if meter.is_wanted else None
        found = [solution.levers(actor, partner=partner, told=told) for actor in actors]
    if settings.as_json:
        from melian.view.documents.levers import levers_document

        write_json_of_each([levers_document(solution, one, read.diagnostics) for one in found])
    else:
        from melian.view.sheets.levers import levers_sheet

        write_sheets([levers_sheet(solution, one) for one in found])


def left_to_choose(case: "Case", settings: Settings) -> tuple[str, ...]:
    """Actors who make a choice that is not supposed, in the case's order.

    Raises
    ------
    AskError
        If there are none.
    """
    supposed = {**settings.do, **settings.observe}
    choosing = {choice.actor.text for choice in case.choices if choice.name not in supposed}
    if not choosing:
        raise AskError("nobody is left with anything to choose in this case", ["levers are options of choices"])
    return tuple(actor.name for actor in case.actors if actor.name in choosing)
