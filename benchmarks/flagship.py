"""The main job: the flagship case, warm."""

from typing import Final

from measure import Figures, Ready
from tree import gambit_seconds

import melian
from melian.model.build import build_model
from melian.plan.make import make_plan

CASE: Final = "belarus-2022"
WORLDS: Final = 20_000


def flagship() -> Ready:
    """The flagship case, planned."""
    model = build_model(melian.read(CASE).judged)
    return Ready(model, make_plan(model))


def bench() -> Figures:
    """Worlds a second, and how many are solved while Gambit solves one world of the tree."""
    case = flagship()
    one, all_cores = case.one_core(WORLDS), case.all_cores(WORLDS)
    return {
        "worlds": WORLDS,
        "worlds_a_second_one_core": WORLDS / one,
        "worlds_a_second_all_cores": WORLDS / all_cores,
        "worlds_in_the_time_of_one_gambit_game_one_core": gambit_seconds() * WORLDS / one,
        "worlds_in_the_time_of_one_gambit_game_all_cores": gambit_seconds() * WORLDS / all_cores,
        "operations_a_world": case.plan.cost.operations,
    }
