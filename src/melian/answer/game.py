"""How the players of a game from a file choose, as plain values for a program.

The shape is that of the behaviour of a case: each information set is a choice, named as Gambit numbers it. A game has
one set of numbers and no worlds, so mean and quantiles are the same number.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final

from melian.exchange.game import Game
from melian.solve.games.equilibrium import SolvedGame, SolvedSet, pose, solve_game, solve_rationally
from melian.solve.games.search import other_solutions

# Searching costs some hundred Newton steps, each with the cube of the unknowns.
MAX_SOUGHT: Final = 150


def game_behaviour(game: Game, precision: float | Sequence[float] | None, *, others: bool = False) -> dict[str, Any]:
    """Behaviour at a precision, ready for `json.dumps`.

    Parameters
    ----------
    precision : one for all players or one for each; payoffs are taken as in the file. None stands for backward
        induction, in games of perfect information only.
    others : whether to look for other equilibria at the precision too.

    Returns
    -------
    `choices` as for a case; beside it the `game`, `method`, `status`, `reached`, `precision` and `payoffs` by player
    `certificate`, `crossings`, `notes`, and `others` where they were sought, each with its `choices`, `payoffs` and
    `certificate`.
    """
    if precision is None:
        return solved_behaviour(solve_rationally(game))
    solved = solve_game(game, precision)
    return solved_behaviour(solved, other_solutions(pose(game, precision), solved) if others else None)


def other_equilibria(game: Game, solved: SolvedGame) -> tuple[SolvedGame, ...] | None:
    """Other equilibria at the precision, where another branch was crossed; None where they were not sought.

    They are sought where the answer depends on which branch is taken, and the game is small enough for it.
    """
    free = sum(len(place.actions) - 1 for place in game.information_sets)
    if not solved.crossings or free > MAX_SOUGHT:
        return None
    return other_solutions(pose(game, solved.precision), solved)


def solved_behaviour(solved: SolvedGame, others: Sequence[SolvedGame] | None = None) -> dict[str, Any]:
    """A solved game as plain values, with other equilibria where they were sought."""
    told = _solved(solved)
    if others is not None:
        kept = ("choices", "payoffs", "certificate")
        told["others"] = [{key: value for key, value in _solved(other).items() if key in kept} for other in others]
    return told


def _solved(solved: SolvedGame) -> dict[str, Any]:
    return {
        "game": solved.title,
        "method": solved.method,
        "status": solved.status,
        "reached": solved.reached,
        "precision": {
            player: precision if isfinite(precision) else None
            for player, precision in zip(solved.players, solved.precision, strict=True)
        },
        "payoffs": dict(zip(solved.players, solved.payoffs, strict=True)),
        "choices": {place.id: _choice(place) for place in solved.sets},
        "certificate": {
            "residual": solved.certificate.residual,
            "error": solved.certificate.error,
            "regret": solved.certificate.regret,
        },
        "crossings": list(solved.crossings),
        "notes": list(notes_on(solved)),
    }


def notes_on(solved: SolvedGame) -> tuple[str, ...]:
    """What a reader has to know about an answer, in sentences."""
    notes = []
    share = f"{100 * solved.reached:.3g} %"
    if solved.status in ("stuck", "out of steps"):
        why = "it can be followed no further" if solved.status == "stuck" else "it takes too many steps"
        notes.append(f"The branch was followed to {share} of the precision, since {why}; what is shown holds there.")
    if solved.status == "inexact":
        notes.append("Rounding leaves more error than is certified: the precision times the payoffs is very large.")
    for crossing in solved.crossings:
        notes.append(
            f"Another branch crosses at {100 * crossing:.3g} % of the precision; the answer is where the branch leads "
            "straight on, and others exist."
        )
    if unreached := [place.id for place in solved.sets if place.is_unreached]:
        notes.append(f"Only branches of chance 0 lead to {', '.join(unreached)}: beliefs there are uniform.")
    if solved.absent_minded:
        notes.append(
            f"A path meets {', '.join(solved.absent_minded)} twice: each visit is weighed by itself, and believed in "
            "as often as play comes there."
        )
    if solved.forgetful:
        who = ", ".join(solved.players[player] for player in solved.forgetful)
        notes.append(f"Without perfect recall ({who}): each information set is solved as an agent of its own.")
    return tuple(notes)


def _choice(place: SolvedSet) -> dict[str, Any]:
    """One information set."""
    options = {
        action: {"mean": chance, "q05": chance, "q95": chance}
        for action, chance in zip(place.actions, place.chances, strict=True)
    }
    return {
        "actor": place.player,
        "label": place.label,
        "options": list(place.actions),
        "unreached": place.is_unreached,
        "rule": [{"sees": {}, "options": options}],
    }
