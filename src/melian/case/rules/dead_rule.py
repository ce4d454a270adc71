"""A rule that never counts, because earlier rules cover all that it covers; `others` where every state is named."""

from collections.abc import Iterator

import numpy as np

from melian.case.case import Case, Row
from melian.case.rules.scope import rows, ruled, states_of
from melian.source.diagnostic import Diagnostic, warning

CODE = "dead-rule"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report rules of which no combination is left when their turn comes."""
    for part in ruled(case):
        grid = part.grid(case) if part.must_cover else None
        if grid is None:
            continue
        covered = np.zeros(tuple(len(states) for states in grid.states), dtype=bool)
        for rule in part.rules:
            here = grid.where(rule.when)
            if not (here & ~covered).any():
                cure = "put it before the rule that covers it, or take it out"
                headline = f"a rule of {part.what} never counts"
                yield warning(CODE, headline, rule.span, "earlier rules cover all of this", help=cure)
            covered |= here
    for row, node in rows(case):
        yield from _others(case, row, node)


def _others(case: Case, row: Row, node: str) -> Iterator[Diagnostic]:
    """Report `others` that stands for no state."""
    states = states_of(case, node)
    if row.others is not None and row.others.span and states and set(states) <= {name.text for name, _ in row.entries}:
        headline = f"`others` stands for no state of `{node}`: every one is named"
        yield warning(CODE, headline, row.others.span, "never counts", help="take it out")
