"""What commands do that are given a game file instead of a case."""

import sys
from typing import TYPE_CHECKING, Any

import typer

from melian.cli.guard import WRONG_CASE
from melian.cli.output import write_json, write_sheet
from melian.errors import AskError

if TYPE_CHECKING:
    from melian.exchange.game import Game
    from melian.solve.games.equilibrium import SolvedGame


def not_a_case(name: str) -> AskError:
    """What to say where a command needs a case and is given a game."""
    return AskError(
        f"`{name}` is a game, and this command takes a case",
        [
            f"melian behaviour {name} --precision 1 solves it; melian check {name} looks it over",
            "melian convert writes it in another form",
        ],
    )


def check_game(name: str, *, as_json: bool, concise: bool) -> None:
    """Say all there is to say about a game file; ends with 1 where there are errors."""
    from melian.answer.game_inventory import game_inventory
    from melian.cli.check import write_diagnostics
    from melian.exchange.examine import examine_game
    from melian.source.diagnostic import has_errors
    from melian.source.render import as_json as diagnostics_as_json
    from melian.source.text import read_source
    from melian.view.documents.game_check import game_check_document
    from melian.view.sheets.game_check import game_check_sheet

    game, diagnostics = examine_game(read_source(name))
    inventory = game_inventory(game) if game is not None else None
    is_wrong = has_errors(diagnostics)
    if as_json:
        told = game_check_document(inventory) if inventory else None
        write_json({"diagnostics": diagnostics_as_json(diagnostics), "game": told})
    else:
        write_diagnostics(diagnostics, concise, is_wrong)
        if inventory is not None and not concise:
            sys.stdout.write("\n")
            write_sheet(game_check_sheet(inventory))
    if is_wrong:
        raise typer.Exit(WRONG_CASE)


def answer_game(name: str, precision: tuple[float, ...] | None, *, as_json: bool) -> None:
    """Solve a game file and write how its players choose; best responses where no precision is given."""
    from melian.answer.game import other_equilibria, solved_behaviour
    from melian.exchange.read import read_game
    from melian.source.render import as_json as diagnostics_as_json

    game, warnings = read_game(name)
    solved = _solved(game, precision)
    others = other_equilibria(game, solved)
    if as_json:
        document: dict[str, Any] = solved_behaviour(solved, others)
        write_json(document | {"diagnostics": diagnostics_as_json(warnings)})
    else:
        from melian.view.sheets.game import game_sheet

        write_sheet(game_sheet(solved, others))


def _solved(game: "Game", precision: tuple[float, ...] | None) -> "SolvedGame":
    from melian.solve.games.equilibrium import solve_game, solve_rationally

    if precision is None:
        return solve_rationally(game)
    if len(precision) not in (1, len(game.players)):
        wanted = f"one number, or one for each of the {len(game.players)} players"
        raise typer.BadParameter(f"{len(precision)} numbers are given; it takes {wanted}", param_hint="--precision")
    return solve_game(game, precision[0] if len(precision) == 1 else precision)
