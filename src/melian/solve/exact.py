"""The slow and obvious solver of one world: every combination of states, one after the other. The oracle of the tests.

It shares nothing with the plan: no order of choices (all rules are answered again and again until they stand still), no
variable elimination, no blocks. Use it on small models only: its time grows with the product of all numbers of states.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Decision, FactorTable, Model, Origin, RowTable, Utility
from melian.model.functions import FunctionTable
from melian.solve.kernel.steps import TIE

Floats = NDArray[np.float64]
Situation = tuple[int, ...]
Rule = dict[Situation, list[float]]


@dataclass(frozen=True, slots=True)
class ExactWorld:
    """One world solved.

    Attributes
    ----------
    rules : by choice, for each combination of states of what it sees (in order of index), the chance of each option.
    replies : the same, as what its actor answers to the rules of all others; only situations that can come about.
    evidence : chance of the evidence.
    event : chance of the event given the evidence.
    before : chance of the event before any evidence.
    marginals : by variable, chance of each state given the evidence.
    stakes : by stake, its expected value given the evidence.
    joint : by combination of the states of all variables, its chance and that of the evidence.
    """

    rules: Mapping[int, Rule]
    replies: Mapping[int, Rule]
    evidence: float
    event: float
    before: float
    marginals: Mapping[int, list[float]]
    stakes: Mapping[int, float]
    joint: Mapping[Situation, float]


def solve_exactly(
    model: Model,
    theta: Floats,
    *,
    observe: Mapping[int, int] | None = None,
    do: Mapping[int, int] | None = None,
    announced: bool = True,
    rules: Mapping[int, Rule] | None = None,
) -> ExactWorld:
    """Solve one world by enumeration.

    Parameters
    ----------
    theta : [P] parameters of the world.
    observe, do : variable to state; see `melian.plan.make.Enquiry`.
    announced : whether the actors know of `do`.
    rules : taken as they are where given, instead of being solved; `replies` then tell whether they are a solution.

    Raises
    ------
    RuntimeError
        If the rules do not come to rest, as where choices depend on each other in a circle.
    """
    do, observe = dict(do or {}), dict(observe or {})
    known = do if announced else {}
    decisions = [decision for decision in model.decisions if decision.variable not in known]
    rules = rules if rules is not None else _stable_rules(model, theta, decisions, known)
    joint = _joint(model, theta, rules, None, do)
    weights = {s: _testimony(model, theta, s, do) * all(s[v] == state for v, state in observe.items()) for s in joint}
    evidence = math.fsum(chance * weights[s] for s, chance in joint.items())
    return ExactWorld(
        rules={decision.variable: rules[decision.variable] for decision in decisions},
        replies={decision.variable: _reply(model, theta, rules, decision, known) for decision in decisions},
        evidence=evidence,
        event=math.fsum(p * weights[s] for s, p in joint.items() if _happens(model, s)) / evidence,
        before=math.fsum(p for s, p in joint.items() if _happens(model, s)),
        marginals={v.index: _marginal(model, joint, weights, v.index, evidence) for v in model.variables},
        stakes={
            index: math.fsum(p * weights[s] * _value(theta, utility, s) for s, p in joint.items()) / evidence
            for index, utility in enumerate(model.utilities)
        },
        joint={s: chance * weights[s] for s, chance in joint.items()},
    )


def reckon_exactly(
    model: Model, theta: Floats, rules: Mapping[int, Rule], decision: Decision, do: Mapping[int, int] | None = None
) -> dict[tuple[Situation, int, int], float]:
    """What an actor expects of each of its stakes in each situation (of all it sees) and from each option.

    Returns
    -------
    By situation, option and stake; only where the actor takes the situation to be possible.
    """
    even = _even(model, decision)
    joint = _joint(model, theta, dict(rules) | {decision.variable: even}, decision.actor, do or {})
    gained: dict[tuple[Situation, int, int], float] = {}
    reached: dict[tuple[Situation, int], float] = {}
    for states, chance in joint.items():
        here = tuple(states[v] for v in decision.sees), states[decision.variable]
        reached[here] = reached.get(here, 0.0) + chance
        for index, utility in enumerate(model.utilities):
            if utility.actor == decision.actor:
                gained[*here, index] = gained.get((*here, index), 0.0) + chance * _value(theta, utility, states)
    return {place: gain / reached[place[:2]] for place, gain in gained.items() if reached[place[:2]] > 0}


def _marginal(
    model: Model, joint: Mapping[Situation, float], weights: Mapping[Situation, float], variable: int, total: float
) -> list[float]:
    found = [0.0] * model.variables[variable].n_states
    for situation, chance in joint.items():
        found[situation[variable]] += chance * weights[situation] / total
    return found


def _stable_rules(model: Model, theta: Floats, decisions: Sequence[Decision], do: Mapping[int, int]) -> dict[int, Rule]:
    """Rules that are replies to each other; even where no play leads."""
    even = {decision.variable: _even(model, decision) for decision in decisions}
    rules = even
    for _ in range(len(decisions) + 2):
        answered = {d.variable: even[d.variable] | _reply(model, theta, rules, d, do) for d in decisions}
        if _distance(rules, answered) < 1e-13:
            return rules
        rules = answered
    raise RuntimeError("the rules do not come to rest: choices depend on each other in a circle")


def _even(model: Model, decision: Decision) -> Rule:
    """Every open option alike, whatever is seen."""
    seen = product(*(range(model.variables[v].n_states) for v in decision.sees))
    return {situation: _shares([float(o) for o in _open(model, decision, situation)]) for situation in seen}


def _open(model: Model, decision: Decision, situation: Situation) -> list[bool]:
    """Whether each option is open in a situation."""
    at = dict(zip(decision.sees, situation, strict=True))
    found = []
    for option in range(model.variables[decision.variable].n_states):
        cell = tuple(option if v == decision.variable else at[v] for v in decision.options.axes)
        found.append(bool(decision.options.is_open[cell]))
    return found


def _shares(weights: list[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


def _distance(one: Mapping[int, Rule], other: Mapping[int, Rule]) -> float:
    gaps = [abs(a - b) for v in one for s in one[v] for a, b in zip(one[v][s], other[v][s], strict=True)]
    return max(gaps, default=0.0)


def _reply(model: Model, theta: Floats, rules: Mapping[int, Rule], decision: Decision, do: Mapping[int, int]) -> Rule:
    """Response of one choice to the rules of all others, in the situations that can come about."""
    even = _even(model, decision)
    n_options = model.variables[decision.variable].n_states
    joint = _joint(model, theta, dict(rules) | {decision.variable: even}, decision.actor, do)
    gained = {situation: [0.0] * n_options for situation in even}
    reached = {situation: [0.0] * n_options for situation in even}
    for states, chance in joint.items():
        situation = tuple(states[v] for v in decision.sees)
        gained[situation][states[decision.variable]] += chance * _utility(model, theta, decision.actor, states)
        reached[situation][states[decision.variable]] += chance
    precision = float(theta[model.precision[decision.actor]])
    reply: Rule = {}
    for situation, reach in reached.items():
        is_open = _open(model, decision, situation)
        if min(chance for chance, o in zip(reach, is_open, strict=True) if o) > 0:
            worth = zip(gained[situation], reach, is_open, strict=True)
            utilities = [gain / chance if o else -math.inf for gain, chance, o in worth]
            reply[situation] = _response(model, utilities, precision)
    return reply


def _response(model: Model, utilities: list[float], precision: float) -> list[float]:
    best = max(utilities)
    if model.behaviour == "rational":
        weights = [float(u >= best - TIE) for u in utilities]
    else:
        weights = [math.exp(precision * (u - best)) if u > -math.inf else 0.0 for u in utilities]
    return _shares(weights)


def _utility(model: Model, theta: Floats, actor: int, states: Situation) -> float:
    own = (u for u in model.utilities if u.actor == actor)
    return sum(float(theta[u.weight]) * _value(theta, u, states) for u in own)


def _value(theta: Floats, utility: Utility, states: Situation) -> float:
    return float(theta[utility.slots[tuple(states[v] for v in utility.axes)]])


def _joint(
    model: Model, theta: Floats, rules: Mapping[int, Rule], actor: int | None, do: Mapping[int, int]
) -> dict[Situation, float]:
    """Chance of every combination of states, as an actor (None: the analyst) sees it."""
    found = {}
    for states in product(*(range(variable.n_states) for variable in model.variables)):
        chance = 1.0
        for variable in range(len(model.variables)):
            chance *= _chance(model, theta, rules, actor, do, variable, states)
            if chance == 0.0:
                break
        found[states] = chance
    return found


def _chance(  # noqa: PLR0913 -- plain arguments, so that the oracle shares no structure with the plan
    model: Model,
    theta: Floats,
    rules: Mapping[int, Rule],
    actor: int | None,
    do: Mapping[int, int],
    variable: int,
    states: Situation,
) -> float:
    if variable in do:
        return float(states[variable] == do[variable])
    if variable in rules:
        decision = next(d for d in model.decisions if d.variable == variable)
        return rules[variable][tuple(states[v] for v in decision.sees)][states[variable]]
    believed = model.beliefs.get((actor, variable)) if actor is not None else None
    return _from_table(theta, believed if believed is not None else model.tables[variable], variable, states)


def _from_table(theta: Floats, table: FactorTable, variable: int, states: Situation) -> float:
    if isinstance(table, RowTable):
        return float(theta[table.slots[tuple(states[v] for v in table.axes)]])
    if isinstance(table, FunctionTable):
        return _from_function(theta, table, variable, states)
    pattern = table.patterns[table.pattern_of[tuple(states[v] for v in table.axes if v != variable)]]
    odds = [float(theta[slot]) for slot in table.base]
    for on, (state, slot) in zip(pattern, table.shifts, strict=True):
        odds[state] *= math.exp(theta[slot]) if on else 1.0
    return odds[states[variable]] / sum(odds)


def _from_function(theta: Floats, table: FunctionTable, variable: int, states: Situation) -> float:
    """Sum over every number that each part may come to, all of them together."""
    came = [part.outcomes[part.which[tuple(states[v] for v in part.axes)]] for part in table.parts]
    lots = [[(o, 1.0)] if isinstance(o, int) else [(k, float(theta[s])) for k, s in enumerate(o)] for o in came]
    chances = []
    for numbers in product(*lots):
        total = sum(n for n, _ in numbers) if table.fold == "sum" else (max if table.fold == "max" else min)(numbers)[0]
        if table.results[total] == states[variable]:
            chances.append(math.prod(chance for _, chance in numbers))
    return math.fsum(chances)


def _happens(model: Model, states: Situation) -> bool:
    return bool(model.event.holds[tuple(states[v] for v in model.event.axes)])


def _testimony(model: Model, theta: Floats, states: Situation, do: Mapping[int, int]) -> float:
    """Chance of all reports in one combination of states; what was forced by `do` is no evidence."""
    counted = (origin for origin in model.evidence if not set(origin.axes) & set(do))
    return math.prod(_origin(theta, origin, states) for origin in counted)


def _origin(theta: Floats, origin: Origin, states: Situation) -> float:
    reliability = max(float(theta[report.reliability]) for report in origin.reports)
    told, opposite, anyway = 1.0, 1.0, 1.0
    for variable in origin.axes:
        apart = {(r.likelihood, r.anyway) for r in origin.reports if r.variable == variable}
        in_state = [
            math.prod(float(theta[slot]) for slot in slots) ** (1 / len(apart))
            for slots in zip(*(likelihood for likelihood, _ in apart), strict=True)
        ]
        told *= in_state[states[variable]]
        others = [likelihood for state, likelihood in enumerate(in_state) if state != states[variable]]
        opposite *= sum(others) / len(others)
        anyway *= math.prod(float(theta[slot]) for _, slot in apart) ** (1 / len(apart))
    heard = reliability * told + (1 - reliability) * anyway
    if any(report.deception is None for report in origin.reports):
        return heard
    deception = min(float(theta[report.deception]) for report in origin.reports if report.deception is not None)
    return (1 - deception) * heard + deception * opposite
