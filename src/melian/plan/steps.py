"""The instruction set of a plan: a handful of frozen steps, each of which fills one register.

A register is an array over some variables' states with the worlds as its last axis; its axes are in rising order of
variable index. Steps refer to registers by number; a plan is a list of steps in an order in which every operand comes
first.
"""

from dataclasses import dataclass

Axes = tuple[int, ...]
Register = int
Registers = tuple[Register, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """Chances of a factor, by the analyst's table (actor None) or by an actor's belief."""

    variable: int
    actor: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """One of the tables that a factor's function is taken apart into, by its place among the program's links."""

    link: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """One for a state of a variable and zero for the others, in every world: an intervention or a hard finding."""

    variable: int
    state: int


@dataclass(frozen=True, slots=True)
class Among:
    """One for some states of a variable and zero for the others, in every world: it was seen to be one of them."""

    variable: int
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Average:
    """Rule of a choice on average over the minds that its actor may have, as those see it who cannot read them."""

    variable: int


@dataclass(frozen=True, slots=True)
class Value:
    """Values of a stake, by its place among the model's utilities."""

    utility: int


@dataclass(frozen=True, slots=True)
class Witness:
    """Likelihood of the reports of one origin, by its place in the model's evidence."""

    origin: int


@dataclass(frozen=True, slots=True)
class Event:
    """Indicator of the event over its variables and its own axis (does not hold, holds)."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A register where a variable is in one state: it lacks that axis, and is read where it stands."""

    operand: Register
    variable: int
    state: int


@dataclass(frozen=True, slots=True)
class Product:
    """Product of two registers, summed over every axis that is not kept.

    Attributes
    ----------
    within : register in whose cells alone it is wanted; None where everywhere.
    """

    left: Register
    right: Register
    axes: Axes
    within: Register | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A register summed over every axis that is not kept; `within` as for a product."""

    operand: Register
    axes: Axes
    within: Register | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One stake in an expected utility: its expectation, over the chance of what is known where that is not 1."""

    utility: int
    expectation: Register
    reach: Register | None


@dataclass(frozen=True, slots=True)
class Respond:
    """Rule of a choice: the logit (or best) response to weighted expected utilities."""

    variable: int
    actor: int
    terms: tuple[Term, ...]
    axes: Axes


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How an actor weighs the options of a choice, situation by situation.

    Attributes
    ----------
    rule : register of the solved rule.
    terms : its stakes that the choice can change, as it expects them.
    situations : register over what it sees and can make use of: the analyst's chance of each with the evidence.
    """

    rule: Register
    terms: tuple[Term, ...]
    situations: Register

    @property
    def registers(self) -> tuple[Register, ...]:
        """Registers that are read after a block has run."""
        terms = (register for term in self.terms for register in (term.expectation, term.reach))
        return (self.rule, self.situations, *(register for register in terms if register is not None))


@dataclass(frozen=True, slots=True)
class Guess:
    """Rule of a choice that is solved together with others: tried until it answers itself, then it is the rule."""

    variable: int
    axes: Axes


@dataclass(frozen=True, slots=True)
class Settle:
    """Solve the choices of a component together: find guesses that their answers return.

    Attributes
    ----------
    guesses : registers of the rules tried.
    answers : registers of the responses to them, one for each guess; the steps from the first guess to here are tried
        anew with every guess.
    worth : where all choices are one rational actor's, its stakes with the registers of what each is worth under the
        guesses, so that the best rules can be told from others that answer each other; else empty.
    """

    guesses: tuple[Register, ...]
    answers: tuple[Register, ...]
    worth: tuple[tuple[int, Register], ...] = ()


Table = Chance | Linked | Fixed | Among | Average | Value | Witness | Event
Step = Table | Pick | Product | Total | Respond | Guess | Settle


def operands_of(step: Step) -> tuple[Register, ...]:
    """Registers that a step reads."""
    match step:
        case Product(left, right, _, _):
            return (left, right)
        case Total(operand, _, _) | Pick(operand, _, _):
            return (operand,)
        case Respond(_, _, terms, _):
            reaches = tuple(term.reach for term in terms if term.reach is not None)
            return (*(term.expectation for term in terms), *reaches)
        case Settle(guesses, answers, worth):
            return (*guesses, *answers, *(register for _, register in worth))
        case _:
            return ()
