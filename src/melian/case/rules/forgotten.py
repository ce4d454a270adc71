"""Actors who do not remember, when they choose again, what they did before or what they knew then."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

from melian.case.case import Case, Choice
from melian.case.rules.scope import graph
from melian.source.diagnostic import Diagnostic, Label, info

CODES = ("imperfect-recall",)


def check(case: Case) -> Iterator[Diagnostic]:
    """Report each later choice of an actor that sees less than an earlier one of its own, or not that one itself."""
    place = {name: at for at, name in enumerate(TopologicalSorter(graph(case)).static_order())}
    for actor in case.actors:
        own = [choice for choice in case.choices if choice.actor.text == actor.name]
        ordered = sorted(own, key=lambda choice: place[choice.name])
        for at, choice in enumerate(ordered):
            forgotten = {earlier.name: _forgotten(earlier, choice) for earlier in ordered[:at]}
            if any(forgotten.values()):
                yield _report(choice, {name: names for name, names in forgotten.items() if names}, ordered)


def _forgotten(earlier: Choice, later: Choice) -> list[str]:
    """What was known once the earlier choice was made and is not seen by the later one."""
    known = dict.fromkeys([earlier.name, *(name.text for name in earlier.sees)])
    return [name for name in known if name not in {seen.text for seen in later.sees}]


def _report(choice: Choice, forgotten: dict[str, list[str]], own: list[Choice]) -> Diagnostic:
    names = list(dict.fromkeys(name for names in forgotten.values() for name in names))
    quoted = ", ".join(f"`{name}`" for name in names)
    headline = f"`{choice.actor}` no longer knows {quoted} when it comes to `{choice.name}`"
    then = [Label(one.span, "it is known once this is chosen") for one in own if one.name in forgotten]
    cure = f"if it remembers, let `{choice.name}` see {quoted} too"
    note = "it is taken as meant: the choice is made as by another agent with the same stakes"
    return info("imperfect-recall", headline, choice.span, "seen no more here", secondary=then, help=cure, info=note)
