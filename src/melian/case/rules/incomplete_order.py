"""An order or weights that leave a stake out or name one twice."""

from collections import Counter
from collections.abc import Iterator

from melian.case.case import Case, Stakes
from melian.case.rules.scope import stated
from melian.source.diagnostic import Diagnostic, Label, error

CODE = "incomplete-order"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report orders and weights that do not name every stake once."""
    for stakes in case.stakes:
        yield from _order(stakes)
        yield from _weights(stakes)


def _order(stakes: Stakes) -> Iterator[Diagnostic]:
    names = [stake.name for stake in stakes.stakes]
    listed = [name for group in stakes.order for name in group]
    if any(name.is_unread or name.text not in names for name in listed):
        return  # what is missing may be what was mistyped
    for name, count in Counter(name.text for name in listed).items():
        if count > 1:
            first, *_, last = [entry for entry in listed if entry.text == name]
            also, cure = [Label(first.span, "first here")], "rank each stake once; `a = b` is a tie"
            yield error(CODE, f"`{name}` is ranked twice", last.span, "again here", secondary=also, help=cure)
    missing = [name for name in names if name not in {entry.text for entry in listed}]
    if stakes.order and missing:
        headline = f"the order of `{stakes.actor}` leaves out " + ", ".join(f"`{name}`" for name in missing)
        cure = f"put `{missing[0]}` where it belongs in the order, or beside its equal: `{listed[-1]} = {missing[0]}`"
        yield error(CODE, headline, listed[0].span, "this order", help=cure)


def _weights(stakes: Stakes) -> Iterator[Diagnostic]:
    row = stakes.weights
    if row is None:
        return
    if any(judgement.is_unread for judgement in stated(row)):
        return
    numbers = [judgement.low for _, judgement in row.entries if judgement.is_number]
    all_numbers = len(numbers) == len(stakes.stakes)
    if all_numbers and sum(numbers) <= 0:
        yield error(
            CODE, f"the weights of `{stakes.actor}` are all zero", row.span, "here", help="give one a weight above 0"
        )
    large = next((judgement for judgement in stated(row) if judgement.high > 1), None)
    if not all_numbers and large is not None:
        headline = f"the weights of `{stakes.actor}` are shares of 1, because not all of them are plain numbers"
        cure = "write shares such as `0.4..0.6`, or a plain number for every stake"
        yield error(CODE, headline, large.span or row.span, "above 1", help=cure)
