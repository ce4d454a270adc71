"""One world as an extensive game: Gambit's file format, and what its solver says, by choice and situation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from typing import Any

import pygambit

from melian.model.diagram import Decision, Model
from melian.solve.exact import Rule
from tests.oracle.world import Floats, chances, worth

NEAR = 10**12  # denominators of chances that are no plain decimals; an error of 1e-12 in a chance


@dataclass
class Tree:
    """One world's game tree: nodes in an order in which whatever is known or influences comes first.

    Attributes
    ----------
    precision : common precision that payoffs are scaled to; Gambit has one for all players.
    """

    model: Model
    theta: Floats
    precision: float
    lines: list[str] = field(default_factory=list)
    infosets: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)
    chance_nodes: int = 0
    outcomes: int = 0

    def __post_init__(self) -> None:
        self.order = in_time(self.model)
        self.actors = sorted({decision.actor for decision in self.model.decisions})
        self.tables = {variable: chances(self.model, self.theta, variable) for variable in self.model.tables}
        self.payoffs = {actor: worth(self.model, self.theta, actor) for actor in self.actors}

    def text(self) -> str:
        """The game in Gambit's .efg format."""
        players = " ".join(f'"{actor}"' for actor in self.actors)
        self.lines = [f'EFG 2 R "game" {{ {players} }}', '""']
        self.write({})
        return "\n".join(self.lines) + "\n"

    def write(self, states: dict[int, int]) -> None:
        """The node reached by some states, and all below it."""
        if len(states) == len(self.order):
            self.outcomes += 1
            self.lines.append(f't "" {self.outcomes} "" {{ {", ".join(self.paid(states))} }}')
            return
        variable = self.order[len(states)]
        decision = next((d for d in self.model.decisions if d.variable == variable), None)
        if decision is None:
            self.chance_nodes += 1
            moves = " ".join(f'"{state}" {share}' for state, share in enumerate(self.shares(variable, states)))
            self.lines.append(f'c "" {self.chance_nodes} "" {{ {moves} }} 0')
        else:
            seen = tuple(states[node] for node in decision.sees)
            moves = " ".join(f'"{option}"' for option in self.open(variable, states))
            number = self.infoset(decision.actor, variable, seen)
            self.lines.append(f'p "" {self.actors.index(decision.actor) + 1} {number} "" {{ {moves} }} 0')
        for state in self.open(variable, states):
            self.write(states | {variable: state})

    def open(self, variable: int, states: dict[int, int]) -> list[int]:
        """States that a variable has a branch for: of a choice the options that are open."""
        decision = next((d for d in self.model.decisions if d.variable == variable), None)
        every = range(self.model.variables[variable].n_states)
        if decision is None:
            return list(every)
        table = decision.options
        return [o for o in every if table.is_open[tuple((states | {variable: o})[axis] for axis in table.axes)]]

    def infoset(self, actor: int, variable: int, seen: tuple[int, ...]) -> int:
        """Number of an information set among those of its player, from 1 in the order in which they are met."""
        owner = {d.variable: d.actor for d in self.model.decisions}
        own = [key for key in self.infosets if owner[key[0]] == actor]
        return self.infosets.setdefault((variable, seen), len(own) + 1)

    def shares(self, variable: int, states: dict[int, int]) -> list[Fraction]:
        """Chances as fractions that sum to 1 exactly."""
        row = self.at(self.tables[variable], states, variable)
        found = [Fraction(share).limit_denominator(NEAR) for share in row[:-1]]
        return [*found, 1 - sum(found)]

    def paid(self, states: dict[int, int]) -> Iterator[str]:
        """Payoffs of the players, each scaled by its precision over the common one."""
        for actor in self.actors:
            scale = float(self.theta[self.model.precision[actor]]) / self.precision
            yield repr(float(self.at(self.payoffs[actor], states)) * scale)

    def at(self, array: Floats, states: dict[int, int], free: int | None = None) -> Any:
        """A cell of an array with an axis a variable, or a row of it along a free axis."""
        return array[
            tuple(
                slice(None) if axis == free else states.get(axis, 0) if length > 1 else 0
                for axis, length in enumerate(array.shape)
            )
        ]


def in_time(model: Model) -> list[int]:
    """Variables in an order in which parents come first, and choices as soon as what they see is there."""
    order: list[int] = []

    def place(variable: int) -> None:
        for parent in model.parents(variable):
            place(parent)
        if variable not in order:
            order.append(variable)

    for decision in model.decisions:
        place(decision.variable)
    for variable in model.variables:
        place(variable.index)
    return order


def gambit_rules(model: Model, theta: Floats, precision: float) -> tuple[dict[int, Rule], float]:
    """Agent logit equilibrium by Gambit on the principal branch, and the precision that it holds for."""
    tree = Tree(model, theta, precision)
    game = pygambit.read_efg(BytesIO(tree.text().encode()))
    point = pygambit.qre.logit_solve_lambda(game, precision)[0]
    rules: dict[int, Rule] = {decision.variable: {} for decision in model.decisions}
    place = 0
    for actor in tree.actors:
        own = {key: number for key, number in tree.infosets.items() if owner_of(model, key[0]) == actor}
        for variable, seen in sorted(own, key=own.__getitem__):
            is_open = tree.open(variable, dict(zip(decision_of(model, variable).sees, seen, strict=True)))
            rule = [0.0] * model.variables[variable].n_states
            for option in is_open:
                rule[option] = point[place]
                place += 1
            rules[variable][seen] = rule
    return rules, point.lam


def decision_of(model: Model, variable: int) -> Decision:
    return next(decision for decision in model.decisions if decision.variable == variable)


def owner_of(model: Model, variable: int) -> int:
    return decision_of(model, variable).actor


def backward_induction(model: Model, theta: Floats) -> dict[int, Rule]:
    """Subgame-perfect play where every choice sees all before it; ties are split evenly."""
    tree = Tree(model, theta, 1.0)
    rules: dict[int, Rule] = {decision.variable: {} for decision in model.decisions}

    def value(states: dict[int, int]) -> list[float]:
        if len(states) == len(tree.order):
            return [float(tree.at(tree.payoffs[actor], states)) for actor in tree.actors]
        variable = tree.order[len(states)]
        is_open = tree.open(variable, states)
        ahead = [value(states | {variable: state}) for state in is_open]
        decision = next((d for d in model.decisions if d.variable == variable), None)
        if decision is None:
            weights: Sequence[float] = tree.at(tree.tables[variable], states, variable)
        else:
            own = [worths[tree.actors.index(decision.actor)] for worths in ahead]
            best = [float(one >= max(own) - 1e-12) for one in own]
            weights = [one / sum(best) for one in best]
            rule = [0.0] * model.variables[variable].n_states
            for option, weight in zip(is_open, weights, strict=True):
                rule[option] = weight
            rules[variable][tuple(states[node] for node in decision.sees)] = rule
        return [
            sum(w * worths[actor] for w, worths in zip(weights, ahead, strict=True))
            for actor in range(len(tree.actors))
        ]

    value({})
    return rules
