"""Correlations: of two judgements that are there and uncertain, each pair once, and possible all at once."""

from collections.abc import Iterator, Mapping

from melian.case.case import Case
from melian.case.correlation import Correlation
from melian.case.rules.together import together
from melian.case.suggestions import Suggestions
from melian.source.diagnostic import Diagnostic, Label, error

CODES = ("wrong-correlation", "impossible-correlations", "unknown-name")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report what is wrong with each correlation, then those that cannot hold together."""
    stated = {named.name: named for named in case.judgements}
    suggestions = Suggestions()
    first: dict[frozenset[str], Correlation] = {}
    is_sound = True
    for correlation in case.correlations:
        found = list(_single(correlation, stated, suggestions, first))
        is_sound &= not found
        yield from found
    if is_sound:
        yield from together(case.correlations)


def _single(
    correlation: Correlation,
    stated: Mapping[str, object],
    suggestions: Suggestions,
    first: dict[frozenset[str], Correlation],
) -> Iterator[Diagnostic]:
    for name in (correlation.one, correlation.other):
        if name.text not in stated and not name.is_unread:
            near = suggestions.nearest(name.text, stated)
            cure = f"did you mean `{near}`?" if near else "state it under `judgements`, and use it as `the NAME`"
            headline = f"`{name}` is not a judgement with a name in this case"
            yield error("unknown-name", headline, name.span, "nothing has this name", help=cure)
        elif (judgement := getattr(stated.get(name.text), "judgement", None)) is not None and judgement.is_number:
            headline, cure = f"`{name}` is a plain number, which nothing moves", "give it a range, or take this out"
            yield error("wrong-correlation", headline, name.span, "the same in every world", help=cure)
    pair = frozenset({correlation.one.text, correlation.other.text})
    if first.setdefault(pair, correlation) is not correlation:
        headline = f"`{correlation.one}` and `{correlation.other}` are correlated twice"
        also = [Label(first[pair].span, "first here")]
        yield error("wrong-correlation", headline, correlation.span, "and again here", help="keep one", secondary=also)
