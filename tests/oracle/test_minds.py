"""Minds that others cannot read, against the definition: every actor reckons with a mixture over whole minds.

The oracle enumerates all combinations of states and never divides a mixture into average rules: what an actor expects
of another's moves is the mean, over that other's possible minds, of the product of its rules.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

import melian.solve.crew as crew_module
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.solve.averages import AVERAGED_OVER
from melian.solve.draws.draw import Sampler
from melian.solve.exact import _chance, _happens, _open, _utility
from melian.solve.kernel.steps import TIE
from melian.solve.run import run_plan
from tests.solving import model_of, sound, theta_of
from tests.strategies import Shape, case_texts

N_MINDS = 256
# Averages are settled to 1e-9, and rules answer them with up to some tens of times that.
NEAR = 2e-7


def joint_of(model: Model, theta, rules, actor, do, world):
    """[states] chance of every combination by an actor's lights in one world, choices left out."""
    states = all_states(model)
    found = np.ones(len(states))
    chosen = {d.variable for d in model.decisions}
    for at, combination in enumerate(states):
        for variable in range(len(model.variables)):
            if variable not in chosen or variable in do:
                found[at] *= _chance(model, theta[:, world], {}, actor, do, variable, combination)
    return found


def all_states(model: Model):
    return list(itertools.product(*(range(variable.n_states) for variable in model.variables)))


class Oracle:
    """All worlds of a model, enumerated; minds are the worlds, each as likely as another."""

    def __init__(self, model: Model, theta, do) -> None:
        self.model, self.theta, self.do = model, theta, do
        self.states = all_states(model)
        self.decisions = [d for d in model.decisions if d.variable not in do]
        self.n_worlds = theta.shape[1]
        views = {None, *(d.actor for d in self.decisions)}
        self.nature = {
            view: np.stack([joint_of(model, theta, {}, view, do, w) for w in range(self.n_worlds)]) for view in views
        }
        self.utility = {
            d.actor: np.array(
                [[_utility(model, theta[:, w], d.actor, s) for s in self.states] for w in range(self.n_worlds)]
            )
            for d in self.decisions
        }
        self.rules = {d.variable: self.even(d) for d in self.decisions}

    def situation(self, decision):
        """[states] number of the situation that a combination of states leads the chooser to."""
        seen = [tuple(s[v] for v in decision.sees) for s in self.states]
        numbers = {situation: at for at, situation in enumerate(dict.fromkeys(seen))}
        return np.array([numbers[situation] for situation in seen])

    def is_open(self, decision):
        return np.array(
            [_open(self.model, decision, tuple(s[v] for v in decision.sees))[s[decision.variable]] for s in self.states]
        )

    def even(self, decision):
        """[W, states] every open option alike."""
        situation, is_open = self.situation(decision), self.is_open(decision)
        counts = np.zeros(len(self.states))
        for at in range(len(self.states)):
            same = situation == situation[at]
            options = {self.states[i][decision.variable] for i in np.flatnonzero(same & is_open)}
            counts[at] = len(options)
        return np.broadcast_to(is_open / counts, (self.n_worlds, len(self.states))).copy()

    def believed(self, decision):
        """[W, states] what a chooser expects of all others: the mean over minds of the product of their rules."""
        found = np.ones((self.n_worlds, len(self.states)))
        hidden: dict[int, list] = {}
        for other in self.decisions:
            if other.variable == decision.variable:
                continue
            if (decision.actor, other.actor) in self.model.minds.hidden:
                hidden.setdefault(other.actor, []).append(other)
            else:
                found *= self.rules[other.variable]
        for moves in hidden.values():
            found *= np.prod([self.rules[move.variable] for move in moves], axis=0).mean(axis=0)
        return found

    def answer(self, decision):
        chance = self.nature[decision.actor] * self.believed(decision)
        gained = chance * self.utility[decision.actor]
        situation, is_open = self.situation(decision), self.is_open(decision)
        option = np.array([s[decision.variable] for s in self.states])
        precision = self.theta[self.model.precision[decision.actor]]
        found = self.even(decision)
        for number in range(situation.max() + 1):
            options = sorted({o for o, s, b in zip(option, situation, is_open, strict=True) if s == number and b})
            cells = {o: (situation == number) & (option == o) for o in options}
            reach = np.array([chance[:, cells[o]].sum(axis=1) for o in options])
            worth = np.array([gained[:, cells[o]].sum(axis=1) for o in options])
            for world in np.flatnonzero((reach > 0).all(axis=0)):
                expected = worth[:, world] / reach[:, world]
                if self.model.behaviour == "rational":
                    weights = (expected >= expected.max() - TIE).astype(float)
                else:
                    weights = np.exp(precision[world] * (expected - expected.max()))
                for o, share in zip(options, weights / weights.sum(), strict=True):
                    found[world, cells[o]] = share
        return found

    def settle(self):
        for attempt in range(400):
            answers = {d.variable: self.answer(d) for d in self.decisions}
            change = max((float(np.abs(answers[v] - self.rules[v]).max()) for v in answers), default=0.0)
            share = 1.0 if attempt <= len(self.decisions) + 2 else 0.5
            self.rules = {v: self.rules[v] + share * (answers[v] - self.rules[v]) for v in answers}
            if change < 1e-11:
                return self
        return None

    def before(self):
        chance = self.nature[None] * np.prod([self.rules[d.variable] for d in self.decisions], axis=0)
        return chance[:, [_happens(self.model, s) for s in self.states]].sum(axis=1)


@pytest.fixture(autouse=True)
def few_minds(monkeypatch):
    """Average over as many minds as the oracle can enumerate."""
    monkeypatch.setattr(crew_module, "AVERAGED_OVER", N_MINDS)
    crew_module._kept_averages.cache_clear()
    yield
    crew_module._kept_averages.cache_clear()


