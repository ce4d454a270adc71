"""`melian behaviour`: how each actor chooses in each situation."""

from datetime import date
from math import isfinite
from typing import Annotated

import typer

from melian.cli import options
from melian.cli.game import answer_game
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet
from melian.exchange.kinds import is_game_file

All = Annotated[bool, typer.Option("--all", help="Show every situation of every choice.")]

Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="L[,L...]",
        help="Of a game file: how consistently all players choose, or each in turn, payoffs as there.",
    ),
]


def _refuse_for_games(as_of: date | None, do: list[str] | None, observe: list[str] | None, unannounced: bool) -> None:
    """Refuse what would change nothing in a game."""
    given = {"--as-of": as_of, "--set": do, "--observe": observe, "--unannounced": unannounced}
    for name, value in given.items():
        if value:
            raise typer.BadParameter("it is for cases, and this is a game", param_hint=name)


def _precisions(text: str | None) -> tuple[float, ...] | None:
    """One precision, or one for each player."""
    if text is None:
        return None
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = (-1.0,)
    if not all(isfinite(one) and one >= 0 for one in found):
        hint = f"'{text}' should be a number of at least 0, or such numbers with commas between them"
        raise typer.BadParameter(hint, param_hint="--precision")
    return found


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
    precision: Precision = None,
    debug: options.Debug = False,
) -> None:
    """How each actor chooses; also the players of a game file.

    A game is a file in Gambit's .efg or .nfg format. It needs --precision, unless every player always knows where it
    is: without, such a game is solved by backward induction.
    """
    if is_game_file(case):
        _refuse_for_games(as_of, do, observe, unannounced)
        answer_game(case, _precisions(precision), as_json=json)
        return
    if precision is not None:
        raise typer.BadParameter("it is for game files; a case says it for each actor", param_hint="--precision")
    done, learned = parse_states(do, "--set"), parse_states(observe, "--observe")
    settings = Settings(case, json, worlds, seed, as_of, done, learned, unannounced, threads)
    read = load(settings.case, settings.as_of)
    solution = solve(read, settings)
    if settings.as_json:
        from melian.view.documents.behaviour import behaviour_document

        write_json(behaviour_document(solution, read.diagnostics))
    else:
        from melian.view.sheets.behaviour import behaviour_sheet, forgotten

        write_sheet(behaviour_sheet(solution, whole=whole, remarks=forgotten(read.diagnostics)))
