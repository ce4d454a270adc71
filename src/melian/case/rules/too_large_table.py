"""A table over more combinations than melian takes."""

from collections.abc import Iterator
from math import prod

from melian.case.case import Case
from melian.case.rules.scope import MAX_COMBINATIONS, ruled, states_of
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Span

CODE = "table-too-large"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report tables, values, sight and events that span too many combinations."""
    spans: list[tuple[str, list[str], Span]] = [
        (part.what, [name.text for name in part.given], part.span) for part in ruled(case)
    ]
    spans += [(f"the choice `{c.name}`", [name.text for name in c.sees], c.span) for c in case.choices]
    tests = [test.node.text for test in case.question.event.tests()]
    spans.append(("the event", tests, case.question.span))
    for what, names, span in spans:
        sizes = {name: len(states_of(case, name)) or 1 for name in names}
        size = prod(sizes.values())
        if size > MAX_COMBINATIONS:
            widest = max(sizes, key=lambda name: sizes[name])
            headline = f"{what} would span {size:,} combinations, more than {MAX_COMBINATIONS:,}"
            cure = f"leave out a node (`{widest}` has the most states), or use `base` with `influences`"
            yield error(CODE, headline, span, f"over {len(sizes)} nodes", help=cure)
