"""Two things of one name, or nearly so: a factor and a choice, or two reports."""

from collections.abc import Iterator

from melian.case.case import Case
from melian.case.rules.scope import all_reports
from melian.source.diagnostic import Diagnostic, Label, error, warning
from melian.source.text import Span

CODES = ("name-taken", "similar-names")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report a name that a second factor, choice or report has, or has but for capitals."""
    nodes = [(one.name, one.span) for one in case.factors] + [(one.name, one.span) for one in case.choices]
    yield from _taken("factors and choices", nodes)
    yield from _taken("reports", [(one.name, one.span) for one in all_reports(case)])


def _taken(kind: str, named: list[tuple[str, Span]]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Span]] = {}
    for name, span in named:
        taken, place = first.setdefault(name.casefold(), (name, span))
        also = (Label(place, "first used here"),)
        if place is span:
            continue
        if taken == name:
            cure = f"rename one of them, for example `{name}_2`"
            yield error(CODES[0], f"two {kind} are called `{name}`", span, "used again here", secondary=also, help=cure)
        else:
            headline = f"the names `{taken}` and `{name}` differ only by capitals"
            cure = "they are two; rename one of them if you could ever mix them up"
            yield warning(CODES[1], headline, span, "here", secondary=also, help=cure)
