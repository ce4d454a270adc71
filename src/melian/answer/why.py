"""Why a chance is what it is: from a node to the situations, judgements and reports that carry it, level by level.

Each level is one node: how likely its states are in the situations that are likely, how much each of its parents moves
it, the statements behind the cells of its table that carry most of the weight, and what each origin of reports moved.
Then the parents that move it most, in the same way. Everything is given all the evidence, over the weighted worlds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.courses import MAX_LOOKED_AT, MOST_NODES, information, sums_of, telling
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled
from melian.answer.shown import Answer
from melian.model.diagram import FactorTable, Model, RowTable
from melian.model.functions import FunctionTable
from melian.model.judged import Ground
from melian.plan.make import plan_subsets
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks
from melian.solve.weigh import weigh_subsets

Floats = NDArray[np.float64]
Chances = Mapping[tuple[int, ...], Floats]

DEEP: Final = 3
"""Levels at the most."""
WIDE: Final = 2
"""Parents of a node that are followed further up."""
SITUATIONS: Final = 3
STATEMENTS: Final = 3
LEAST_PULL: Final = 0.02
"""Difference that a parent has to make for it to be told."""
LEAST_WEIGHT: Final = 0.05
"""Share of situations that a statement has to bear on for it to be told."""
LEAST_MOVED: Final = 0.005


@dataclass(frozen=True, slots=True)
class Situation:
    """A combination of states of what a node depends on most: how likely it is, and the node's chance in it."""

    states: Mapping[str, str]
    weight: float
    chance: float


@dataclass(frozen=True, slots=True)
class Pull:
    """How much a parent moves a node.

    Attributes
    ----------
    chances : by state of the parent that can be, the node's chance given it.
    weights : by state of the parent, its own chance.
    """

    node: str
    chances: Mapping[str, float]
    weights: Mapping[str, float]

    @property
    def span(self) -> float:
        """Difference between the states that make it likeliest and least likely."""
        return max(self.chances.values()) - min(self.chances.values())


@dataclass(frozen=True, slots=True)
class Statement:
    """A judgement as it was written, and the share of situations that it bears on."""

    ground: Ground
    weight: float


