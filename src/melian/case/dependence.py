"""Who depends on whom in a graph without circles: what lies above and below, and what an expectation needs.

References
----------
Shachter 1998, Bayes-ball: the rational pastime, UAI; algorithm of section 3.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Graph(Generic[Node]):
    """Who influences whom directly, both ways.

    Attributes
    ----------
    parents, children : by node.
    """

    parents: Mapping[Node, Collection[Node]]
    children: Mapping[Node, Sequence[Node]]


def graph_of(parents: Mapping[Node, Collection[Node]]) -> Graph[Node]:
    """Graph of every node's parents."""
    children: dict[Node, list[Node]] = {node: [] for node in parents}
    for node, above in parents.items():
        for parent in above:
            children[parent].append(node)
    return Graph(parents, children)


@dataclass(frozen=True, slots=True)
class Requisite(Generic[Node]):
    """What an expectation needs: nodes whose tables count, and nodes whose observed state counts."""

    tables: frozenset[Node]
    observed: frozenset[Node]


def requisite(graph: Graph[Node], query: Iterable[Node], given: frozenset[Node]) -> Requisite[Node]:
    """Bayes-ball: what P(query | given) depends on, whatever the numbers in the tables are."""
    top: set[Node] = set()
    bottom: set[Node] = set()
    seen: set[Node] = set()
    ahead = [(node, True) for node in query]
    while ahead:
        node, from_child = ahead.pop()
        seen.add(node)
        passes_up = from_child != (node in given)
        if passes_up and node not in top:
            top.add(node)
            ahead += [(parent, True) for parent in graph.parents[node]]
        if node not in given and node not in bottom:
            bottom.add(node)
            ahead += [(child, False) for child in graph.children[node]]
    return Requisite(frozenset(top), frozenset(seen & given))


def descendants(graph: Graph[Node], node: Node) -> set[Node]:
    """Return the nodes that a node can influence, itself among them."""
    return reached_from(graph.children, [node])


def ancestors(graph: Graph[Node], nodes: Iterable[Node]) -> set[Node]:
    """Return the nodes that can influence any of some nodes, those among them."""
    return reached_from(graph.parents, nodes)


def reached_from(arrows: Mapping[Node, Collection[Node]], nodes: Iterable[Node]) -> set[Node]:
    """Return the nodes to which some nodes lead along arrows, those among them."""
    found: set[Node] = set()
    ahead = list(nodes)
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += arrows.get(node, ())
    return found
