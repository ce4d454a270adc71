"""Options that are open only in some situations: who decides must be able to tell, and something must be open."""

from collections.abc import Iterator

import numpy as np

from melian.case.case import Case, Choice, Name
from melian.case.rules.scope import Grid, Openness, conditions, never_open, openness, reports
from melian.source.diagnostic import Diagnostic, Label, error, warning

CODES = ("unseen-condition", "nothing-open", "never-open", "always-open", "rests-on-never-open")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report conditions that the actor cannot know, that leave nothing open, and that never or always hold."""
    for choice in case.choices:
        yield from _unseen(case, choice)
        found = openness(case, choice)
        if found is not None:
            yield from _nothing_open(choice, found)
            yield from _never_or_always(choice, found)
    yield from _resting(case)


def _unseen(case: Case, choice: Choice) -> Iterator[Diagnostic]:
    seen = [name.text for name in choice.sees]
    if not set(seen) <= case.nodes.keys():
        return  # what is missing may be what was mistyped
    for option, when in conditions(choice):
        for name in dict.fromkeys(test.node for test in when.tests()):
            if name.text not in seen and name.text in case.nodes:
                headline = f"whether `{option.name}` is open depends on `{name}`, which `{choice.name}` does not see"
                cure = f"an actor knows what is open to it: `sees: [{', '.join([*seen, name.text])}]`"
                if name.text == choice.name:
                    cure = "say it by what the actor knows before it chooses"
                yield error("unseen-condition", headline, name.span, "not seen", help=cure)


def _nothing_open(choice: Choice, found: Openness) -> Iterator[Diagnostic]:
    closed = np.flatnonzero(~np.logical_or.reduce(list(found.is_open.values())))
    if not closed.size:
        return
    grid: Grid = found.grid
    headline = f"no option of `{choice.name}` is open in {closed.size} of {grid.size} situations"
    label = f"for example {grid.describe(int(closed[0]))}"
    cure = "leave one option without `available`, or give one a condition that holds there"
    yield error("nothing-open", headline, choice.span, label, help=cure)


def _never_or_always(choice: Choice, found: Openness) -> Iterator[Diagnostic]:
    for option in choice.states:
        cells = found.is_open[option.name]
        if option.available is None or (cells.any() and not cells.all()):
            continue
        of = f"the option `{option.name}` of `{choice.name}`"
        place = option.available.span
        if cells.all():
            yield warning("always-open", f"{of} is always open", place, "holds in every situation", help="leave it out")
        else:
            cure = "mend the condition, or leave the option out"
            yield warning("never-open", f"{of} is never open", place, "holds in no situation", help=cure)


def _resting(case: Case) -> Iterator[Diagnostic]:
    """Report an event or a finding that names an option which is never open."""
    for test in case.question.event.tests():
        for state in test.states:
            yield from _rests(case, "the event", test.node.text, state)
    for report in reports(case):
        for state, _ in report.likelihood.entries if report.is_finding else ():
            yield from _rests(case, f"report `{report.name}`", report.bears_on.text, state)


def _rests(case: Case, what: str, node: str, state: Name) -> Iterator[Diagnostic]:
    if state.text not in never_open(case, node):
        return
    option = next(option for option in case.nodes[node].states if option.name == state.text)
    assert option.available is not None
    also = [Label(option.available.span, "its condition never holds")]
    headline = f"{what} names `{state}`, which is never open"
    cure = f"mend the condition of `{state}`, or name an option that can be picked"
    yield error("rests-on-never-open", headline, state.span, "can never be picked", secondary=also, help=cure)