@dataclass(frozen=True, slots=True)
class ReportPull:
    """Chance without the reports of one origin."""

    origin: str
    without_it: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One level.

    Attributes
    ----------
    states : of the node, whose chance together is asked about.
    situations, pulls, statements, reports : the weightiest of each, first.
    """

    node: str
    states: tuple[str, ...]
    level: int
    chance: float
    situations: tuple[Situation, ...]
    pulls: tuple[Pull, ...]
    statements: tuple[Statement, ...]
    reports: tuple[ReportPull, ...]


@dataclass(frozen=True, slots=True)
class Why(Answer):
    """Reasons, from what is asked about up to what that depends on; of one level the weightiest first."""

    reasons: tuple[Reason, ...]


def why_of(model: Model, enquiry: Enquiry, sampled: Sampled, asked: Sequence[tuple[int, tuple[int, ...]]]) -> Why:
    """Walk from some nodes to what carries their chances.

    Parameters
    ----------
    asked : nodes with the states whose chance together is asked about.
    """
    walk = _Walk(model, enquiry, sampled)
    found: list[Reason] = []
    seen: set[int] = set()
    ahead = [(node, states, 0) for node, states in asked]
    while ahead:
        node, states, level = ahead.pop(0)
        if node in seen:
            continue
        seen.add(node)
        reason, above = walk.reason(node, states, level)
        found.append(reason)
        if level + 1 < DEEP:
            ahead += [(parent, state, level + 1) for parent, state in above]
    return Why(tuple(found))


@dataclass(frozen=True)
class _Walk:
    model: Model
    enquiry: Enquiry
    sampled: Sampled

    def reason(
        self, node: int, states: tuple[int, ...], level: int
    ) -> tuple[Reason, list[tuple[int, tuple[int, ...]]]]:
        """Reason of one node, and the parents to go on with."""
        variables = self.model.variables
        graph = Outlooks(self.model, frozenset(self.enquiry.do)).graph(None)
        parents = [p for p in graph.parents[node] if p not in self.enquiry.observe]
        joints = self._sums([(node,), *(_axes(node, parent) for parent in parents)])
        own = joints[(node,)]
        chance = float(own[list(states)].sum() / own.sum())
        pulls = {parent: self._pull(node, states, parent, joints[_axes(node, parent)]) for parent in parents}
        strongest = ranked((p for p in parents if pulls[p].span >= LEAST_PULL), key=lambda p: pulls[p].span)
        whole = self._whole(node, parents)
        reason = Reason(
            node=variables[node].name,
            states=tuple(variables[node].states[state] for state in states),
            level=level,
            chance=chance,
            situations=self._situations(node, states, strongest),
            pulls=tuple(pulls[parent] for parent in strongest),
            statements=self._statements(node, parents, whole),
            reports=self._reports(node, states, chance),
        )
        return reason, [(parent, (self._helpful(pulls[parent], parent),)) for parent in strongest[:WIDE]]

    def _sums(self, wanted: Sequence[tuple[int, ...]]) -> Chances:
        found = sums_of(self.model, self.enquiry, self.sampled.population, wanted)
        return {axes: sums.sum(axis=-1) for axes, sums in found.items()}

    def _helpful(self, pull: Pull, parent: int) -> int:
        """State of a parent that makes what is asked about likeliest."""
        return self.model.variables[parent].states.index(ranked(pull.chances, key=lambda state: pull.chances[state])[0])

    def _pull(self, node: int, states: tuple[int, ...], parent: int, joint: Floats) -> Pull:
        table = joint if parent < node else joint.T  # parent first
        variable, total = self.model.variables[parent], table.sum()
        weights = {name: float(table[s].sum() / total) for s, name in enumerate(variable.states)}
        chances = {
            name: float(table[s][list(states)].sum() / table[s].sum())
            for s, name in enumerate(variable.states)
            if table[s].sum() > 0
        }
        return Pull(variable.name, chances, weights)

    def _situations(self, node: int, states: tuple[int, ...], strongest: Sequence[int]) -> tuple[Situation, ...]:
        """Likely situations over the parents that tell most of the node together."""
        looked_at = strongest[:MOST_NODES]
        while prod(self.model.variables[p].n_states for p in (node, *looked_at)) > MAX_LOOKED_AT:
            looked_at = looked_at[:-1]
        if not looked_at:
            return ()
        axes = tuple(sorted((*looked_at, node)))
        joint = np.moveaxis(self._sums([axes])[axes], axes.index(node), -1)
        others = tuple(axis for axis in axes if axis != node)
        holds = np.isin(np.arange(joint.shape[-1]), states)
        split = np.stack([joint[..., ~holds].sum(-1), joint[..., holds].sum(-1)], axis=-1)
        kept = telling((*others, len(self.model.variables)), split)
        if not kept:
            return ()
        table = split.sum(axis=tuple(place for place, axis in enumerate(others) if axis not in kept))
        kept = [axis for axis in others if axis in kept]
        variables = self.model.variables
        found = [
            Situation(
                {variables[a].name: variables[a].states[s] for a, s in zip(kept, cell, strict=True)},
                float(table[cell].sum() / table.sum()),
                float(table[cell][1] / table[cell].sum()),
            )
            for cell in product(*(range(n) for n in table.shape[:-1]))
            if table[cell].sum() > 0
        ]
        return tuple(ranked(found, key=lambda one: one.weight)[:SITUATIONS])

    def _whole(self, node: int, parents: Sequence[int]) -> tuple[tuple[int, ...], Floats] | None:
        """Chance of every situation of all parents, where that is no more than can be looked at."""
        axes = tuple(sorted(parents))
        if prod(self.model.variables[p].n_states for p in axes) > MAX_LOOKED_AT or not axes:
            return None
        return axes, self._sums([axes])[axes]

    def _statements(
        self, node: int, parents: Sequence[int], whole: tuple[tuple[int, ...], Floats] | None
    ) -> tuple[Statement, ...]:
        """Judgements on a node: those of its table by the share of situations they bear on, or those of its actor."""
        grounds = self._grounds()
        if node not in self.model.tables:
            decision = next(d for d in self.model.decisions if d.variable == node)
            slots = [u.weight for u in self.model.utilities if u.actor == decision.actor]
            slots.append(self.model.precision[decision.actor])
            return tuple(Statement(ground, 1.0) for ground in _distinct([grounds[slot] for slot in slots]))
        table = self.model.tables[node]
        weights: dict[int, float] = {}
        for cell, weight in self._cells(node, parents, whole):
            for slot in _slots(table, node, cell):
                weights[slot] = weights.get(slot, 0.0) + weight
        by_ground: dict[int, tuple[Ground, float]] = {}
        for slot, weight in weights.items():
            ground = grounds[slot]
            by_ground[id(ground)] = (ground, max(weight, by_ground.get(id(ground), (ground, 0.0))[1]))
        found = [Statement(ground, weight) for ground, weight in by_ground.values() if weight >= LEAST_WEIGHT]
        return tuple(ranked(found, key=lambda one: one.weight)[:STATEMENTS])

    def _cells(
        self, node: int, parents: Sequence[int], whole: tuple[tuple[int, ...], Floats] | None
    ) -> list[tuple[dict[int, int], float]]:
        """Every situation of a node's parents with its chance; what was observed stands as it was seen."""
        seen = dict(self.enquiry.observe)
        if not parents:
            return [(seen, 1.0)]
        if whole is None:
            return []
        axes, table = whole
        shares = table / table.sum()
        cells = product(*(range(n) for n in table.shape))
        return [({**seen, **dict(zip(axes, cell, strict=True))}, float(shares[cell])) for cell in cells]

    def _grounds(self) -> dict[int, Ground]:
        """What each slot comes from."""
        found: dict[int, Ground] = {}
        first = 0
        for parameter in self.model.parameters:
            for slot in range(first, first + parameter.n_slots):
                if isinstance(parameter.origin, Ground):
                    found[slot] = parameter.origin
            first += parameter.n_slots
        return found

    def _reports(self, node: int, states: tuple[int, ...], chance: float) -> tuple[ReportPull, ...]:
        counted = [o for o, origin in enumerate(self.model.evidence) if not set(origin.axes) & set(self.enquiry.do)]
        everything = frozenset(counted)
        plan = plan_subsets(self.model, self.enquiry, [everything - {o} for o in counted], node)
        found, _ = weigh_subsets(self.model, plan, self.sampled.population)
        pulls = []
        for o in counted:
            sums = found[everything - {o}].share.sum(axis=-1)
            pulls.append(ReportPull(self.model.evidence[o].name, float(sums[list(states)].sum() / sums.sum())))
        moved = [pull for pull in pulls if abs(chance - pull.without_it) >= LEAST_MOVED]
        return tuple(ranked(moved, key=lambda pull: abs(chance - pull.without_it)))


