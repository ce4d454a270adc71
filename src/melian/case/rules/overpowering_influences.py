"""Influences that together shift the odds beyond what numbers can hold."""

from collections.abc import Iterator

from melian.case.case import Case, Influences
from melian.source.diagnostic import Diagnostic, error

CODE = "out-of-bounds"
MOST = 300.0  # log-odds; 1e130 to one


def check(case: Case) -> Iterator[Diagnostic]:
    """Report tables of which the influences on one state can add up to too much."""
    tables = [(f.name, f.table) for f in case.factors] + [(b.factor.text, b.table) for b in case.beliefs]
    for node, table in tables:
        if not isinstance(table, Influences):
            continue
        totals: dict[str, float] = {}
        for rule in table.influences:
            for name, judgement in rule.outcome.entries:
                totals[name.text] = totals.get(name.text, 0.0) + max(abs(judgement.low), abs(judgement.high))
        for state, total in totals.items():
            if total > MOST:
                headline = f"the influences on `{state}` of `{node}` can add up to {total:g} in log-odds"
                cure = "weaken them; between -5 and 5 is next to certainty either way"
                yield error(CODE, headline, table.span, f"at most {MOST:g}", help=cure)
