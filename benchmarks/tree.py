"""The three-mover tree: W picks one of 3, P (sees W) one of 3, L (sees both) one of 4, then two binary chance moves.

144 leaves and 13 information sets; every leaf has an uncertain payoff for each of the three actors. As a case for
melian, and with one world's numbers as a game for Gambit.
"""

import io
import statistics
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pygambit
from measure import Figures, Ready, best, model_of, public, ready, seconds

from melian.model.diagram import Model
from melian.solve.draws.draw import Sampler
from melian.solve.exact import solve_exactly
from melian.solve.kernel.encode import encode
from melian.solve.machine import Machine
from melian.solve.tables import Floats

MOVES = {"w": 3, "p": 3, "l": 4}
CHANCES = ("first", "second")
PRECISION = 5
WORLDS = 100_000
BLOCK = 1024
# What one world has to read at the least: payoffs and chances, eight bytes each.
BYTES = 8 * (3 * 144 + 4 + 8)
ENUMERATED = 5
GAMES = 5


def bench() -> Figures:
    """The tree through the general engine, against enumeration and against Gambit's logit on single worlds of it."""
    case = ready(model_of(case_text()))
    model = case.model
    one, all_cores = case.one_core(WORLDS), case.all_cores(WORLDS)
    through_api = public(case_text(), WORLDS)
    solving, bound = best(lambda: _solve_drawn(case)), bandwidth_bound()
    events, theta = case.run(256, 1).event, Sampler(model.parameters, 0).block(0, 256)
    exact = [solve_exactly(model, theta[:, world]).event for world in range(ENUMERATED)]
    return {
        "worlds": WORLDS,
        "seconds_one_core": one,
        "seconds_all_cores": all_cores,
        "seconds_public_one_core": through_api,
        "seconds_solving_drawn_worlds_one_core": solving,
        "times_bandwidth_bound_one_core": one / bound,
        "times_bandwidth_bound_one_core_without_drawing": solving / bound,
        "gambit_seconds_a_game": gambit_seconds(),
        "times_faster_than_gambit_one_core": gambit_seconds() / (through_api / WORLDS),
        "largest_error_against_enumeration": float(np.abs(events[:ENUMERATED] - exact).max()),
        "largest_gap_to_gambit": _gambit(model, theta)[1],
    }


