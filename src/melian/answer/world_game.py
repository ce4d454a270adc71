"""One world of a case as an extensive game: what its actors would face if that world's numbers were known to be true.

Factors become moves of chance, choices moves of their actors, and what a choice sees its information sets. Variables
move in an order in which parents come first, the choices in the order of the case. Left out is what bears on no stake,
no choice and not on the event; states of chance 0, which no play can reach; and the evidence, which is the analyst's:
it changes what the analyst believes, not what the actors do.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.world_numbers import Numbers, folded_numbers, plain_numbers, seen_of
from melian.errors import AskError, PlanError
from melian.exchange.draft import Draft
from melian.exchange.game import Game
from melian.exchange.limits import MAX_DEPTH, MAX_NODES
from melian.model.diagram import Decision, Model

Floats = NDArray[np.float64]

# Numbers are written in decimals, so that 0.3 is 3/10; a chance this small makes no difference, but its file is long.
CHANCE_DECIMALS: Final = Decimal("1e-30")
PAYOFF_DECIMALS: Final = 15
_EXACT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class WorldGame:
    """A game, and what of the case is not in it.

    Attributes
    ----------
    precision : of each actor in that world, by its name in the case.
    left_out : factors that bear on no stake, no choice and not on the event.
    folded : factors that are summed out.
    replaced : (actor, factor) of beliefs in whose place the analyst's chances stand.
    impossible : (factor, state) that has no chance in some situation and is left out there.
    """

    game: Game
    precision: Mapping[str, float]
    left_out: tuple[str, ...]
    folded: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    impossible: tuple[tuple[str, str], ...]


def game_of_world(
    model: Model, theta: Floats, *, scaled: bool = False, common_prior: bool = False, folded: bool = False
) -> WorldGame:
    """Game of one world.

    Parameters
    ----------
    theta : [P] parameters of the world.
    scaled : whether each actor's payoffs are multiplied by its precision, so that logit play at precision 1 in the game
        is that of the case; else payoffs are utilities, 0 to 1.
    common_prior : whether the analyst's chances may stand for actors who see a factor otherwise.
    folded : whether factors that no choice sees are summed out, so that they take no moves; the play is the same.

    Raises
    ------
    AskError
        If the case has no choice.
    PlanError
        `game-own-beliefs` where actors see factors otherwise, `game-too-many-nodes` where the tree would be too large.
    """
    if not model.decisions:
        raise AskError("the case has no choice, so there is no game to write", ["add a choice, with its actor"])
    order = _moves(model)
    kept = set(order)
    replaced = tuple(
        (model.actors[actor], model.variables[factor].name)
        for actor, factor in sorted(model.beliefs)
        if factor in kept and any(decision.actor == actor for decision in model.decisions)
    )
    if replaced and not common_prior:
        raise _own_beliefs(replaced)
    if model.minds.hidden and not common_prior:
        raise _hidden_minds(model)
    moving = seen_of(model, order) if folded else order
    _refuse_if_too_large(model, moving, folded=folded)
    numbers = (folded_numbers if folded else plain_numbers)(model, theta, order)
    precision = {name: float(theta[model.precision[actor]]) for actor, name in enumerate(model.actors)}
    writer = _Writer(model, numbers, precision, scaled)
    game = writer.game()
    return WorldGame(
        game=game,
        precision=precision,
        left_out=tuple(variable.name for variable in model.variables if variable.index not in kept),
        folded=tuple(model.variables[variable].name for variable in order if variable not in numbers.order),
        replaced=replaced,
        impossible=tuple(sorted(writer.impossible)),
    )


def _moves(model: Model) -> list[int]:
    """Variables that matter, in an order in which what each depends on comes first."""
    wanted = [decision.variable for decision in model.decisions]
    wanted += [axis for utility in model.utilities for axis in utility.axes]
    order: dict[int, None] = {}
    ahead = deque([*wanted, *model.event.axes])
    while ahead:
        variable = ahead.popleft()
        missing = [parent for parent in model.parents(variable) if parent not in order]
        if missing and variable not in order:
            ahead.extendleft([variable, *reversed(missing)])  # parents first, then this one again
        else:
            order[variable] = None
    return list(order)


def _own_beliefs(replaced: Sequence[tuple[str, str]]) -> PlanError:
    actor, factor = replaced[0]
    others = f", and {len(replaced) - 1} more" if len(replaced) > 1 else ""
    message = f"`{actor}` sees `{factor}` otherwise than the analyst{others}; a game has one chance for all its players"
    note = "--common-prior writes the analyst's chances for everybody: another game, whose players play otherwise"
    return PlanError(message, [note], code="game-own-beliefs", nodes=[factor for _, factor in replaced])


def _hidden_minds(model: Model) -> PlanError:
    observer, owner = (model.actors[actor] for actor in min(model.minds.hidden))
    message = f"`{observer}` knows only the chances of what `{owner}` weighs; in one world as a game everybody knows it"
    note = "--common-prior writes the game in which all know what this world holds: another game, played otherwise"
    return PlanError(message, [note], code="game-own-beliefs", nodes=[])


def _refuse_if_too_large(model: Model, order: Sequence[int], *, folded: bool) -> None:
    """Refuse a tree beyond bounds before it is built."""
    ways = [model.variables[variable].n_states for variable in order]
    n_nodes = sum(prod(ways[:depth]) for depth in range(len(ways) + 1))
    if n_nodes <= MAX_NODES and len(order) < MAX_DEPTH:
        return
    widest = sorted(order, key=lambda variable: -model.variables[variable].n_states)
    names = [model.variables[variable].name for variable in widest]
    shown = f"{n_nodes:,}" if n_nodes < 10**15 else f"{n_nodes:.0e}"
    message = f"the game tree would have {shown} nodes, more than {MAX_NODES:,}"
    notes = [f"it has a branch for every combination of states of {len(order)} factors and choices"]
    if not folded:
        notes.append(
            "--fold sums out the factors that no choice sees, so that they take no moves; the play is the same"
        )
    raise PlanError(message, notes, code="game-too-many-nodes", nodes=names)


@dataclass(slots=True)
class _Writer:
    """Builds the tree in prefix order; places and outcomes are made when they are first met."""

    model: Model
    numbers: Numbers
    precision: Mapping[str, float]
    scaled: bool
    draft: Draft = field(init=False)
    impossible: set[tuple[str, str]] = field(default_factory=set)
    places: dict[tuple[int, tuple[int, ...]], tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    outcomes: dict[tuple[Fraction, ...], int] = field(default_factory=dict)

    def game(self) -> Game:
        """Whole tree."""
        case, order = self.model.case, self.numbers.order
        labels = tuple(_called(name, case.actor(name).label) for name in self.model.actors)
        self.draft = Draft(case.title or case.name, self._comment(), labels)
        decisions = {decision.variable: decision for decision in self.model.decisions}
        states = [0] * len(self.model.variables)
        waiting: list[tuple[int, int]] = [(0, 0)]  # (moves made, state of the last one), the next one last
        while waiting:
            made, state = waiting.pop()
            if made:
                states[order[made - 1]] = state
            if made == len(order):
                self.draft.add("", None, self._outcome(states))
                continue
            decision = decisions.get(order[made])
            place, possible = self._information_set(decision, states) if decision else self._event(order[made], states)
            self.draft.add("", place, None)
            waiting += [(made + 1, state) for state in reversed(possible)]
        return self.draft.freeze()

    def _comment(self) -> str:
        names = ", ".join(f"{name} {precision:.17g}" for name, precision in self.precision.items())
        payoffs = "utilities times precision" if self.scaled else "utilities, 0 to 1"
        return f"One world of the case {self.model.case.name}. Payoffs are {payoffs}. Precision of the actors: {names}."

    def _information_set(self, decision: Decision, states: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Place of a choice in what is seen, and the options that are open there."""
        variable, seen = decision.variable, tuple(states[axis] for axis in decision.sees)
        if (variable, seen) not in self.places:
            options = tuple(np.flatnonzero(decision.options.of(states)).tolist())
            label = self._situation(variable, decision.sees, seen)
            place = self.draft.information_set(decision.actor, label, self._labels(variable, options))
            self.places[variable, seen] = place, options
        return self.places[variable, seen]

    def _event(self, variable: int, states: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Place of a factor given what its chances depend on, and the states that have a chance there."""
        lots = self.numbers.lots[variable]
        axes = lots.axes[:-1]
        given = tuple(states[axis] for axis in axes)
        if (variable, given) not in self.places:
            row = _exact_row(lots.array[given])
            possible = tuple(state for state, chance in enumerate(row) if chance)
            self._note_impossible(variable, possible)
            label = self._situation(variable, axes, given)
            chances = tuple(row[state] for state in possible)
            place = self.draft.event(label, self._labels(variable, possible), chances)
            self.places[variable, given] = place, possible
        return self.places[variable, given]

    def _note_impossible(self, variable: int, possible: tuple[int, ...]) -> None:
        name, names = self.model.variables[variable].name, self.model.variables[variable].states
        self.impossible |= {(name, names[state]) for state in range(len(names)) if state not in possible}

    def _situation(self, variable: int, axes: Sequence[int], states: Sequence[int]) -> str:
        """Label of a place, in the names of the case."""
        variables = self.model.variables
        given = ", ".join(f"{variables[a].name}={variables[a].states[s]}" for a, s in zip(axes, states, strict=True))
        return f"{variables[variable].name} ({given})" if given else variables[variable].name

    def _labels(self, variable: int, states: Sequence[int]) -> tuple[str, ...]:
        node = self.model.case.nodes[self.model.variables[variable].name]
        return tuple(_called(node.states[state].name, node.states[state].label) for state in states)

    def _outcome(self, states: Sequence[int]) -> int:
        paid = tuple(self._paid(actor, states) for actor in range(len(self.model.actors)))
        if paid not in self.outcomes:
            self.outcomes[paid] = self.draft.outcome(str(len(self.outcomes) + 1), paid)
        return self.outcomes[paid]

    def _paid(self, actor: int, states: Sequence[int]) -> Fraction:
        """Payoff as the shortest decimal within the last digit that it is good for."""
        cells = self.numbers.worths[actor]
        utility = sum(float(part.array[tuple(states[axis] for axis in part.axes)]) for part in cells)
        scale = self.precision[self.model.actors[actor]] if self.scaled else 1.0
        return Fraction(repr(round(scale * utility, PAYOFF_DECIMALS)))


def _called(name: str, label: str) -> str:
    """What people call something where they have said so, else its name as it stands in the case."""
    return name if label == name.replace("_", " ") else label


def _exact_row(row: Floats) -> tuple[Fraction, ...]:
    """Chances as decimals that sum to exactly 1; the largest one takes what rounding leaves."""
    exact = [
        Fraction(max(Decimal(repr(chance)).quantize(CHANCE_DECIMALS, context=_EXACT), CHANCE_DECIMALS))
        if chance > 0
        else Fraction(0)
        for chance in row.tolist()
    ]
    largest = exact.index(max(exact))
    exact[largest] += 1 - sum(exact)
    return tuple(exact)
