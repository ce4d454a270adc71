"""Other points at the same precision: other self-consistent stories.

A game may have several logit equilibria. The one on the branch from uniform play is the answer; the others are worth
telling. They are sought by damped Newton steps from random starts, every other one led a little way by how players
would answer, which goes from anywhere to a steady point; so what is found is certain and what is not found proves
nothing.
"""

from typing import Final

import numpy as np

from melian.solve.games.branch import polish, solve_linear
from melian.solve.games.equilibrium import Point, Problem, SolvedGame, conclude, system_of
from melian.solve.games.system import System
from melian.solve.games.tree import Floats

N_STARTS: Final = 40
MAX_STEPS: Final = 60
ANSWERS: Final = 60  # by which a start is led
LED: Final = 0.5  # share of the way to the answer that each goes
MAX_HALVINGS: Final = 12
ARMIJO: Final = 1e-4  # least share of the promised decrease that a step has to bring
DISTINCT: Final = 1e-5  # in chance: closer points count as one


def other_solutions(
    problem: Problem, known: SolvedGame, *, starts: int = N_STARTS, seed: int = 0
) -> tuple[SolvedGame, ...]:
    """Certified equilibria at the precision that differ from a known one and from each other.

    Parameters
    ----------
    problem : the game at the precision, from `pose`.
    known : the answer on the branch; where it did not reach the precision, every point found is another one.
    starts : random starts; each costs about as much as a few steps along the branch.

    Returns
    -------
    The most different from the known one first.
    """
    if problem.game.has_perfect_information or not problem.goal:
        return ()
    system = system_of(problem)
    random = np.random.default_rng(seed)
    seen = [_flat(known)] if known.status == "solved" else []
    found = []
    for start in range(starts):
        led = _start(system, random, start)
        for _ in range(ANSWERS if start % 4 >= 2 else 0):
            led = (1 - LED) * led + LED * system.response(led, problem.goal)
        odds = _descend(system, led, problem.goal)
        if odds is None:
            continue
        odds, error = polish(system, odds, problem.goal, 1.0)
        solved = conclude(problem, Point(system.scores(odds), problem.goal, error, "search", "solved"))
        here = _flat(solved)
        if solved.status == "solved" and all(np.abs(here - other).max() > DISTINCT for other in seen):
            seen.append(here)
            found.append(solved)
    home = _flat(known)
    return tuple(sorted(found, key=lambda solved: -float(np.abs(_flat(solved) - home).max())))


def _start(system: System, random: np.random.Generator, number: int) -> Floats:
    """Log odds to start from: chances anywhere on the simplex, every other time nearly pure."""
    spread = 1.0 if number % 2 else 20.0
    return system.odds(spread * np.log(random.standard_exponential(system.tree.n_actions)))


def _descend(system: System, odds: Floats, t: float) -> Floats | None:
    """Where damped Newton steps from a start lead, or None where they stall."""
    odds = system.response(odds, t)
    size = _norm(system.gap(odds, t))
    for _ in range(MAX_STEPS):
        if size <= 1e-9 * (1 + t):
            return odds
        now = system.at(odds, t)
        change, sign = solve_linear(now.by_odds, -now.gap)
        if sign == 0:
            return None
        share = 1.0
        for _ in range(MAX_HALVINGS):
            trial = odds + share * change
            least = _norm(system.gap(trial, t))
            if least <= (1 - ARMIJO * share) * size:
                break
            share /= 2
        else:
            return None
        odds, size = trial, least
    return None


def _norm(gap: Floats) -> float:
    return float(np.linalg.norm(gap))


def _flat(solved: SolvedGame) -> Floats:
    """All chances in a row."""
    return np.array([chance for place in solved.sets for chance in place.chances])
