"""A function that cannot be worked out: of the wrong states, of thresholds that leave sums open, of too many sums."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import prod
from typing import Final

from melian.case.case import Case, Test
from melian.case.functions import OF_TWO, Conditional, Extreme, Function, Noisy, Tally, meets
from melian.case.rules.scope import given_tests, states_of
from melian.source.diagnostic import Diagnostic, Label, error
from melian.source.text import Span

CODE: Final = "wrong-function"
# Sums that may stand between two parts: tables of their squares are looked at when the case is planned.
MAX_SUMS: Final = 600
MAX_PIECES: Final = 400
MAX_SPAN: Final = 5_000


def check(case: Case) -> Iterator[Diagnostic]:
    """Report functions of factors, and of beliefs on them, that say nothing or too much."""
    tables = [(factor.name, factor.table) for factor in case.factors]
    tables += [(belief.factor.text, belief.table) for belief in case.beliefs]
    for node, table in tables:
        if isinstance(table, Function) and _resolves(case, node, table):
            yield from _Function(case, node, states_of(case, node)).check(table)


def _resolves(case: Case, node: str, function: Function) -> bool:
    """Whether every name in it stands for something; where one does not, that is said elsewhere."""
    states = set(states_of(case, node))
    named = {name.text for row in function.rows() for name, _ in row.entries}
    if isinstance(function, Conditional):
        named.add(function.then.text)
    elif isinstance(function, Tally):
        named |= {one.state.text for one in function.then}
    is_known = all(states_of(case, name.text) for name in function.given)
    return bool(states) and named <= states and is_known and given_tests(case, function.tests())


class _Function:
    """One function with what it is about."""

    def __init__(self, case: Case, node: str, states: tuple[str, ...]) -> None:
        self.case, self.node, self.states = case, node, states

    def check(self, function: Function) -> Iterator[Diagnostic]:
        """Everything there is to say about it."""
        if (wide := _widest(self.case, function)) is not None:
            headline = f"one part of the function of `{self.node}` spans more than {MAX_SPAN:,} combinations"
            cure = "let some of these nodes decide a factor of their own first"
            yield error("table-too-large", headline, wide, "with the nodes beside it", help=cure)
            return
        if _n_parts(function) > MAX_PIECES:
            yield error(
                "too-many-sums",
                f"the function of `{self.node}` has more than {MAX_PIECES} parts",
                function.span,
                f"{_n_parts(function)} here",
                help="let some of them decide a factor of their own first",
            )
            return
        match function:
            case Noisy():
                yield from self._noisy(function)
            case Conditional():
                if len(self.states) != 2:
                    yield self._needs_two(function.kind, function.span)
            case Extreme():
                yield from self._extreme(function)
            case Tally():
                yield from self._tally(function)

    def _needs_two(self, kind: str, span: Span) -> Diagnostic:
        headline = f"`{kind}` is of two states, and `{self.node}` has {len(self.states)}"
        cure = "merge states, or use `noisy_max` or `noisy_min`, which take any number of them in order"
        return error(CODE, headline, span, "it happens or it does not", help=cure)

    def _noisy(self, function: Noisy) -> Iterator[Diagnostic]:
        if function.kind not in OF_TWO:
            return
        if len(self.states) != 2:
            yield self._needs_two(function.kind, function.span)
            return
        named = {name.text: name for row in function.rows() for name, _ in row.entries}
        if len(named) > 1:
            first, second = list(named.values())[:2]
            headline = (
                f"`{function.kind}` of `{self.node}` names both its states, so that none is what is brought about"
            )
            cure = f"say everywhere how likely it makes one of them, such as `{first}`"
            yield error(
                CODE, headline, second.span, "the other state", secondary=[Label(first.span, "one state")], help=cure
            )
        elif not named:
            cure = f"name it: `{self.states[-1]}: likely`"
            yield error(CODE, f"`{function.kind}` of `{self.node}` names no state", function.span, "here", help=cure)

    def _extreme(self, function: Extreme) -> Iterator[Diagnostic]:
        for name in function.given:
            foreign = [state for state in states_of(self.case, name.text) if state not in self.states]
            if foreign:
                headline = f"`{name}` has a state that `{self.node}` has not: `{foreign[0]}`"
                cure = f"give `{self.node}` all states of the nodes that it compares, in their order"
                yield error(CODE, headline, name.span, "cannot be compared", help=cure)

    def _tally(self, function: Tally) -> Iterator[Diagnostic]:
        named = {one.state.text for one in function.then}
        left = [state for state in self.states if state not in named]
        if len(left) > 1:
            headline = f"`then` of `{self.node}` leaves more than one state without a threshold"
            label = " and ".join(f"`{state}`" for state in left[:3])
            yield error(CODE, headline, function.span, label, help="give each but one its threshold")
            return
        totals = _totals(function)
        if totals is None:
            headline = f"the function of `{self.node}` has more than {MAX_SUMS} different sums"
            cure = "round its numbers, so that more of them add up to the same, or take out what hardly counts"
            yield error("too-many-sums", headline, function.span, "too many to be followed", help=cure)
        elif not left and (open_ := [total for total in sorted(totals) if not _is_met(function, total)]):
            headline = f"no threshold of `{self.node}` is met by a sum of {_plain(open_[0])}"
            cure = "leave one state without a threshold: it takes all other sums"
            yield error(CODE, headline, function.span, "leaves it open", help=cure)


def _widest(case: Case, function: Function) -> Span | None:
    """Place of a part that looks at too many nodes at once."""
    conditions: list[Iterable[Test]] = []
    if isinstance(function, Conditional):
        conditions = [condition.tests() for condition in function.conditions]
    elif isinstance(function, Noisy | Tally):
        conditions = [rule.when for rule in (function.rules if isinstance(function, Noisy) else function.addends)]
    for tests in conditions:
        nodes = {test.node.text: test.node for test in tests}
        if prod(len(states_of(case, name)) for name in nodes) > MAX_SPAN:
            return next(iter(nodes.values())).span
    return None


def _n_parts(function: Function) -> int:
    match function:
        case Noisy():
            return len(function.rules) + 1
        case Conditional():
            return len(function.conditions)
        case Tally():
            return len(function.addends)
    return len(function.given)


def _totals(function: Tally) -> set[Fraction] | None:
    """Sums that may be reached; None if they are too many to be followed."""
    totals = {Fraction(0)}
    for rule in function.addends:
        totals |= {total + rule.outcome for total in totals}
        if len(totals) > MAX_SUMS:
            return None
    return totals


def _is_met(function: Tally, total: Fraction) -> bool:
    return any(meets(total, one.relation, function.bound(one)) for one in function.then)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):g}"
