"""Options that are open only in some situations: the engine against enumeration, and against Gambit's solver."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.openings import batches
from melian.plan.plan import Enquiry
from melian.plan.steps import Respond, Settle
from melian.solve.exact import Rule, solve_exactly
from tests.oracle.game import backward_induction, gambit_rules
from tests.oracle.test_exact import N_WORLDS, SEEDS, assert_same, assert_same_rules, exact_worlds, rule_of, states_of
from tests.oracle.test_gambit import AT, EXACT, PERFECT, RATIONAL, SEQUENTIAL
from tests.oracle.test_together import CIRCLES, GAMBIT, GAMES, SHARPEST, answered, in_a_circle
from tests.solving import solvable, theta_of, worlds_of
from tests.strategies import Shape, case_texts

SAME = 1e-9  # rounding of sums, as where every option is open
SEQUENTIALLY = 1e-6  # Gambit follows the branch with a corrector tolerance of about this size

CLOSING = Shape(available=True, min_choices=1)
TOGETHER = replace(CIRCLES, available=True)
# Not every case closes an option, and not every one has a circle.
FEWER = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])


def closing(model: Model) -> Model:
    """A model some of whose options are closed somewhere; leaves out others."""
    assume(any(not decision.options.is_open.all() for decision in model.decisions))
    return model


def assert_closed(model: Model, rules: dict[int, Rule]) -> None:
    """Closed options have no chance at all, and the open ones of each situation have all of it."""
    for decision in model.decisions:
        for situation, chances in rules.get(decision.variable, {}).items():
            at = dict(zip(decision.sees, situation, strict=True))
            cell = tuple(slice(None) if a == decision.variable else at[a] for a in decision.options.axes)
            is_open = decision.options.is_open[cell]
            assert np.array(chances)[~is_open].tolist() == [0.0] * int((~is_open).sum())
            assert np.array(chances)[is_open].sum() == pytest.approx(1.0, abs=SAME)


@given(case_texts(CLOSING), SEEDS)
def test_every_number_is_that_of_enumeration(text: str, seed: int) -> None:
    model = closing(solvable(text))
    worlds = worlds_of(model, n_worlds=N_WORLDS, seed=seed)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), Enquiry())
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)
    assume(worlds.evidence.sum() > 0)
    assert_closed(model, {choice: rule_of(model, worlds, choice) for choice in worlds.rules})


def supposed(model: Model, data: st.DataObject, announced: bool) -> Enquiry:
    """One or two states observed or brought about; an option that is closed happens all the same."""
    said = states_of(model, data.draw, data.draw(st.integers(1, min(2, len(model.variables)))))
    done = data.draw(st.integers(0, len(said)))
    return Enquiry(dict(list(said.items())[done:]), dict(list(said.items())[:done]), announced)


@given(case_texts(CLOSING), SEEDS, st.data())
def test_it_is_so_under_what_is_observed_and_announced(text: str, seed: int, data: st.DataObject) -> None:
    model = closing(solvable(text))
    enquiry = supposed(model, data, announced=True)
    exact = exact_worlds(model, theta_of(model, n_worlds=N_WORLDS, seed=seed), enquiry)
    worlds = worlds_of(model, enquiry, n_worlds=N_WORLDS, seed=seed)
    assert_same(model, worlds, exact)
    assert_same_rules(model, worlds, exact)


@given(case_texts(CLOSING), SEEDS, st.data())
def test_it_is_so_under_what_is_done_without_notice(text: str, seed: int, data: st.DataObject) -> None:
    """An actor may then face what cannot come about; the slow solver takes its rule there as it is."""
    model = closing(solvable(text))
    enquiry = supposed(model, data, announced=False)
    worlds = worlds_of(model, enquiry, seed=seed)
    assume(worlds.evidence[0] > 0)
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    theta = theta_of(model, seed=seed)[:, 0]
    exact = solve_exactly(model, theta, observe=enquiry.observe, do=enquiry.do, announced=False, rules=rules)
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            assert rules[choice][situation] == pytest.approx(reply, abs=SAME)
    assert_same(model, worlds, [exact])
    assert_closed(model, rules)


@given(case_texts(replace(CLOSING, behaviour="rational")), SEEDS)
def test_rational_play_is_a_best_reply_among_open_options(text: str, seed: int) -> None:
    model = closing(solvable(text))
    worlds = worlds_of(model, seed=seed)
    assume(worlds.evidence[0] > 0)
    rules = {choice: rule_of(model, worlds, choice) for choice in worlds.rules}
    exact = solve_exactly(model, theta_of(model, seed=seed)[:, 0], rules=rules)
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            assert rules[choice][situation] == pytest.approx(reply, abs=SAME)
    assert_same(model, worlds, [exact])
    assert_closed(model, rules)


@pytest.mark.parametrize("behaviour", ["logit", "rational"])
@FEWER
@given(st.data(), SEEDS)
def test_rules_that_are_settled_together_answer_each_other(behaviour: str, data: st.DataObject, seed: int) -> None:
    model = closing(in_a_circle(data.draw(case_texts(replace(TOGETHER, behaviour=behaviour)))))
    worlds = worlds_of(model, seed=seed)
    exact = answered(model, worlds, theta_of(model, seed=seed)[:, 0])
    assert_same(model, worlds, [exact])
    assert_closed(model, {choice: rule_of(model, worlds, choice) for choice in worlds.rules})
    residual = worlds.residual[0]
    assume(np.isfinite(residual) if behaviour == "logit" else residual == 0)
    for choice, replies in exact.replies.items():
        for situation, reply in replies.items():
            found = exact.rules[choice][situation]
            if behaviour == "logit":
                assert found == pytest.approx(reply, abs=SHARPEST * residual + SAME)
            else:  # of options that are as good as each other, mixed play may prefer one
                assert all(best > 0 for chance, best in zip(found, reply, strict=True) if chance > SAME)


@FEWER
@given(case_texts(TOGETHER))
def test_only_open_options_of_situations_with_two_are_unknowns(text: str) -> None:
    model = closing(in_a_circle(text))
    plan = make_plan(model)
    for step in plan.steps:
        for answer in step.answers if isinstance(step, Settle) else ():
            reply = plan.steps[answer]
            assert isinstance(reply, Respond)
            found = list(batches(model, reply, plan.axes[answer], plan.forced))
            assert all(batch.n_open > 1 for batch in found if batch.is_weighed)
            own = next(d for d in model.decisions if d.variable == reply.variable)
            n_cells = np.prod([model.variables[axis].n_states for axis in plan.axes[answer]])
            open_cells = own.options.is_open.sum() * n_cells // own.options.is_open.size
            assert sum(int(batch.cells.sum()) for batch in found) == open_cells


def assert_gambits(model: Model, precision: float, tolerance: float) -> None:
    """Rules at every information set of the game tree are those of Gambit's principal branch."""
    worlds = worlds_of(model)
    assume(not worlds.unsettled[0])
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], precision)
    assume(reached == pytest.approx(precision, abs=AT))
    for choice, rule in expected.items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=tolerance)


