"""How the actors choose: each choice's solved rule, situation by situation, and what it comes to overall."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from melian.answer.ranking import ranked
from melian.answer.shown import Answer
from melian.model.diagram import Decision, Model
from melian.plan.openings import can_come_about
from melian.plan.plan import Plan
from melian.solve.run import Rules, Worlds

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chance:
    """Mean and 5 to 95 % range over worlds, weighted by the evidence."""

    mean: float
    q05: float
    q95: float


@dataclass(frozen=True, slots=True)
class Situation:
    """What an actor does in one situation.

    Attributes
    ----------
    sees : state of every node that the actor sees.
    options : chance of each option that is open there.
    closed : options that are not.
    is_possible : whether it can come about; it cannot where another choice would have picked a closed option.
    """

    sees: Mapping[str, str]
    options: Mapping[str, Chance]
    closed: tuple[str, ...] = ()
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class SolvedChoice:
    """Rule of one choice.

    Attributes
    ----------
    overall : chance of each option given the evidence, over all situations.
    rule : every situation, in order of the states of what is seen.
    sway : by node that is seen, the most that its state alone moves the mean chance of any option.
    opening : nodes that are seen and decide which options are open.
    """

    name: str
    actor: str
    options: tuple[str, ...]
    overall: Mapping[str, float]
    rule: tuple[Situation, ...]
    sway: Mapping[str, float]
    opening: frozenset[str] = frozenset()

    def distinct(self, least: float = 0.0) -> tuple[Situation, ...]:
        """Situations told apart only by nodes that decide what is open, or sway the choice by more than `least`.

        The strongest comes first.
        Of situations that this makes one, the one that has every weaker node in its first state stands for all. Those
        that cannot come about are left out.
        """
        told = [name for name in self.sway if self.sway[name] > least or name in self.opening]
        strong = ranked(told, key=lambda name: self.sway[name])
        states = {name: list(dict.fromkeys(place.sees[name] for place in self.rule)) for name in strong}
        found: dict[tuple[int, ...], Situation] = {}
        for place in (place for place in self.rule if place.is_possible):
            sees = {name: place.sees[name] for name in strong}
            key = tuple(states[name].index(state) for name, state in sees.items())
            found.setdefault(key, Situation(sees, place.options, place.closed))
        return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class Behaviour(Answer):
    """Rules of all choices, in the order of the case."""

    choices: tuple[SolvedChoice, ...]


def behaviour_of(model: Model, plan: Plan, worlds: Worlds) -> Behaviour:
    """Rules of the choices that were left to their actors."""
    decisions = [decision for decision in model.decisions if decision.variable in worlds.rules]
    return Behaviour(tuple(_choice(model, plan, worlds, decision) for decision in decisions))


def _choice(model: Model, plan: Plan, worlds: Worlds, decision: Decision) -> SolvedChoice:
    variable, rules = model.variables[decision.variable], worlds.rules[decision.variable]
    overall = worlds.marginals[decision.variable].sum(axis=1).clip(max=1.0)
    chances = rules.mean, *_quantiles(rules, worlds.evidence)
    return SolvedChoice(
        name=variable.name,
        actor=model.actors[decision.actor],
        options=variable.states,
        overall=dict(zip(variable.states, map(float, overall), strict=True)),
        rule=_situations(model, plan, rules, decision, chances),
        sway={model.variables[seen].name: _sway(rules, seen) for seen in decision.sees},
        opening=frozenset(model.variables[seen].name for seen in decision.sees if seen in decision.options.axes),
    )


def _situations(
    model: Model, plan: Plan, rules: Rules, decision: Decision, chances: tuple[Floats, Floats, Floats]
) -> tuple[Situation, ...]:
    """Return the rule in every combination of states of what is seen; what makes no difference is repeated."""
    variables = model.variables
    options = variables[decision.variable].states
    found = []
    possible = iter(can_come_about(model, (*decision.sees, decision.variable), decision.variable, plan.forced))
    for states in product(*(range(variables[seen].n_states) for seen in decision.sees)):
        at = dict(zip(decision.sees, states, strict=True))
        here, closed = {}, []
        for place, option in enumerate(options):
            at[decision.variable] = place
            if not decision.options.is_open[tuple(at[axis] for axis in decision.options.axes)]:
                closed.append(option)
                continue
            cell = tuple(at[axis] for axis in rules.axes)
            here[option] = Chance(*(float(chance[cell]) for chance in chances))
        sees = {variables[seen].name: variables[seen].states[at[seen]] for seen in decision.sees}
        found.append(Situation(sees, here, tuple(closed), bool(next(possible))))
    return tuple(found)


def _sway(rules: Rules, seen: int) -> float:
    """Greatest difference that a node's state makes to a mean chance, all else being equal."""
    if seen not in rules.axes:
        return 0.0
    return float(np.ptp(rules.mean, axis=rules.axes.index(seen)).max())


def _quantiles(rules: Rules, evidence: Floats) -> tuple[Floats, Floats]:
    """5 and 95 % of each cell of a rule, over the worlds whose rules were kept."""
    kept = rules.kept.reshape(-1, rules.kept.shape[-1])
    weight = evidence[: kept.shape[-1]]
    order = np.argsort(kept, axis=1)
    reached = np.cumsum(weight[order], axis=1)
    pair = []
    for share in (0.05, 0.95):
        place = (reached < share * reached[:, -1:]).sum(axis=1, keepdims=True)
        world = np.take_along_axis(order, np.minimum(place, kept.shape[1] - 1), axis=1)
        pair.append(np.take_along_axis(kept, world, axis=1).astype(np.float64).reshape(rules.kept.shape[:-1]))
    return pair[0], pair[1]
