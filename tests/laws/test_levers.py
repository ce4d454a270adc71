"""Laws of levers and incentives, on random cases."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from tests.solving import solvable
from tests.strategies import Shape, case_texts

SAME = 1e-9  # sums over a few hundred worlds, in another order
CHOOSING = Shape(min_choices=1)


@given(case_texts(CHOOSING), st.integers(0, 2**20))
def test_levers_are_whatifs_and_somebody_is_best_in_every_world(text: str, seed: int) -> None:
    model = solvable(text)
    solution = solve_model(model, Supposed(), worlds=256, seed=seed, threads=1)
    actor = model.actors[model.decisions[0].actor]
    levers = solution.levers(actor)
    assert levers.event == pytest.approx(solution.likelihood().mean, abs=SAME)
    for contest in levers.contests:
        assert sum(lever.best for lever in contest.levers) == pytest.approx(1, abs=SAME)
        assert contest.lead.value >= -SAME
        # The worst option of each world is behind by all that is at stake, the best by nothing.
        assert max(lever.regret for lever in contest.levers) <= contest.at_stake + SAME
        assert sum(lever.regret for lever in contest.levers) >= contest.at_stake - SAME
        for lever in contest.levers:
            assert -SAME <= lever.worst_decile <= 100 + SAME
            assert lever.regret >= -SAME
            assert lever.event == pytest.approx(solution.whatif(dict(lever.taken)).event.after, abs=SAME)


@given(case_texts(CHOOSING), st.integers(0, 2**20))
def test_what_speaks_for_and_against_an_option_adds_up_to_its_lead(text: str, seed: int) -> None:
    model = solvable(text)
    assume(model.utilities)
    solution = solve_model(model, Supposed(), worlds=256, seed=seed, threads=1)
    for incentive in solution.incentives().incentives:
        assert 0 < incentive.likelihood <= 1 + SAME
        assert sum(prospect.chosen for prospect in incentive.prospects) == pytest.approx(1, abs=SAME)
        for preference in incentive.preferences:
            assert preference.lead.value >= -SAME
            points = {motive.stake: motive.points for motive in preference.motives}
            assert sum(points.values()) == pytest.approx(preference.lead.value, abs=1e-6)
            for motive in preference.motives:
                if motive.even_weight is not None:
                    others = (preference.lead.value - motive.points) / (1 - motive.weight)
                    even = motive.even_weight * motive.gap + (1 - motive.even_weight) * others
                    assert even == pytest.approx(0, abs=1e-6)
