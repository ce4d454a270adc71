"""A case of more factors, choices and reports than melian takes, or whose choices would take too long to set up."""

from collections import Counter
from collections.abc import Iterator

from melian.case.case import Case, Choice, Factor
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Span

CODE = "case-too-large"
MAX_VARIABLES = 2_000
MAX_CHOICES = 200
MAX_REPORTS = 2_000
MAX_WEIGHING = 150_000  # choices by stakes of their actors by nodes; each is looked at before anything is solved


def check(case: Case) -> Iterator[Diagnostic]:
    """Report cases beyond the bounds, at the first thing that is beyond them."""
    nodes: list[Factor | Choice] = [*case.factors, *case.choices]
    yield from _too_many("factors and choices", [node.span for node in nodes], MAX_VARIABLES)
    yield from _too_many("choices", [choice.span for choice in case.choices], MAX_CHOICES)
    spans = [*(report.span for report in case.evidence), *(prospect.span for prospect in case.watch)]
    yield from _too_many("reports", spans, MAX_REPORTS)
    choices = Counter(choice.actor.text for choice in case.choices)
    weighed = {stakes.actor: choices[stakes.actor.text] * len(stakes.stakes) for stakes in case.stakes}
    work = sum(weighed.values()) * len(nodes)
    if work > MAX_WEIGHING and len(nodes) <= MAX_VARIABLES and len(case.choices) <= MAX_CHOICES:
        most = max(weighed, key=lambda actor: weighed[actor])
        headline = f"the choices of this case, their actors' stakes and its nodes multiply to {work:,}"
        label = f"{choices[most.text]} choices by {weighed[most] // choices[most.text]} stakes by {len(nodes)} nodes"
        cure = "let several stakes be one, or leave out nodes that bear little on the question"
        yield error(CODE, f"{headline}, more than {MAX_WEIGHING:,}", most.span, label, help=cure)


def _too_many(what: str, places: list[Span], most: int) -> Iterator[Diagnostic]:
    if len(places) > most:
        headline = f"the case has {len(places):,} {what}, more than {most:,}"
        cure = "leave out what bears least on the question, or ask several questions in cases of their own"
        yield error(CODE, headline, places[most], "the first beyond the bound", help=cure)
