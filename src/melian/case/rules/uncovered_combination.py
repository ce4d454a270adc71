"""A combination of states for which no rule says anything."""

from collections.abc import Iterator

import numpy as np

from melian.case.case import Case
from melian.case.rules.scope import ruled
from melian.source.diagnostic import Diagnostic, error

CODE = "uncovered-combination"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report rules that leave a combination uncovered, with an example."""
    for part in ruled(case):
        grid = part.grid(case) if part.must_cover else None
        if grid is None or not part.rules:
            continue
        covered = np.zeros(tuple(len(states) for states in grid.states), dtype=bool)
        for rule in part.rules:
            covered |= grid.where(rule.when)
        open_ones = np.flatnonzero(~covered)
        if open_ones.size:
            headline = f"no rule of {part.what} covers {open_ones.size} of {grid.size} combinations"
            label = f"for example {grid.describe(int(open_ones[0]))}"
            yield error(CODE, headline, part.span, label, help="add a rule for it, or `{else: true, ...}` at the end")
