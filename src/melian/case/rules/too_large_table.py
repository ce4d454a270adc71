"""A table over more combinations than melian takes."""

from collections.abc import Iterable, Iterator
from math import prod

from melian.case.case import Case, Choice, Test
from melian.case.rules.scope import MAX_COMBINATIONS, conditions, ruled, states_of, unwrapped
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Span

CODE = "table-too-large"
MAX_WORK = 20_000_000


def check(case: Case) -> Iterator[Diagnostic]:
    """Report tables, values, sight and events that span too many combinations."""
    spans: list[tuple[str, list[str], int, Span]] = [
        (part.what, [name.text for name in part.given], len(part.rules), part.span) for part in ruled(case)
    ]
    spans += [(f"the choice `{c.name}`", [name.text for name in c.sees], 1, c.span) for c in case.choices]
    spans += [_openness(choice) for choice in case.choices]
    spans += _parts_of_event(case)
    for what, names, n_rules, span in spans:
        sizes = {name: len(states_of(case, name)) or 1 for name in names}
        if not _fits(sizes.values(), MAX_COMBINATIONS):
            widest = max(sizes, key=lambda name: sizes[name])
            headline = f"{what} would span more than {MAX_COMBINATIONS:,} combinations"
            cure = f"leave out a node (`{widest}` has the most states), or use `base` with `influences`"
            yield error(CODE, headline, span, f"over {len(sizes)} nodes", help=cure)
        elif not _fits([n_rules, *sizes.values()], MAX_WORK):
            headline = f"{what} would span {prod(sizes.values()):,} combinations by {n_rules:,} rules"
            yield error(CODE, headline, span, f"over {len(sizes)} nodes", help="say it in fewer rules")


def _parts_of_event(case: Case) -> Iterator[tuple[str, list[str], int, Span]]:
    """What of the event one table has to hold: all of it where that fits, else each of its conditions by itself."""
    event = unwrapped(case.question.event)
    names = [test.node.text for test in event.tests()]
    if _fits([len(states_of(case, name)) or 1 for name in dict.fromkeys(names)], MAX_COMBINATIONS):
        yield "the event", names, len(names), case.question.span
        return
    for part in event.parts:
        if not isinstance(part, Test):
            names = [test.node.text for test in part.tests()]
            yield "a condition of the event", names, len(names), case.question.span


def _openness(choice: Choice) -> tuple[str, list[str], int, Span]:
    tests = [test.node.text for _, when in conditions(choice) for test in when.tests()]
    return f"when the options of `{choice.name}` are open", tests, len(tests), choice.span


def _fits(sizes: Iterable[int], most: int) -> bool:
    """Whether a product stays within a bound; stops before it grows beyond what can be held or shown."""
    product = 1
    for size in sizes:
        product *= max(size, 1)
        if product > most:
            return False
    return True
