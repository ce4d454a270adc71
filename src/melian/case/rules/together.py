"""Whether correlations can hold all at once, and the fewest judgements whose correlations cannot.

Judgements that no chain of correlations links are looked at apart. Of those that one links, the normal scores need a
positive definite matrix of correlations, in which pairs of which nothing is said have none.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.case.correlation import Correlation
from melian.source.diagnostic import Diagnostic, Label, error

CODE: Final = "impossible-correlations"
# A matrix whose pivots are smaller than this cannot be told from one that nothing fits.
LEAST_PIVOT: Final = 1e-9
MAX_LINKED: Final = 2_000
"""Judgements that correlations may link to one another: their matrix is held whole, and drawing takes its cube."""
MOST_WORK: Final = 6e9
"""Operations on the search for the fewest that clash; beyond it, more are named than are needed."""
SHOWN: Final = 12
MOST_WEAKENED: Final = 200  # judgements for which it is worked out how far their correlations would have to be weaker

Matrix = NDArray[np.float64]


def together(correlations: Sequence[Correlation]) -> Iterator[Diagnostic]:
    """Report correlations that no judgements can have at once, and chains of them that link too many."""
    for block in _blocks(correlations):
        names = list(dict.fromkeys(name.text for one in block for name in (one.one, one.other)))
        if len(names) > MAX_LINKED:
            headline = f"correlations link {len(names):,} judgements to one another, more than {MAX_LINKED:,}"
            cure = "leave out the weakest, or let judgements that err alike be one"
            yield error("case-too-large", headline, block[0].span, "the first of them", help=cure)
            continue
        matrix = _matrix(names, block)
        clash = _clash(matrix)
        if clash:
            yield _report({names[at] for at in clash}, block)


def _blocks(correlations: Sequence[Correlation]) -> list[list[Correlation]]:
    """Correlations in groups that share no judgement, each in the order of the text."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for one in correlations:
        leader[lead(one.other.text)] = lead(one.one.text)
    found: dict[str, list[Correlation]] = {}
    for one in correlations:
        found.setdefault(lead(one.one.text), []).append(one)
    return list(found.values())


def _matrix(names: Sequence[str], correlations: Sequence[Correlation], share: float = 1.0) -> Matrix:
    """Correlations of the normal scores that have these rank correlations, or a share of them."""
    place = {name: at for at, name in enumerate(names)}
    matrix = np.eye(len(names))
    for one in correlations:
        row, column = place[one.one.text], place[one.other.text]
        matrix[row, column] = matrix[column, row] = 2.0 * math.sin(math.pi * share * one.rank / 6.0)
    return matrix


def _fails_at(matrix: Matrix) -> int:
    """First row with which a matrix is no longer positive definite, counted from 0; -1 if it is."""
    from scipy.linalg import lapack  # here: few cases have correlations, and it takes a while to load

    _, info = lapack.dpotrf(matrix - LEAST_PIVOT * np.eye(len(matrix)), lower=1, clean=0)
    return int(info) - 1


def _clash(matrix: Matrix) -> list[int]:
    """Rows that are not positive definite together though they are without any one of them; none if all rows are.

    The row at which a decomposition fails is needed, together with some of those before it. It is put first, those
    after it are left out, and the rest is decomposed anew, until what is needed fails by itself.
    """
    rows = np.arange(len(matrix))
    needed, work = 0, 0.0
    while (at := _fails_at(matrix[np.ix_(rows, rows)])) >= 0:
        work += float(len(rows)) ** 3 / 3.0
        if at < needed or work > MOST_WORK:
            return sorted(rows[: max(at + 1, needed)].tolist())
        rows = np.concatenate([rows[at : at + 1], rows[:at]])
        needed += 1
    return []


def _report(names: set[str], block: Sequence[Correlation]) -> Diagnostic:
    """What is said about some judgements and cannot hold."""
    clash = [one for one in block if {one.one.text, one.other.text} <= names]
    said = "; ".join(f"`{one.one}` and `{one.other}`: {one.rank:g}" for one in clash[:SHOWN])
    more = f"; and {len(clash) - SHOWN:,} more" if len(clash) > SHOWN else ""
    headline = f"these correlations cannot hold together: {said}{more}"
    also = [Label(one.span, "and this") for one in clash[1:SHOWN]]
    return error(CODE, headline, clash[0].span, "this", help=_cure(sorted(names), clash), secondary=also)


def _cure(names: Sequence[str], clash: Sequence[Correlation]) -> str:
    """How the judgements that clash can be made to fit: by the pair that is not stated, by one of three, or all."""
    stated = {frozenset((one.one.text, one.other.text)) for one in clash}
    unsaid = [pair for pair in combinations(names, 2) if frozenset(pair) not in stated] if len(names) <= SHOWN else []
    if len(names) == 3 and unsaid:
        low, high = _third(clash[0].rank, clash[1].rank)
        one, other = unsaid[0]
        why = "judgements that each go with a third go with each other"
        return f"{why}: add `{{between: [{one}, {other}], rank: {(low + high) / 2:.2g}}}` ({_within(low, high)} fits)"
    if len(names) == 3:
        low, high = _third(clash[0].rank, clash[1].rank)
        last = clash[2]
        return f"beside the other two, the rank of `{last.one}` and `{last.other}` may be {_within(low, high)}"
    shares = (share / 100 for share in range(95, 0, -5) if len(names) <= MOST_WEAKENED)
    factor = next((share for share in shares if _fails_at(_matrix(names, clash, share)) < 0), None)
    fits = f"; all of them fit at {factor:g} times their rank" if factor else ""
    return f"weaken them, or say how far the other pairs go with each other{fits}"


def _third(one: float, other: float) -> tuple[float, float]:
    """Least and most rank correlation of two judgements that have these with a third."""
    a, b = (2.0 * math.sin(math.pi * rank / 6.0) for rank in (one, other))
    room = math.sqrt((1.0 - a * a) * (1.0 - b * b))
    low, high = (6.0 / math.pi * math.asin(max(-1.0, min(1.0, end)) / 2.0) for end in (a * b - room, a * b + room))
    return low, high


def _within(low: float, high: float) -> str:
    """A range that holds what is within these ends only, to two digits."""
    return f"{math.ceil(low * 100 + 1e-6) / 100:g} to {math.floor(high * 100 - 1e-6) / 100:g}"
