"""A game in the making: nodes are added in prefix order, and what they belong to is numbered as they are met."""

from dataclasses import dataclass, field
from fractions import Fraction

from melian.exchange.game import NOBODY, Event, Game, InformationSet, Kind, Node, Outcome


@dataclass(slots=True)
class _Place:
    """An information set (by its player) or an event (by its chances) and the nodes met so far."""

    player: int
    label: str
    actions: tuple[str, ...]
    chances: tuple[Fraction, ...]
    members: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    label: str
    kind: Kind
    place: int
    outcome: int | None
    depth: int
    children: list[int] = field(default_factory=list)


class Draft:
    """Builds a `Game` node by node.

    Places (information sets and events) and outcomes are made first and named by the index that making them returns.
    Then each node is added right after its parent or after the subtree of the branch before it, as in Gambit's files.
    """

    def __init__(self, title: str, comment: str, players: tuple[str, ...]) -> None:
        self._head = (title, comment, players)
        self._places: list[_Place] = []
        self._outcomes: list[Outcome] = []
        self._nodes: list[_Node] = []
        self._open: list[tuple[int, int]] = []  # (node, branches still to come), the root first

    @property
    def n_nodes(self) -> int:
        """Nodes so far."""
        return len(self._nodes)

    @property
    def depth(self) -> int:
        """Nodes above the one that would come next."""
        return self._nodes[self._open[-1][0]].depth + 1 if self._open else 0

    @property
    def n_waiting(self) -> int:
        """Nodes that wait for the next branch."""
        return len(self._open)

    @property
    def is_complete(self) -> bool:
        """Whether every branch has led to an end."""
        return bool(self._nodes) and not self._open

    def information_set(self, player: int, label: str, actions: tuple[str, ...]) -> int:
        """Make a place where a player moves."""
        self._places.append(_Place(player, label, actions, ()))
        return len(self._places) - 1

    def event(self, label: str, actions: tuple[str, ...], chances: tuple[Fraction, ...]) -> int:
        """Make a place where chance moves."""
        self._places.append(_Place(NOBODY, label, actions, chances))
        return len(self._places) - 1

    def outcome(self, label: str, payoffs: tuple[Fraction, ...]) -> int:
        """Make an outcome."""
        self._outcomes.append(Outcome(label, payoffs))
        return len(self._outcomes) - 1

    def add(self, label: str, place: int | None, outcome: int | None) -> None:
        """Add the next node: a move at a place, or an end where `place` is None."""
        if self.is_complete:
            raise ValueError("add(): every branch has led to an end")
        number, depth = len(self._nodes), self.depth
        if self._open:
            self._attach(number)
        if place is None:
            self._nodes.append(_Node(label, "end", NOBODY, outcome, depth))
            return
        where = self._places[place]
        where.members.append(number)
        self._nodes.append(_Node(label, "chance" if where.player == NOBODY else "player", place, outcome, depth))
        self._open.append((number, len(where.actions)))

    def _attach(self, child: int) -> None:
        """Hang a node on the innermost branch that waits for one."""
        parent, left = self._open.pop()
        self._nodes[parent].children.append(child)
        if left > 1:
            self._open.append((parent, left - 1))

    def freeze(self) -> Game:
        """Return the finished game; places and outcomes that no node uses are left out."""
        if not self.is_complete:
            raise ValueError("freeze(): a branch has not led to an end")
        index, sets, events = self._numbered()
        used = list(dict.fromkeys(node.outcome for node in self._nodes if node.outcome is not None))
        outcome_index = {old: new for new, old in enumerate(used)}
        nodes = tuple(
            Node(
                node.label,
                node.kind,
                NOBODY if node.kind == "end" else index[node.place],
                tuple(node.children),
                None if node.outcome is None else outcome_index[node.outcome],
            )
            for node in self._nodes
        )
        return Game(*self._head, nodes, sets, events, tuple(self._outcomes[old] for old in used))

    def _numbered(self) -> tuple[dict[int, int], tuple[InformationSet, ...], tuple[Event, ...]]:
        """Places in their final order, and where each went."""
        met = sorted((place for place in range(len(self._places)) if self._places[place].members), key=self._first)
        index: dict[int, int] = {}
        events: list[Event] = []
        for old in (old for old in met if self._places[old].player == NOBODY):
            place = self._places[old]
            index[old] = len(events)
            events.append(Event(len(events) + 1, place.label, place.actions, place.chances, tuple(place.members)))
        sets: list[InformationSet] = []
        for player in range(len(self._head[2])):
            for number, old in enumerate((old for old in met if self._places[old].player == player), 1):
                place = self._places[old]
                index[old] = len(sets)
                sets.append(InformationSet(player, number, place.label, place.actions, tuple(place.members)))
        return index, tuple(sets), tuple(events)

    def _first(self, place: int) -> int:
        """Node at which the tree meets a place."""
        return self._places[place].members[0]
