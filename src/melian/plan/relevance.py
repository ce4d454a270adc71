"""Who must reason about whom: requisite nodes, strategic relevance, and the order in which choices are solved.

A choice D' is strategically relevant to D when the rule of D' can change what is best at D (s-reachability). Both that
and which tables a choice's expected utility needs come out of one Bayes-ball.

References
----------
Shachter 1998, Bayes-ball: the rational pastime, UAI; algorithm of section 3.
Koller and Milch 2003, Multi-agent influence diagrams for representing and solving games, Games and Economic Behavior
45, definition 5.2 (s-reachable) and theorem 5.1 (an acyclic relevance graph is solved one choice at a time).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from melian.model.diagram import Decision, Model, Utility

Parents = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Requisite:
    """What an expectation needs: nodes whose tables count, and nodes whose observed state counts."""

    tables: frozenset[int]
    observed: frozenset[int]


def requisite(parents: Parents, query: Iterable[int], given: frozenset[int]) -> Requisite:
    """Bayes-ball: what P(query | given) depends on, whatever the numbers in the tables are."""
    children = _children(parents)
    top: set[int] = set()
    bottom: set[int] = set()
    seen: set[int] = set()
    ahead = [(node, True) for node in query]
    while ahead:
        node, from_child = ahead.pop()
        seen.add(node)
        passes_up = from_child != (node in given)
        if passes_up and node not in top:
            top.add(node)
            ahead += [(parent, True) for parent in parents[node]]
        if node not in given and node not in bottom:
            bottom.add(node)
            ahead += [(child, False) for child in children[node]]
    return Requisite(frozenset(top), frozenset(seen & given))


def descendants(parents: Parents, node: int) -> set[int]:
    """Return the nodes that a node can influence, itself among them."""
    children = _children(parents)
    found: set[int] = set()
    ahead = [node]
    while ahead:
        reached = ahead.pop()
        if reached not in found:
            found.add(reached)
            ahead += children[reached]
    return found


def _children(parents: Parents) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {node: [] for node in parents}
    for node, above in parents.items():
        for parent in above:
            children[parent].append(node)
    return children


def ancestors(parents: Parents, nodes: Iterable[int]) -> set[int]:
    """Return the nodes that can influence any of some nodes, those among them."""
    return reached_from(parents, nodes)


def reached_from(arrows: Mapping[int, Collection[int]], nodes: Iterable[int]) -> set[int]:
    """Return the nodes to which some nodes lead along arrows, those among them."""
    found: set[int] = set()
    ahead = list(nodes)
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += arrows.get(node, ())
    return found


def parents_of(model: Model, actor: int | None, cut: frozenset[int] = frozenset()) -> dict[int, tuple[int, ...]]:
    """Parents of every variable, as an actor sees the diagram (None: the analyst); a variable that is cut has none."""
    return {v.index: () if v.index in cut else model.parents(v.index, actor) for v in model.variables}


def weighed_by(model: Model, decision: Decision, parents: Parents) -> tuple[Utility, ...]:
    """Stakes of the chooser that its choice can change; the others shift all options alike and drop out."""
    reach = descendants(parents, decision.variable)
    return tuple(u for u in model.utilities if u.actor == decision.actor and reach & set(u.axes))


def relies_on(model: Model, cut: frozenset[int] = frozenset()) -> dict[int, set[int]]:
    """Relevance graph: for each choice that is not cut, the choices whose rules must be known to solve it."""
    found: dict[int, set[int]] = {}
    choices = {decision.variable for decision in model.decisions} - cut
    for decision in model.decisions:
        if decision.variable in cut:
            continue
        parents = parents_of(model, decision.actor, cut)
        known = frozenset({decision.variable, *decision.sees})
        needed: set[int] = set()
        for utility in weighed_by(model, decision, parents):
            needed |= requisite(parents, utility.axes, known).tables & choices
        found[decision.variable] = needed - {decision.variable}
    return found


def solving_order(graph: Mapping[int, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Components of choices in an order in which each can be solved: those that rely on each other go together.

    Parameters
    ----------
    graph : for each choice the choices that it relies on.

    Returns
    -------
    Strongly connected components, each rising, after those that they rely on.
    """
    reach = {choice: reached_from(graph, [choice]) for choice in graph}
    component = {choice: tuple(sorted(o for o in reach[choice] if choice in reach[o])) for choice in graph}
    above: dict[tuple[int, ...], set[tuple[int, ...]]] = {own: set() for own in component.values()}
    for choice, others in graph.items():
        above[component[choice]] |= {component[other] for other in others} - {component[choice]}
    return tuple(TopologicalSorter(above).static_order())


def seen_that_matters(model: Model, decision: Decision, parents: Parents) -> tuple[int, ...]:
    """Return what a choice sees and can make use of: the observed nodes on which its expected utilities may depend."""
    known = frozenset({decision.variable, *decision.sees})
    observed: set[int] = set()
    for utility in weighed_by(model, decision, parents):
        observed |= requisite(parents, utility.axes, known).observed
    return tuple(sorted(observed - {decision.variable}))


def names(model: Model, variables: Sequence[int]) -> str:
    """Names of variables in backticks, for a message."""
    quoted = [f"`{model.variables[index].name}`" for index in variables]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
