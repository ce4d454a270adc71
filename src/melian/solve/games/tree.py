"""A game laid out in arrays, so that every pass over its tree is a handful of array operations a level.

Nodes stand in breadth-first order: the children of a node are neighbours, and so are the nodes of a level. Branches
that are no choice (those of chance, and of sets with one action) are `lots`; the rest are `actions`, set by set.
Payoffs are summed along each path and brought to [0, 1] for each player, exactly, before anything is rounded: a common
offset of a million would otherwise cost six digits of every comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.errors import PlanError
from melian.exchange.game import Game
from melian.exchange.numbers import MAX_BITS

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

NONE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Nodes equally far from the root, and how they hang on the level above.

    Attributes
    ----------
    start, stop : range of nodes.
    parents : nodes of the level above that have children.
    firsts : for each of them, its first child, counted from `start`.
    """

    start: int
    stop: int
    parents: Ints
    firsts: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Letters: N nodes, P players, L lots, A actions of sets with a choice, S such sets, M their members, Q pairs.

    Attributes
    ----------
    levels : below the root, from the top.
    parent : [N] node above; 0 for the root.
    slot : [N] branch that leads to a node: an action below A, else A + lot.
    lots : [L] chance of each lot; the last one is 1, for what is no choice.
    void : [N] branches of chance 0 on the way to a node.
    payoffs : [P, N] at ends, 0 to 1 over the player's range; 0 at other nodes.
    ranges : [P] from each player's lowest to its highest payoff, in the units of the file.
    lowest : [P] lowest payoff, in the units of the file.
    sets : [S] index among the game's information sets.
    first_action, first_member : [S] where the actions and members of a set begin.
    set_of_action, set_of_member : [A], [M].
    player : [A] who picks the action.
    member : [M] node.
    is_live : [M] whether the member counts for what its player believes: no chance of 0 leads to it.
    is_reached : [S] whether some member is live; elsewhere beliefs are uniform.
    pair_action, pair_member, pair_child : [Q] each action at each member, and where it leads, member by member.
    first_pair : [M + 1] where the pairs of a member begin.
    above : [N] innermost pair on the way to a node, or `NONE`.
    """

    levels: tuple[Level, ...]
    parent: Ints
    slot: Ints
    lots: Floats
    void: Ints
    payoffs: Floats
    ranges: Floats
    lowest: Floats
    sets: Ints
    first_action: Ints
    first_member: Ints
    set_of_action: Ints
    set_of_member: Ints
    player: Ints
    member: Ints
    is_live: Flags
    is_reached: Flags
    pair_action: Ints
    pair_member: Ints
    pair_child: Ints
    first_pair: Ints
    above: Ints

    @property
    def n_actions(self) -> int:
        """Actions that somebody chooses among."""
        return len(self.set_of_action)


def lay_out(game: Game) -> Tree:
    """Arrays of a game.

    Raises
    ------
    PlanError
        `game-too-costly` where payoffs along a path cannot be added exactly within bounds.
    """
    order = _breadth_first(game)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    levels, parent = _levels(game, order, place)
    choices = [at for at, found in enumerate(game.information_sets) if len(found.actions) > 1]
    first_action = _offsets([len(game.information_sets[at].actions) for at in choices])
    first_member = _offsets([len(game.information_sets[at].members) for at in choices])
    slot, lots = _branches(game, order, place, dict(zip(choices, first_action.tolist(), strict=False)))
    void = _void(levels, parent, slot, lots, first_action[-1])
    member = np.array([place[node] for at in choices for node in game.information_sets[at].members], dtype=np.intp)
    sizes = np.diff(first_action)
    set_of_member = np.repeat(np.arange(len(choices)), np.diff(first_member))
    is_open = void[member] == 0
    is_reached = np.zeros(len(choices), dtype=np.bool_)
    is_reached[set_of_member[is_open]] = True
    first_pair = _offsets(sizes[set_of_member].tolist())
    pair_member = np.repeat(np.arange(len(member)), sizes[set_of_member])
    within = np.arange(len(pair_member)) - first_pair[pair_member]
    first_child = np.array([place[game.nodes[node].children[0]] if game.nodes[node].children else 0 for node in order])
    payoffs, ranges, lowest = _payoffs(game, order)
    return Tree(
        levels=levels,
        parent=parent,
        slot=slot,
        lots=lots,
        void=void,
        payoffs=payoffs,
        ranges=ranges,
        lowest=lowest,
        sets=np.array(choices, dtype=np.intp),
        first_action=first_action[:-1],
        first_member=first_member[:-1],
        set_of_action=np.repeat(np.arange(len(choices)), sizes),
        set_of_member=set_of_member,
        player=np.repeat(np.array([game.information_sets[at].player for at in choices], dtype=np.intp), sizes),
        member=member,
        is_live=is_open | ~is_reached[set_of_member],
        is_reached=is_reached,
        pair_action=first_action[set_of_member[pair_member]] + within,
        pair_member=pair_member,
        pair_child=first_child[member[pair_member]] + within,
        first_pair=first_pair,
        above=_above(len(order), levels, parent, member, first_pair),
    )


def ancestors(tree: Tree) -> tuple[Ints, Ints]:
    """Every member with each pair on the way to it: (pair, member), the innermost pairs first."""
    found_pairs, found_members = [], []
    members = np.arange(len(tree.member))
    pairs = tree.above[tree.member]
    while (kept := pairs != NONE).any():
        members, pairs = members[kept], pairs[kept]
        found_pairs.append(pairs)
        found_members.append(members)
        pairs = tree.above[tree.member[tree.pair_member[pairs]]]
    if not found_pairs:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    return np.concatenate(found_pairs), np.concatenate(found_members)


def n_ancestors(tree: Tree) -> int:
    """How many rows `ancestors` would have, without making them."""
    count = np.zeros(len(tree.above), dtype=np.intp)
    for level in tree.levels:
        nodes = slice(level.start, level.stop)
        count[nodes] = count[tree.parent[nodes]] + (tree.above[nodes] != tree.above[tree.parent[nodes]])
    return int(count[tree.member].sum())


def _breadth_first(game: Game) -> Ints:
    """Nodes of the game by level."""
    order = [0]
    for node in order:  # grows as it goes
        order.extend(game.nodes[node].children)
    return np.array(order, dtype=np.intp)


def _levels(game: Game, order: Ints, place: Ints) -> tuple[tuple[Level, ...], Ints]:
    """Levels below the root, and each node's parent."""
    parent = np.zeros(len(order), dtype=np.intp)
    levels: list[Level] = []
    start, stop = 0, 1
    while True:
        parents = [at for at in range(start, stop) if game.nodes[order[at]].children]
        counts = [len(game.nodes[order[at]].children) for at in parents]
        start, stop = stop, stop + sum(counts)
        if start == stop:
            return tuple(levels), parent
        parent[start:stop] = np.repeat(parents, counts)
        levels.append(Level(start, stop, np.array(parents, dtype=np.intp), _offsets(counts)[:-1]))


