"""Which nodes a course of events is told over: what the event asks about, and what tells most about it beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled
from melian.case.dependence import Graph, ancestors, descendants
from melian.errors import PlanError
from melian.model.diagram import Model
from melian.plan.joints import plan_joints
from melian.plan.plan import Enquiry
from melian.plan.relevance import Outlooks
from melian.solve.population import Population
from melian.solve.weigh import sum_joints

Floats = NDArray[np.float64]

MAX_ASKED: Final = 64
"""Combinations of states of the nodes that the event asks about; beyond, only whether it happens is told."""
MAX_LOOKED_AT: Final = 4096
"""Combinations of states among which nodes are chosen."""
MAX_CELLS: Final = 30_000
"""Numbers kept of one world: those of all tables together."""
MOST_NODES: Final = 4
"""Nodes of a course beside those of the event: more than a reader holds in mind makes every course improbable."""
LEAST_GAIN: Final = 0.01
"""Share of the event's entropy that a node has to take away to be part of a course."""
LOOKED_AT: Final = 2048


@dataclass(frozen=True, slots=True)
class Stage:
    """The nodes that courses of events are told over, and when each comes.

    Attributes
    ----------
    core : axes of a course, rising: nodes, or the event's own axis where it asks about too many.
    asked : those of them that the event asks about.
    order : every variable, causes before what they bear on.
    before : variables that the event's nodes depend on.
    after : variables that depend on the event's nodes.
    """

    core: tuple[int, ...]
    asked: frozenset[int]
    order: tuple[int, ...]
    before: frozenset[int]
    after: frozenset[int]


def stage_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> Stage:
    """Choose the nodes of a course: greedily, each taking away most of what is open about the event."""
    graph = Outlooks(model, frozenset(enquiry.do)).graph(None)
    event = len(model.variables)
    settled = {*enquiry.observe, *enquiry.do}
    asked = list(model.event.axes)
    if _cells(model, asked) > MAX_ASKED or settled & set(asked):
        asked = [event]
    above = ancestors(graph, model.event.axes)
    chosen = _chosen(model, enquiry, sampled, sorted(above - settled - set(asked)))
    below = set().union(*(descendants(graph, axis) for axis in model.event.axes))
    return Stage(
        core=tuple(sorted([*asked, *chosen])),
        asked=frozenset(asked),
        order=order_of(graph),
        before=frozenset(above - set(model.event.axes)),
        after=frozenset(below - above),
    )


def order_of(graph: Graph[int]) -> tuple[int, ...]:
    """Every node, by the longest chain of influence that leads to it, then in the order of the case."""
    depth: dict[int, int] = {}
    ahead = list(graph.parents)
    while ahead:
        node = ahead[-1]
        waiting = [parent for parent in graph.parents[node] if parent not in depth]
        if waiting:
            ahead += waiting
            continue
        ahead.pop()
        depth[node] = 1 + max((depth[parent] for parent in graph.parents[node]), default=-1)
    return tuple(sorted(depth, key=lambda node: (depth[node], node)))


def information(joint: Floats) -> float:
    """Mutual information in bits of two variables with these joint weights [S, T].

    References
    ----------
    Cover and Thomas 2006, Elements of information theory, equation 2.28.
    """
    chance = joint / joint.sum()
    apart = chance.sum(axis=1, keepdims=True) * chance.sum(axis=0, keepdims=True)
    held = chance > 0
    return float(np.sum(chance[held] * np.log2(chance[held] / apart[held])))


def _chosen(model: Model, enquiry: Enquiry, sampled: Sampled, candidates: Sequence[int]) -> list[int]:
    by_itself = {variable: information(sampled.worlds.marginals[variable]) for variable in candidates}
    in_order = ranked(candidates, key=lambda variable: by_itself[variable])
    looked_at: list[int] = []
    for variable in in_order:
        if 2 * _cells(model, [*looked_at, variable]) <= MAX_LOOKED_AT:
            looked_at.append(variable)
    event = len(model.variables)
    while looked_at:
        axes = (*sorted(looked_at), event)
        try:
            return telling(axes, sums_of(model, enquiry, sampled.population.first(LOOKED_AT), [axes])[axes].sum(-1))
        except PlanError:
            looked_at.pop()  # what tells least, until the table can be worked out
    return []


def telling(axes: tuple[int, ...], joint: Floats) -> list[int]:
    """Nodes that together tell most of the last axis, one after the other, while one adds enough."""
    chosen: list[int] = []
    told, entropy = 0.0, information(np.diag(joint.sum(axis=tuple(range(joint.ndim - 1)))))
    while len(chosen) < min(MOST_NODES, len(axes) - 1):
        tried = {axis: _told(axes, joint, [*chosen, axis]) for axis in axes[:-1] if axis not in chosen}
        best = ranked(tried, key=lambda axis: tried[axis])[0]
        if tried[best] - told < LEAST_GAIN * entropy:
            break
        chosen.append(best)
        told = tried[best]
    return chosen


def _told(axes: tuple[int, ...], joint: Floats, kept: Sequence[int]) -> float:
    summed = tuple(place for place, axis in enumerate(axes[:-1]) if axis not in kept)
    return information(joint.sum(axis=summed).reshape(-1, joint.shape[-1]))


def sums_of(
    model: Model, enquiry: Enquiry, population: Population, wanted: Sequence[tuple[int, ...]]
) -> Mapping[tuple[int, ...], Floats]:
    """Weighted chances of combinations of states, by segment of worlds."""
    return sum_joints(model, plan_joints(model, enquiry, wanted), population)


def _cells(model: Model, axes: Sequence[int]) -> int:
    return prod(model.variables[axis].n_states for axis in axes)
