"""Influences that together shift the odds beyond what numbers can hold."""

from collections.abc import Iterator

from melian.case.case import Case, Influences, Row, Rule
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
            for state, strength in _strongest(rule).items():
                totals[state] = totals.get(state, 0.0) + strength
        for state, total in totals.items():
            if total > MOST:
                headline = f"the influences on `{state}` of `{node}` can add up to {total:g} in log-odds"
                cure = "weaken them; between -5 and 5 is next to certainty either way"
                yield error(CODE, headline, table.span, f"at most {MOST:g}", help=cure)


def _strongest(rule: Rule[Row]) -> dict[str, float]:
    """Most that an influence can shift each state, whether its condition holds or not."""
    most: dict[str, float] = {}
    rows = [rule.outcome] if rule.otherwise is None else [rule.outcome, rule.otherwise]
    for name, judgement in (entry for row in rows for entry in row.entries):
        most[name.text] = max(most.get(name.text, 0.0), abs(judgement.low), abs(judgement.high))
    return most
