"""A node that `given` lists and no rule tests: the table does not depend on it after all."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import ruled
from melian.source.diagnostic import Diagnostic, warning

CODE = "untested-given"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report links that are announced and never made."""
    for part in ruled(case):
        tested = {test.node.text for rule in part.rules for test in rule.when}
        for name in part.given:
            if name.text not in tested and part.rules and not name.is_unread:
                headline = f"{part.what} are given by `{name}`, which no rule tests"
                cure = f"add a rule that tests `{name}`, or take it out of `given`"
                yield warning(CODE, headline, name.span, "makes no difference", help=cure)