@pytest.mark.parametrize("shape", [PERFECT, SEQUENTIAL], ids=["perfect-information", "acyclic-relevance"])
@FEWER
@given(st.data(), st.sampled_from([0.5, 1.5, 6.0, 20.0]))
def test_logit_play_is_gambits_without_the_closed_branches(shape: Shape, data: st.DataObject, precision: float) -> None:
    model = closing(solvable(data.draw(case_texts(replace(shape, available=True)))))
    assert_gambits(model, precision, SEQUENTIALLY)


@FEWER
@given(case_texts(replace(GAMES, available=True)), st.sampled_from([1.0, 4.0]))
def test_logit_play_at_the_same_time_is_gambits_without_the_closed_branches(text: str, precision: float) -> None:
    model = closing(in_a_circle(text))
    assume(all(theta_of(model)[slot, 0] > 0 for slot in model.precision))
    assert_gambits(model, precision, GAMBIT)


@given(case_texts(replace(RATIONAL, available=True)), SEEDS)
def test_rational_play_of_perfect_information_is_backward_induction(text: str, seed: int) -> None:
    model = closing(solvable(text))
    worlds = worlds_of(model, seed=seed)
    for choice, rule in backward_induction(model, theta_of(model, seed=seed)[:, 0]).items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=EXACT)
