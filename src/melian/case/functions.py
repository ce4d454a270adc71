"""Tables by a function of other nodes: what people would else write as hundreds of rules.

A function takes in its parts one after the other, whatever the order: causes that each may bring a state about by
themselves, conditions, votes, states of which the highest or lowest counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, get_args

from melian.source.text import Span

if TYPE_CHECKING:
    from melian.case.case import Condition, Name, Row, Rule, Test

NoisyKind = Literal["noisy_or", "noisy_and", "noisy_max", "noisy_min"]
Relation = Literal["more than", "at least", "less than", "at most", "exactly"]
KINDS: Final = (*get_args(NoisyKind), "any", "all", "vote", "sum", "max", "min")
OF_TWO: Final = ("noisy_or", "noisy_and")  # functions of two states: it happens or it does not
HIGHEST: Final = ("noisy_or", "noisy_max", "any", "max")  # of what all parts come to, the highest counts


@dataclass(frozen=True, slots=True)
class Noisy:
    """Causes of which each leads to some state by itself; the highest or the lowest of these states comes about.

    Attributes
    ----------
    rules : what each cause leads to where its tests hold and, if it is said, where they do not.
    leak : what comes about whatever the causes.
    """

    kind: NoisyKind
    given: "tuple[Name, ...]"
    rules: "tuple[Rule[Row], ...]"
    leak: "Row | None"
    span: Span = field(compare=False, repr=False)

    def tests(self) -> "Iterator[Test]":
        """Every test in it."""
        return (test for rule in self.rules for test in rule.when)

    def rows(self) -> "Iterator[Row]":
        """Every row of chances in it."""
        for rule in self.rules:
            yield rule.outcome
            if rule.otherwise is not None:
                yield rule.otherwise
        if self.leak is not None:
            yield self.leak


@dataclass(frozen=True, slots=True)
class Conditional:
    """One of two states for certain, by whether all or any of some conditions hold."""

    kind: Literal["any", "all"]
    given: "tuple[Name, ...]"
    conditions: "tuple[Condition, ...]"
    then: "Name"
    span: Span = field(compare=False, repr=False)

    def tests(self) -> "Iterator[Test]":
        """Every test in it."""
        return (test for condition in self.conditions for test in condition.tests())

    def rows(self) -> "Iterator[Row]":
        """Every row of chances in it: none."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Threshold:
    """The sums for which a state comes about; `is_share` where the bound is a share of the sum of all votes."""

    state: "Name"
    relation: Relation
    bound: Fraction
    is_share: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum of what counts where tests hold, and the state that it leads to: the first whose threshold is met.

    Attributes
    ----------
    addends : what each adds where its tests hold.
    then : thresholds in order; the one state that has none takes all other sums.
    """

    kind: Literal["vote", "sum"]
    given: "tuple[Name, ...]"
    addends: "tuple[Rule[Fraction], ...]"
    then: tuple[Threshold, ...]
    span: Span = field(compare=False, repr=False)

    def tests(self) -> "Iterator[Test]":
        """Every test in it."""
        return (test for rule in self.addends for test in rule.when)

    def rows(self) -> "Iterator[Row]":
        """Every row of chances in it: none."""
        return iter(())

    def bound(self, threshold: Threshold) -> Fraction:
        """Return the sum at which a threshold lies."""
        whole = sum((rule.outcome for rule in self.addends), Fraction(0))
        return threshold.bound * whole if threshold.is_share else threshold.bound


@dataclass(frozen=True, slots=True)
class Extreme:
    """The highest or the lowest of the states of some nodes, in the order of the factor's own."""

    kind: Literal["max", "min"]
    given: "tuple[Name, ...]"
    span: Span = field(compare=False, repr=False)

    def tests(self) -> "Iterator[Test]":
        """Every test in it: none."""
        return iter(())

    def rows(self) -> "Iterator[Row]":
        """Every row of chances in it: none."""
        return iter(())


Function = Noisy | Conditional | Tally | Extreme


def meets(total: Fraction, relation: Relation, bound: Fraction) -> bool:
    """Whether a sum meets a threshold."""
    return {
        "more than": total > bound,
        "at least": total >= bound,
        "less than": total < bound,
        "at most": total <= bound,
        "exactly": total == bound,
    }[relation]
