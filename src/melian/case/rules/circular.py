"""Factors that depend on each other in a circle, or a choice that sees what lies in its own future.

Looked for as the analyst sees the case, then as each actor with beliefs does.
"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from melian.case.case import Case, Choice, Name
from melian.case.rules.scope import parents_of
from melian.source.diagnostic import Diagnostic, Label, error

CODES = ("sees-its-future", "circular-factors")
MOST: Final = 20  # circles told; each is found anew once one link of the last is cut

Links = dict[str, dict[str, Name]]


def check(case: Case) -> Iterator[Diagnostic]:
    """Report circles, each with every link of it."""
    links = _links(case, {name: parents_of(node) for name, node in case.nodes.items()})
    own = list(_circles(case, links, ""))
    yield from own
    for actor in () if own else dict.fromkeys(belief.actor.text for belief in case.beliefs):
        believed = {b.factor.text: b.table.given for b in case.beliefs if b.actor.text == actor}
        seen_so = {name: believed.get(name, parents_of(node)) for name, node in case.nodes.items()}
        yield from _circles(case, _links(case, seen_so), f" as `{actor}` sees it")


def _links(case: Case, parents: Mapping[str, tuple[Name, ...]]) -> Links:
    """Use of each parent that exists, by node and parent."""
    return {node: {name.text: name for name in names if name.text in case.nodes} for node, names in parents.items()}


def _circles(case: Case, links: Links, whose: str) -> Iterator[Diagnostic]:
    for _ in range(MOST):
        try:
            TopologicalSorter(links).prepare()
        except CycleError as problem:
            circle = _from_choice(case, list(reversed(problem.args[1]))[:-1])  # each is influenced by the next
            yield _report(case, circle, links, whose)
            del links[circle[0]][circle[1 % len(circle)]]
        else:
            return


def _from_choice(case: Case, circle: list[str]) -> list[str]:
    """Turn a circle so that it starts with a choice, if it has one."""
    start = next((place for place, name in enumerate(circle) if isinstance(case.nodes[name], Choice)), 0)
    return [*circle[start:], *circle[:start]]


def _report(case: Case, circle: list[str], links: Links, whose: str) -> Diagnostic:
    uses = [links[name][circle[(place + 1) % len(circle)]] for place, name in enumerate(circle)]
    also = [
        Label(use.span, f"`{name}` depends on `{use}` here") for name, use in zip(circle[1:], uses[1:], strict=True)
    ]
    first, use = circle[0], uses[0]
    told = " -> ".join([first, *reversed(circle)])
    if not isinstance(case.nodes[first], Choice):
        cure = "take one of these links out; what feeds back over time needs a factor for each period"
        headline = f"the factor `{first}` depends on itself{whose}"
        return error("circular-factors", headline, use.span, "through this", secondary=also, help=cure, info=told)
    if use.text == first:
        headline, cure = f"the choice `{first}` sees itself", f"take `{use}` out of `sees`"
    else:
        headline = f"the choice `{first}` sees `{use}`, which it influences itself{whose}"
        cure = f"take `{use}` out of `sees`: it is decided after `{first}`"
    return error("sees-its-future", headline, use.span, "seen here", secondary=also, help=cure, info=told)
