"""Factors that depend on each other in a circle, or a choice that sees what lies in its own future."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from melian.case.case import Case, Choice, Name
from melian.case.rules.scope import graph, parents_of
from melian.source.diagnostic import Diagnostic, Label, error

CODES = ("sees-its-future", "circular-factors")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report one circle, with every link of it."""
    try:
        TopologicalSorter(graph(case)).prepare()
    except CycleError as problem:
        circle = list(reversed(problem.args[1]))  # each name is influenced by the next
        yield _report(case, circle[:-1])


def _report(case: Case, circle: list[str]) -> Diagnostic:
    links = [_link(case, name, circle[(place + 1) % len(circle)]) for place, name in enumerate(circle)]
    choices = [place for place, name in enumerate(circle) if isinstance(case.nodes[name], Choice)]
    start = choices[0] if choices else 0
    also = [
        Label(link.span, f"`{circle[place]}` depends on `{link}` here")
        for place, link in enumerate(links)
        if place != start
    ]
    told = " -> ".join([*reversed(circle), circle[-1]])
    if choices:
        headline = f"the choice `{circle[start]}` sees `{links[start]}`, which it influences itself"
        cure = f"take `{links[start]}` out of `sees`: it is decided after `{circle[start]}`"
        return error("sees-its-future", headline, links[start].span, "seen here", secondary=also, help=cure, info=told)
    headline = f"the factor `{circle[start]}` depends on itself"
    cure = "take one of these links out; what feeds back over time needs a factor for each period"
    return error("circular-factors", headline, links[start].span, "through this", secondary=also, help=cure, info=told)


def _link(case: Case, name: str, parent: str) -> Name:
    return next(link for link in parents_of(case.nodes[name]) if link.text == parent)
