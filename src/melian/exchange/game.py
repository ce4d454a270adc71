"""Games as Gambit's files hold them: trees and tables of exact numbers.

Everything is frozen and knows no file. Information sets are numbered as Gambit numbers them: for each player from 1, in
the order in which a walk of the tree from the root, first branch first, meets them.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Kind = Literal["chance", "player", "end"]

NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each player gets where it stands; several nodes may share one.

    Attributes
    ----------
    payoffs : one for each player, exact; they add up along a path.
    """

    label: str
    payoffs: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class InformationSet:
    """Nodes that their player cannot tell apart.

    Attributes
    ----------
    player : index of the player, from 0.
    number : as Gambit numbers it, from 1 for each player.
    actions : labels in order; they may repeat or be empty, as in the file.
    members : indices of nodes, rising.
    """

    player: int
    number: int
    label: str
    actions: tuple[str, ...]
    members: tuple[int, ...]

    @property
    def id(self) -> str:
        """`PLAYER:NUMBER`, both from 1."""
        return f"{self.player + 1}:{self.number}"


@dataclass(frozen=True, slots=True)
class Event:
    """Nodes where chance moves, by one and the same lot.

    Attributes
    ----------
    number : from 1, in the order in which the tree meets them.
    chances : exact, in [0, 1]; they sum to 1.
    members : indices of nodes, rising.
    """

    number: int
    label: str
    actions: tuple[str, ...]
    chances: tuple[Fraction, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A point of the game.

    Attributes
    ----------
    place : index among the game's information sets or events; `NOBODY` where the game ends.
    children : indices of nodes, one for each action, in order.
    outcome : index among the game's outcomes, or None; inner nodes may have one too.
    """

    label: str
    kind: Kind
    place: int
    children: tuple[int, ...]
    outcome: int | None


@dataclass(frozen=True, slots=True)
class Game:
    """An extensive game.

    Attributes
    ----------
    players : their labels, in order.
    nodes : the tree in prefix order: the root first, then the subtree of its first action, and so on.
    information_sets : by player, then by number.
    events : by number.
    outcomes : in the order in which the tree meets them.
    """

    title: str
    comment: str
    players: tuple[str, ...]
    nodes: tuple[Node, ...]
    information_sets: tuple[InformationSet, ...]
    events: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def has_perfect_information(self) -> bool:
        """Whether every player always knows where in the tree it is."""
        return all(len(place.members) == 1 for place in self.information_sets)

    def actions_at(self, node: Node) -> tuple[str, ...]:
        """Labels of what can be done at a node; none where the game ends."""
        if node.kind == "player":
            return self.information_sets[node.place].actions
        return self.events[node.place].actions if node.kind == "chance" else ()


@dataclass(frozen=True, slots=True)
class Table:
    """A game in which every player picks one strategy, unseen by the others.

    Attributes
    ----------
    strategies : labels for each player.
    outcomes : those of the file, or one for each cell.
    cells : index among the outcomes for each combination of strategies, or None; the first player's strategy moves
        fastest.
    """

    title: str
    comment: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    outcomes: tuple[Outcome, ...]
    cells: tuple[int | None, ...]


def told_apart(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of which no two are equal and none is empty, numbered as Gambit 17 numbers them.

    A label that occurs once stays. Where one repeats, or is empty, each occurrence gets `_1`, `_2` and so on, leaving
    out what is taken.

    >>> told_apart(("left", "right", "left", ""))
    ('left_1', 'right', 'left_2', '_1')
    """
    occurrences = Counter(labels)
    taken = set(labels)
    last: dict[str, int] = {}
    apart = []
    for label in labels:
        if label and occurrences[label] == 1:
            apart.append(label)
            continue
        number = last.get(label, 0) + 1
        while f"{label}_{number}" in taken:
            number += 1
        last[label] = number
        apart.append(f"{label}_{number}")
        taken.add(apart[-1])
    return tuple(apart)
