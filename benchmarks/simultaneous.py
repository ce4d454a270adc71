"""Three actors with three options each, all at the same time, all payoffs uncertain: a world is a 3 x 3 x 3 game."""

import io
import time
from itertools import product
from typing import Final

import numpy as np
import pygambit
from measure import Figures, Ready, best, model_of, public, ready, say, seconds

from melian.solve.draws.draw import Sampler
from melian.solve.machine import SEGMENT
from melian.solve.run import Worlds
from melian.solve.tables import Floats

MOVES: Final = ("a", "b", "c")
OPTIONS: Final = ("o0", "o1", "o2")
WORLDS: Final = {5: 100_000, 20: 20_000}  # by precision
GAMES: Final = 200  # solved by Gambit; its time for all worlds is scaled from them


def case_text(precision: int) -> str:
    """Case with a range of 0 to 100 for every payoff."""
    lines = [
        "melian: 1",
        "case: at-the-same-time",
        "question: {event: {a: o0}}",
        "actors: {" + ", ".join(f"{move}_: {{precision: {precision}}}" for move in MOVES) + "}",
        "choices:",
        *(f"  {move}: {{actor: {move}_, options: [{', '.join(OPTIONS)}], sees: []}}" for move in MOVES),
        "stakes:",
    ]
    for move in MOVES:
        lines += [f"  {move}_:", f"    payoff_{move}:", "      given: [a, b, c]", "      values:"]
        for played in product(OPTIONS, repeat=len(MOVES)):
            when = ", ".join(f"{other}: {option}" for other, option in zip(MOVES, played, strict=True))
            lines.append(f"        - {{when: {{{when}}}, is: 0..100}}")
    return "\n".join(lines) + "\n"


def games(case: Ready, theta: Floats) -> list[pygambit.Game]:
    """Each world as a game; its format counts up the first player's options first."""
    payoffs = {case.model.actors[stake.actor][0]: theta[stake.slots] for stake in case.model.utilities}
    found = []
    for world in range(theta.shape[1]):
        cells = product(range(len(OPTIONS)), repeat=len(MOVES))
        numbers = (repr(float(payoffs[move][(*reversed(cell), world)])) for cell in cells for move in MOVES)
        text = f'NFG 1 R "world" {{ "a" "b" "c" }} {{ 3 3 3 }}\n\n{" ".join(numbers)}\n'
        found.append(pygambit.read_nfg(io.StringIO(text)))
    return found


def bench_precision(precision: int) -> Figures:
    """Times, ratios and certificates at one precision."""
    case = ready(model_of(case_text(precision)))
    n_worlds = WORLDS[precision]
    case.run(SEGMENT)
    found: list[Worlds] = []
    one = seconds(lambda: found.append(case.run(n_worlds, 1)))
    through_api = public(case_text(precision), n_worlds)
    all_cores = seconds(lambda: case.run(n_worlds), time.perf_counter)
    worlds = found[0]
    theta = Sampler(case.model.parameters, 0).block(0, GAMES)
    played, points = games(case, theta), []

    def loop() -> None:
        points[:] = [pygambit.qre.logit_solve_lambda(game, float(precision))[0] for game in played]

    peer = best(loop, repeats=1) / GAMES
    ours = np.concatenate([worlds.rules[case.model.index_of(move)].kept[:, :GAMES] for move in MOVES])
    theirs = np.array([[float(point[place]) for point in points] for place in range(len(ours))])
    gaps = np.abs(ours - theirs).max(axis=0)
    settled = ~worlds.unsettled
    return {
        "worlds": n_worlds,
        "microseconds_a_world_one_core": one / n_worlds * 1e6,
        "microseconds_a_world_public_one_core": through_api / n_worlds * 1e6,
        "microseconds_a_world_all_cores": all_cores / n_worlds * 1e6,
        "gambit_microseconds_a_game": peer * 1e6,
        "times_faster_than_gambit_one_core": peer / (through_api / n_worlds),
        "times_faster_than_gambit_all_cores": peer / (all_cores / n_worlds),
        "unsettled": int((~settled).sum()),
        "largest_residual_of_settled": float(worlds.residual[settled].max()),
        "median_gap_to_gambit": float(np.median(gaps)),
        "games_on_another_branch_than_gambits": int((gaps > 1e-3).sum()),
    }


def bench() -> Figures:
    """All precisions."""
    found: Figures = {}
    for precision in WORLDS:
        say(f"  precision {precision}")
        found[f"precision_{precision}"] = bench_precision(precision)
    return found