def _offsets(counts: Sequence[int]) -> Ints:
    """Where each of several runs begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)


def _branches(game: Game, order: Ints, place: Ints, first_action: dict[int, int]) -> tuple[Ints, Floats]:
    """What leads to each node, and the chance of each lot."""
    n_actions = sum(len(game.information_sets[at].actions) for at in first_action)
    chances = [float(chance) for event in game.events for chance in event.chances]
    first_lot = _offsets([len(event.chances) for event in game.events])
    slot = np.full(len(order), n_actions + len(chances), dtype=np.intp)
    for node in game.nodes:
        if node.kind == "chance":
            start = n_actions + int(first_lot[node.place])
        elif node.kind == "player" and node.place in first_action:
            start = first_action[node.place]
        else:
            continue
        for k, child in enumerate(node.children):
            slot[place[child]] = start + k
    return slot, np.array([*chances, 1.0])


def _void(levels: Sequence[Level], parent: Ints, slot: Ints, lots: Floats, n_actions: int) -> Ints:
    """Branches of chance 0 on the way to each node."""
    is_void = np.concatenate([np.zeros(n_actions, dtype=np.intp), (lots == 0).astype(np.intp)])[slot]
    void = np.zeros(len(slot), dtype=np.intp)
    for level in levels:
        nodes = slice(level.start, level.stop)
        void[nodes] = void[parent[nodes]] + is_void[nodes]
    return void


def _payoffs(game: Game, order: Ints) -> tuple[Floats, Floats, Floats]:
    """Payoffs at the ends brought to [0, 1], the range of each player's, and its lowest."""
    n_players = len(game.players)
    totals: list[tuple[Fraction, ...]] = [(Fraction(0),) * n_players] * len(game.nodes)
    for number, node in enumerate(game.nodes):  # parents first: the tree is in prefix order
        if node.outcome is not None:
            paid = game.outcomes[node.outcome].payoffs
            totals[number] = tuple(_bounded(a + b) for a, b in zip(totals[number], paid, strict=True))
        for child in node.children:
            totals[child] = totals[number]
    ends = [at for at, node in enumerate(order) if not game.nodes[node].children]
    payoffs = np.zeros((n_players, len(order)))
    ranges, lowest = np.zeros(n_players), np.zeros(n_players)
    for player in range(n_players):
        mine = [totals[order[at]][player] for at in ends]
        low = min(mine)
        spread = max(mine) - low
        ranges[player], lowest[player] = float(spread), float(low)
        if spread:
            payoffs[player, ends] = [float((value - low) / spread) for value in mine]
    return payoffs, ranges, lowest


def _bounded(value: Fraction) -> Fraction:
    """Return a number whose size does not grow without bound along a path."""
    if value.denominator.bit_length() > MAX_BITS:
        raise PlanError("payoffs along a path are too fine to be added exactly", code="game-too-costly", nodes=())
    return value


def _above(n_nodes: int, levels: Sequence[Level], parent: Ints, member: Ints, first_pair: Ints) -> Ints:
    """Innermost pair on the way to each node."""
    pair_at = np.full(n_nodes, NONE, dtype=np.intp)
    pair_at[member] = first_pair[:-1]
    above = np.full(n_nodes, NONE, dtype=np.intp)
    for level in levels:
        for node, (first, last) in zip(
            level.parents.tolist(), pairwise([*level.firsts.tolist(), level.stop - level.start]), strict=True
        ):
            start = level.start + first
            count = last - first
            above[start : start + count] = (
                above[node] if pair_at[node] == NONE else pair_at[node] + np.arange(count, dtype=np.intp)
            )
    return above
