"""Correlations: of two judgements that are there and uncertain, each pair once, and possible all at once."""

import math
from collections.abc import Iterator, Mapping, Sequence

from melian.case.case import Case, Correlation
from melian.case.suggestions import Suggestions
from melian.source.diagnostic import Diagnostic, Label, error

CODES = ("wrong-correlation", "impossible-correlations", "unknown-name")
# A matrix whose pivots are smaller than this cannot be told from one that nothing fits.
LEAST_PIVOT = 1e-9


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
        yield from _together(case.correlations)


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


def _together(correlations: Sequence[Correlation]) -> Iterator[Diagnostic]:
    """Report correlations that no judgements can have at once; pairs of which nothing is said have none."""
    if _is_possible(correlations):
        return
    clash = list(correlations)
    for correlation in correlations:  # leave out what is not needed for the clash
        fewer = [one for one in clash if one is not correlation]
        if fewer and not _is_possible(fewer):
            clash = fewer
    said = "; ".join(f"`{one.one}` and `{one.other}`: {one.rank:g}" for one in clash)
    cure = "judgements that each go with a third go with each other: say how far, or weaken these"
    also = [Label(one.span, "and this") for one in clash[1:]]
    headline = f"these correlations cannot hold together: {said}"
    yield error("impossible-correlations", headline, clash[0].span, "this", help=cure, secondary=also)


def _is_possible(correlations: Sequence[Correlation]) -> bool:
    """Whether the normal scores have a positive definite matrix of correlations, by Cholesky's decomposition."""
    names = list(dict.fromkeys(name.text for one in correlations for name in (one.one, one.other)))
    matrix = [[float(row == column) for column in names] for row in names]
    for one in correlations:
        row, column = names.index(one.one.text), names.index(one.other.text)
        matrix[row][column] = matrix[column][row] = 2.0 * math.sin(math.pi * one.rank / 6.0)
    for at in range(len(names)):
        if matrix[at][at] < LEAST_PIVOT:
            return False
        for row in range(at + 1, len(names)):
            share = matrix[row][at] / matrix[at][at]
            for column in range(at, len(names)):
                matrix[row][column] -= share * matrix[at][column]
    return True
