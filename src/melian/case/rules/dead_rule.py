"""A rule that never counts, because earlier rules cover all that it covers."""

from collections.abc import Iterator

import numpy as np

from melian.case.case import Case
from melian.case.rules.scope import ruled
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
