"""A rule that tests a node which `given` does not list."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import ruled
from melian.source.diagnostic import Diagnostic, error

CODE = "outside-given"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report tests of nodes that are not among those listed."""
    for part in ruled(case):
        listed = [name.text for name in part.given]
        if not set(listed) <= case.nodes.keys():
            continue  # what is missing may be what was mistyped
        for test in (test for rule in part.rules for test in rule.when):
            if test.node.text in case.nodes and test.node.text not in listed:
                cure = f"add it: `given: [{', '.join([*listed, test.node.text])}]`"
                headline = f"{part.what} depend on `{test.node}`, which `given` does not list"
                yield error(CODE, headline, test.node.span, "tested here", help=cure)
