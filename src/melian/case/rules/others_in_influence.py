"""`others` in an influence: a shift of every state alike shifts nothing."""

import re
from collections.abc import Iterator

from melian.case.case import Case, Influences, Row
from melian.case.rules.scope import states_of
from melian.source.diagnostic import Diagnostic, Fix, error
from melian.source.fixes import written
from melian.source.text import Span

CODE = "others-in-influence"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report influences that use `others`."""
    tables = [(factor.name, factor.table) for factor in case.factors]
    tables += [(belief.factor.text, belief.table) for belief in case.beliefs]
    for node, table in tables:
        for rule in table.influences if isinstance(table, Influences) else ():
            for row in (rule.outcome, rule.otherwise):
                if row is not None and row.others is not None and row.others.span is not None:
                    cure = "name the states that become more or less likely; the rest gives way by itself"
                    yield error(
                        CODE,
                        "an influence cannot be on `others`",
                        row.others.span,
                        "here",
                        help=cure,
                        fix=_named(case, node, row),
                    )


def _named(case: Case, node: str, row: Row) -> Fix | None:
    """Name the one state that `others` stands for, if it is one."""
    assert row.others is not None
    assert row.others.span is not None
    named = {name.text for name, _ in row.entries}
    left = [state for state in states_of(case, node) if state not in named]
    source, end = row.others.span.source, row.others.span.start
    key = re.search(r"\bothers(?=\s*:\s*$)", source.text[:end])
    if len(left) != 1 or key is None:
        return None
    return written(Span(source, key.start(), key.end()), left[0], is_safe=True)
