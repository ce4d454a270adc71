"""A placeholder that nobody has put a value of their own in place of."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.judgement import shortened
from melian.case.placeholder import MARK, meant
from melian.source.diagnostic import Diagnostic, warning

CODE = "placeholder-left"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report each place that still waits for a value."""
    for one in case.placeholders:
        said = meant(one.text)
        headline = "a value is still a placeholder" if said == MARK else f"`{shortened(said)}` is still a placeholder"
        cure = f"write what is so, without `{MARK}`; until then every answer is stamped as a draft"
        yield warning(CODE, headline, one.span, "nobody has said this yet", help=cure)