def bandwidth_bound() -> float:
    """Seconds to read the inputs of all worlds once, on one core."""
    inputs = np.ones(WORLDS * BYTES // 8)
    return best(inputs.sum)


@cache
def gambit_seconds() -> float:
    """Seconds that Gambit takes for the logit equilibrium of one world."""
    model = model_of(case_text())
    return _gambit(model, Sampler(model.parameters, 0).block(0, 256))[0]


def _solve_drawn(case: Ready) -> None:
    """Solve as many worlds, one block over and over: drawing is part of solving, and would be counted else."""
    machine = Machine(case.model, case.plan, encode(case.model, case.plan), BLOCK)
    theta = Sampler(case.model.parameters, 0).block(0, BLOCK)
    for _ in range(0, WORLDS, BLOCK):
        machine.run(theta)


def _gambit(model: Model, theta: Floats) -> tuple[float, float]:
    """Median seconds of Gambit's logit for one world, and its largest distance to the rules by enumeration."""
    times, gaps = [], []
    for world in range(GAMES):
        game = pygambit.read_efg(io.StringIO(efg_text(model, theta[:, world])))
        found: list = []
        times.append(seconds(lambda: found.append(pygambit.qre.logit_solve_lambda(game, float(PRECISION))[0])))  # noqa: B023
        rules = solve_exactly(model, theta[:, world]).rules
        ours = np.concatenate([np.concatenate(list(rules[model.index_of(move)].values())) for move in MOVES])
        gaps.append(float(np.abs(ours - [float(found[0][place]) for place in range(len(ours))]).max()))
    return statistics.median(times), max(gaps)


def _options(move: str) -> list[str]:
    return [f"{move}{number}" for number in range(MOVES[move])]


def _leaves() -> Iterator[dict[str, str]]:
    sets = [_options(move) for move in MOVES] + [["no", "yes"]] * len(CHANCES)
    for states in product(*sets):
        yield dict(zip((*MOVES, *CHANCES), states, strict=True))


def case_text() -> str:
    """Case with a range of 0 to 100 for every payoff and of 0 to 1 for every chance."""
    lines = [
        "melian: 1",
        "case: three-mover-tree",
        "question: {event: {l: l0}}",
        "actors: {" + ", ".join(f"{move}_: {{precision: {PRECISION}}}" for move in MOVES) + "}",
        "factors:",
        "  first: {states: [no, yes], given: [l], chances: [" + ", ".join(_rules(["l"])) + "]}",
        "  second: {states: [no, yes], given: [l, first], chances: [" + ", ".join(_rules(["l", "first"])) + "]}",
        "choices:",
        f"  w: {{actor: w_, options: [{', '.join(_options('w'))}]}}",
        f"  p: {{actor: p_, options: [{', '.join(_options('p'))}], sees: [w]}}",
        f"  l: {{actor: l_, options: [{', '.join(_options('l'))}], sees: [w, p]}}",
        "stakes:",
    ]
    for move in MOVES:
        lines += [
            f"  {move}_:",
            f"    payoff_{move}:",
            f"      given: [{', '.join((*MOVES, *CHANCES))}]",
            "      values:",
        ]
        lines += [f"        - {{when: {{{_when(leaf)}}}, is: 0..100}}" for leaf in _leaves()]
    return "\n".join(lines) + "\n"


def _when(leaf: dict[str, str]) -> str:
    return ", ".join(f"{name}: {state}" for name, state in leaf.items())


def _rules(given: list[str]) -> list[str]:
    sets = [_options(name) if name in MOVES else ["no", "yes"] for name in given]
    combinations = (dict(zip(given, states, strict=True)) for states in product(*sets))
    return [f"{{when: {{{_when(states)}}}, yes: 0..1}}" for states in combinations]


def efg_text(model: Model, theta: Floats) -> str:
    """One world of the tree as a Gambit game.

    Parameters
    ----------
    theta : [P] parameters of the world.
    """
    utilities = {model.actors[u.actor][0]: theta[u.slots] for u in model.utilities}
    axes = model.utilities[0].axes
    chances = {name: theta[model.tables[model.index_of(name)].slots] for name in CHANCES}
    lines = ['EFG 2 R "three-mover tree" { "w" "p" "l" }', '""', ""]
    _node(model, lines, [], utilities, chances, axes)
    return "\n".join(lines) + "\n"


def _node(model, lines, path, utilities, chances, axes) -> None:
    order = (*MOVES, *CHANCES)
    if len(path) == len(order):
        at = dict(zip(order, path, strict=True))
        cell = tuple(at[model.variables[axis].name] for axis in axes)
        payoffs = ", ".join(repr(float(utilities[move][cell])) for move in MOVES)
        number = int(np.ravel_multi_index(path, [*MOVES.values(), 2, 2])) + 1
        lines.append(f't "" {number} "" {{ {payoffs} }}')
        return
    name = order[len(path)]
    if name in MOVES:
        above = list(MOVES.values())[: len(path)]
        number = int(np.ravel_multi_index(path, above)) + 1 if path else 1
        options = " ".join(f'"{option}"' for option in _options(name))
        lines.append(f'p "" {list(MOVES).index(name) + 1} {number} "" {{ {options} }} 0')
        n_branches = MOVES[name]
    else:
        yes = _chance_of_yes(model, chances, path, name)
        number = int(np.ravel_multi_index(path, [*MOVES.values(), 2][: len(path)])) + 1 + 1000 * CHANCES.index(name)
        lines.append(f'c "" {number} "" {{ "no" {1 - yes} "yes" {yes} }} 0')
        n_branches = 2
    for branch in range(n_branches):
        _node(model, lines, [*path, branch], utilities, chances, axes)


def _chance_of_yes(model, chances, path, name) -> Fraction:
    """Exactly: Gambit wants chances that sum to one to the last digit."""
    at = dict(zip((*MOVES, *CHANCES), path, strict=False)) | {name: 1}
    axes = model.tables[model.index_of(name)].axes
    return Fraction(chances[name][tuple(at[model.variables[axis].name] for axis in axes)].item())
