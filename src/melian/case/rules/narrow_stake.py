"""A stake whose values do not span 0 to 100, so that its weight means less than it says."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import all_stakes
from melian.source.diagnostic import Diagnostic, warning

CODE = "narrow-stake"
SPAN = 70.0


def check(case: Case) -> Iterator[Diagnostic]:
    """Report stakes whose best and worst values are near each other."""
    for stake in all_stakes(case):
        if not stake.rules:
            continue
        best = max(rule.outcome.high for rule in stake.rules)
        worst = min(rule.outcome.low for rule in stake.rules)
        if best - worst < SPAN:
            headline = f"the values of `{stake.name}` span only {worst:g} to {best:g}"
            cure = "let its worst case be near 0 and its best near 100: weights say how much that step matters"
            yield warning(CODE, headline, stake.span, "weights are swing weights", help=cure)
