"""`others` in an influence: a shift of every state alike shifts nothing."""

from collections.abc import Iterator

from melian.case.case import Case, Influences
from melian.source.diagnostic import Diagnostic, error

CODE = "others-in-influence"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report influences that use `others`."""
    tables = [factor.table for factor in case.factors] + [belief.table for belief in case.beliefs]
    for table in tables:
        for rule in table.influences if isinstance(table, Influences) else ():
            for row in (rule.outcome, rule.otherwise):
                if row is not None and row.others is not None and row.others.span is not None:
                    cure = "name the states that become more or less likely; the rest gives way by itself"
                    yield error(CODE, "an influence cannot be on `others`", row.others.span, "here", help=cure)