def settled(model: Model, do):
    """Oracle that has come to rest; None where it does not."""
    return Oracle(model, theta_of(model, n_worlds=N_MINDS), do).settle()


def agrees(model: Model, do, oracle) -> None:
    plan = make_plan(model, Enquiry(do=do))
    worlds = run_plan(model, plan, n_worlds=N_MINDS, seed=0, n_threads=1)
    np.testing.assert_allclose(worlds.before, oracle.before(), atol=NEAR)


SMALL = Shape(max_factors=2, min_choices=2, max_choices=3, max_situations=24, evidence=False)


@given(text=case_texts(SMALL))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_cases_agree_with_a_mixture_over_whole_minds(text):
    model = sound(text.replace("case: random", "case: random\nknows: chances"))
    assume(model.minds.hidden)
    oracle = settled(model, {})
    assume(oracle is not None)
    agrees(model, {}, oracle)


TWICE = """\
melian: 1
case: twice
knows: chances
question: {event: {answer: fights, second: pushes}}
actors: {rising: {precision: 4..20}, old: {precision: 2..30}}
factors:
  ready: {states: [no, yes], chances: {yes: 0.2..0.6}}
choices:
  first: {actor: rising, options: [waits, pushes], sees: [ready]}
  answer: {actor: old, options: [yields, fights], sees: [first]}
  second: {actor: rising, options: [waits, pushes], sees: [ready, first, answer]}
stakes:
  rising:
    gain:
      given: [second, answer]
      values: [{when: {second: pushes, answer: yields}, is: 100}, {else: true, is: 30..60}]
    peace: {given: [answer, second], values: [{when: {answer: fights}, is: 0}, {else: true, is: 100}]}
    show: {given: [first], values: {waits: 0, pushes: 100}}
  old:
    place: {given: [second], values: {waits: 100, pushes: 0}}
    peace: {given: [answer, ready], values: [{when: {answer: yields}, is: 100}, {else: true, is: 0..50}]}
"""


@pytest.mark.parametrize("do", [{}, {"first": "pushes"}, {"answer": "fights"}], ids=str)
def test_a_mind_that_was_seen_to_move_is_known_the_better(do):
    model = model_of(TWICE)
    named = {model.index_of(n): model.variables[model.index_of(n)].states.index(s) for n, s in do.items()}
    agrees(model, named, settled(model, named))


def test_moves_at_the_same_time_settle_on_average_rules():
    text = TWICE.replace("sees: [first]", "sees: []").replace("sees: [ready, first, answer]", "sees: [first]")
    model = model_of(text)
    agrees(model, {}, settled(model, {}))


def test_rational_challenger_faces_the_odds_of_a_strong_defender():
    text = """\
melian: 1
case: resolve
behaviour: rational
knows: chances
question: {event: {attack: attacks, answer: fights}}
actors: {challenger: {}, defender: {}}
choices:
  attack: {actor: challenger, options: [waits, attacks]}
  answer: {actor: defender, options: [yields, fights], sees: [attack]}
stakes:
  challenger:
    outcome:
      given: [attack, answer]
      values: [{when: {attack: waits}, is: 40}, {when: {answer: yields}, is: 100}, {else: true, is: 0}]
  defender:
    honour: {given: [attack, answer], values: [{when: {attack: attacks, answer: yields}, is: 0}, {else: true, is: 100}]}
    peace: {given: [attack, answer], values: [{when: {attack: attacks, answer: fights}, is: 0}, {else: true, is: 100}]}
"""
    model = model_of(text)
    worlds = run_plan(model, make_plan(model), n_worlds=1024, seed=0)
    assert worlds.before.mean() == pytest.approx(0.5, abs=1e-3)
    open_minds = model_of(text.replace("knows: chances", "knows: minds"))
    assert run_plan(open_minds, make_plan(open_minds), n_worlds=1024, seed=0).before.mean() == 0.0


@given(text=case_texts(replace(SMALL, numbers_only=True, max_situations=200)))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_minds_that_are_certain_hide_nothing(text):
    told = sound(text.replace("case: random", "case: random\nknows: chances"))
    assert not told.minds.hidden


def test_averages_are_the_same_bit_for_bit_for_any_threads_and_blocks():
    model = model_of(TWICE)
    plan = make_plan(model)
    found = []
    for n_threads, block in ((1, None), (2, 256), (3, 512)):
        crew_module._kept_averages.cache_clear()
        found.append(run_plan(model, plan, n_worlds=2048, seed=3, n_threads=n_threads, block=block).before)
    assert (found[0] == found[1]).all()
    assert (found[0] == found[2]).all()


def test_a_judgement_that_two_minds_share_is_known_to_both():
    text = TWICE.replace("\nactors:", "\njudgements: {care: 2..30}\nactors:").replace(
        "precision: 2..30", "precision: the care"
    )
    assert model_of(text).minds.hidden
    assert not model_of(text.replace("precision: 4..20", "precision: the care")).minds.hidden


def test_who_is_told_to_read_minds_does():
    model = model_of(TWICE.replace("rising: {precision: 4..20}", "rising: {precision: 4..20, knows: minds}"))
    rising, old = (model.actors.index(name) for name in ("rising", "old"))
    assert model.minds.hidden == {(old, rising)}


def test_averages_do_not_hang_on_how_many_worlds_are_solved():
    model = model_of(TWICE)
    plan = make_plan(model)
    few, many = (run_plan(model, plan, n_worlds=n, seed=1).before for n in (256, 1024))
    assert (few == many[:256]).all()
    assert AVERAGED_OVER % 256 == 0
    assert Sampler(model.parameters, 1).seed == 1
