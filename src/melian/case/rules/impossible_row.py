"""Chances or weights of one row that no set of shares can meet."""

from collections.abc import Iterator

from melian.case.case import Case, Row, Table
from melian.case.judgement import Judgement
from melian.case.rules.scope import rows_of, stated, states_of
from melian.source.diagnostic import Diagnostic, Label, error

CODE = "impossible-row"
TOLERANCE = 1e-9


def check(case: Case) -> Iterator[Diagnostic]:
    """Report rows whose least shares sum above one, or whose greatest sum below."""
    for factor in case.factors:
        yield from _table(case, factor.table, factor.name)
    for belief in case.beliefs:
        yield from _table(case, belief.table, belief.factor.text)
    for stakes in case.stakes:
        if stakes.weights is not None and _are_shares(stakes.weights):
            yield from _row(stakes.weights, tuple(stake.name for stake in stakes.stakes), "weights")


def _are_shares(weights: Row) -> bool:
    """Whether weights must sum to 1: plain numbers are shares of their own sum; what is above 1 is told elsewhere."""
    said = stated(weights)
    return not all(judgement.is_number for judgement in said) and all(judgement.high <= 1 for judgement in said)


def _table(case: Case, table: Table, node: str) -> Iterator[Diagnostic]:
    for row in rows_of(table):
        yield from _row(row, states_of(case, node), "chances")


def _row(row: Row, states: tuple[str, ...], what: str) -> Iterator[Diagnostic]:
    said = {name.text: judgement for name, judgement in row.entries}
    if not states or not set(said) <= set(states):
        return
    bounds = [(said[s].low, said[s].high) if s in said else _unsaid(row) for s in states]
    lows, highs = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    if lows > 1 + TOLERANCE:
        headline = f"these {what} cannot be met together: the least they can be sums to {lows:g}"
    elif highs < 1 - TOLERANCE:
        headline = f"these {what} cannot be met together: the most they can be sums to {highs:g}"
    else:
        return
    named = [(name.text, judgement, 1) for name, judgement in row.entries]
    if row.others is not None:
        named.append(("others", row.others, len(states) - len(said)))
    if lows > 1 + TOLERANCE:
        named = _fewest_above_one(named)
    labels = [Label(j.span, f"{name}: {j.text}") for name, j, _ in named if j.span is not None]
    first, *also = labels or [Label(row.span)]
    cure = f"the {what} of one row sum to 1; change one of them, or leave one out to give it the rest"
    yield error(CODE, headline, first.span, first.text, secondary=also, help=cure)


def _fewest_above_one(named: list[tuple[str, Judgement, int]]) -> list[tuple[str, Judgement, int]]:
    """Statements that sum to more than 1 by themselves, as few as can be, in the order written.

    Without any one of them the rest could be met, since even the least of them was needed to come above 1.
    """
    clash: list[tuple[str, Judgement, int]] = []
    for one in sorted(named, key=lambda one: -one[1].low * one[2]):
        clash.append(one)
        if sum(judgement.low * count for _, judgement, count in clash) > 1 + TOLERANCE:
            break
    return [one for one in named if one in clash]


def _unsaid(row: Row) -> tuple[float, float]:
    """Bounds of a state that the row does not name."""
    return (row.others.low, row.others.high) if row.others is not None else (0.0, 1.0)
