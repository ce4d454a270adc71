"""`melian behaviour`: how each actor chooses in each situation."""

from typing import Annotated, Final

import typer

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.load import load, solve
from melian.cli.options import Settings, parse_states
from melian.cli.output import write_json, write_sheet

GAME_FILES: Final = (".efg", ".nfg")
All = Annotated[bool, typer.Option("--all", help="Show every situation of every choice.")]

Precision = Annotated[
    float | None,
    typer.Option(
        "--precision",
        min=0.0,
        metavar="L",
        help="Of a game file: how consistently all players choose, payoffs as there.",
    ),
]


def answer_game(path: str, precision: float | None, *, as_json: bool) -> None:
    """Solve a game file and write how its players choose; best responses where no precision is given."""
    from melian.exchange.read import read_game
    from melian.solve.games.equilibrium import solve_game, solve_rationally

    game, _ = read_game(path)
    solved = solve_rationally(game) if precision is None else solve_game(game, precision)
    if as_json:
        from melian.answer.game import solved_behaviour

        write_json(solved_behaviour(solved))
    else:
        from melian.view.sheets.game import game_sheet

        write_sheet(game_sheet(solved))


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

    A game is a file in Gambit's .efg or .nfg format.
    """
    if case.casefold().endswith(GAME_FILES):
        answer_game(case, precision, as_json=json)
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
        from melian.view.sheets.behaviour import behaviour_sheet

        write_sheet(behaviour_sheet(solution, whole=whole))