def _axes(node: int, parent: int) -> tuple[int, ...]:
    return tuple(sorted((node, parent)))


def _distinct(grounds: Sequence[Ground]) -> list[Ground]:
    return list({id(ground): ground for ground in grounds}.values())


def _slots(table: FactorTable, node: int, at: Mapping[int, int]) -> set[int]:
    """Slots that a table reads in a situation."""
    if isinstance(table, RowTable):
        cell = tuple(slice(None) if axis == node else at[axis] for axis in table.axes)
        return set(np.ravel(table.slots[cell]).tolist())
    if isinstance(table, FunctionTable):
        came = (part.outcomes[part.which[tuple(at[axis] for axis in part.axes)]] for part in table.parts)
        return {int(slot) for outcome in came if not isinstance(outcome, int) for slot in outcome}
    on = table.patterns[table.pattern_of[tuple(at[axis] for axis in table.axes if axis != node)]]
    shifts = {slot for applies, (_, slot) in zip(on, table.shifts, strict=True) if applies}
    return shifts | set(np.ravel(table.base).tolist())


def asked_of(model: Model, marginals: Mapping[int, Floats]) -> list[tuple[int, tuple[int, ...]]]:
    """Nodes of the event with the states in which it can hold, what tells most of it first."""
    found = []
    for place, axis in enumerate(model.event.axes):
        others = tuple(p for p in range(len(model.event.axes)) if p != place)
        holds = model.event.holds.any(axis=others) if others else model.event.holds
        states = tuple(int(state) for state in np.flatnonzero(holds))
        if len(states) == model.variables[axis].n_states:  # it can hold in every state: those in which it is likelier
            joint = marginals[axis]
            states = tuple(s for s in states if joint[s][1] * joint.sum() > joint[s].sum() * joint[:, 1].sum())
        found.append((axis, states or (0,)))
    return ranked(found, key=lambda one: information(marginals[one[0]]))[:WIDE]
