"""Where the nodes of a graph without cycles go: in layers from cause to effect, with few crossings.

The steps are Sugiyama's (Sugiyama, Tagawa and Toda 1981, Methods for visual understanding of hierarchical system
structures, IEEE Transactions on Systems, Man, and Cybernetics 11): layers of bounded width, a thin place kept in every
layer that an edge only passes, orders by barycentres, and at last positions that draw neighbours together. Edges run
through places of their own, so that none ever runs over a node. Edges of one kind from one node share their places as
far down as they go together, and part where the first of them ends: no two nodes share any, so that each line can be
followed back to where it comes from (as in confluent drawings: Dickerson, Eppstein, Goodrich and Meng 2005, Confluent
drawings: visualizing non-planar diagrams in a planar way, Journal of Graph Algorithms and Applications 9).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Edge = tuple[str, str]

WIDEST: Final = 3  # nodes beside each other: as many as an upright sheet of paper holds
SWEEPS: Final = 24
THIN: Final = 10.0
ACROSS, DOWN = 22.0, 44.0  # between nodes of one layer, and between layers
STIFF: Final = 4.0  # how much more than a node the passing of an edge pulls to be straight


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Attributes
    ----------
    corners : upper left corner of every node.
    cuts : heights between layers, where there are only edges.
    ways : points that an edge runs through, from the lower side of one node to the upper side of the other.
    """

    corners: dict[str, Point]
    ways: dict[Edge, tuple[Point, ...]]
    width: float
    height: float
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A node, or where an edge passes a layer."""

    name: str
    is_passing: bool = False


def lay_out(sizes: Mapping[str, Point], edges: Mapping[Edge, str], *, widest: int = WIDEST) -> Layout:
    """Place nodes of given widths and heights.

    Parameters
    ----------
    edges : from cause to effect, without cycles, each with its kind: those of one kind run together.
    widest : most nodes in one layer.
    """
    layer_of = _layers(list(sizes), list(edges), widest)
    chains = {edge: _chain(edge, kind, layer_of) for edge, kind in edges.items()}
    links = list(dict.fromkeys(pair for chain in chains.values() for pair in pairwise(chain)))
    rows: list[dict[_Place, None]] = [{} for _ in range(max(layer_of.values(), default=0) + 1)]
    for name, layer in layer_of.items():
        rows[layer][_Place(name)] = None
    for (start, _), chain in chains.items():
        for step, place in enumerate(chain[1:-1], start=1):
            rows[layer_of[start] + step][place] = None
    ordered = _uncrossed([list(row) for row in rows], links)
    centre = _positions(ordered, links, sizes)
    return _finished(ordered, centre, chains, sizes)


# Layers


def _layers(names: Sequence[str], edges: Sequence[Edge], widest: int) -> dict[str, int]:
    """Layer of each node: below all its causes, no layer with too many, edges short."""
    parents: dict[str, list[str]] = {name: [] for name in names}
    children: dict[str, list[str]] = {name: [] for name in names}
    for start, end in edges:
        parents[end].append(start)
        children[start].append(end)
    depth: dict[str, int] = {}
    for name in reversed(_in_order(names, parents)):
        depth[name] = 1 + max((depth[child] for child in children[name]), default=0)
    found: dict[str, int] = {}
    layer = 0
    while len(found) < len(names):
        ready = [n for n in names if n not in found and all(found.get(p, layer) < layer for p in parents[n])]
        for name in sorted(ready, key=lambda name: -depth[name])[:widest]:
            found[name] = layer
        layer += 1
    return _compact(found, parents, children, widest)


def _in_order(names: Iterable[str], parents: Mapping[str, Sequence[str]]) -> list[str]:
    """Names with every cause before its effects."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name not in found:
            for parent in parents[name]:
                add(parent)
            found[name] = None

    for name in names:
        add(name)
    return list(found)


def _compact(
    layer_of: dict[str, int], parents: Mapping[str, Sequence[str]], children: Mapping[str, Sequence[str]], widest: int
) -> dict[str, int]:
    """Move nodes to where their edges are shortest, as long as anything gets shorter; empty layers go."""
    last = max(layer_of.values(), default=0)
    count = [sum(layer == at for layer in layer_of.values()) for at in range(last + 1)]
    has_moved = True
    while has_moved:
        has_moved = False
        for name, here in layer_of.items():
            low = max((layer_of[p] + 1 for p in parents[name]), default=0)
            high = min((layer_of[c] - 1 for c in children[name]), default=last)
            pull = len(children[name]) - len(parents[name])
            free = [at for at in range(low, high + 1) if count[at] < widest or at == here]
            best = max(free) if pull > 0 else min(free) if pull < 0 else here
            if best != here:
                layer_of[name], has_moved = best, True
                count[here] -= 1
                count[best] += 1
    used = sorted(set(layer_of.values()))
    return {name: used.index(layer) for name, layer in layer_of.items()}


def _chain(edge: Edge, kind: str, layer_of: Mapping[str, int]) -> list[_Place]:
    """Places of an edge: its ends, and one in every layer between, shared by all of its kind from the same node."""
    start, end = edge
    passed = range(layer_of[start] + 1, layer_of[end])
    return [_Place(start), *(_Place(f"{start} {kind} {at}", True) for at in passed), _Place(end)]


# Order within layers


def _uncrossed(rows: list[list[_Place]], links: Sequence[tuple[_Place, _Place]]) -> list[list[_Place]]:
    """Rows in the order that has the fewest crossings of those tried."""
    above: dict[_Place, list[_Place]] = {}
    below: dict[_Place, list[_Place]] = {}
    for upper, lower in links:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(SWEEPS):
        is_down = sweep % 2 == 0
        around = above if is_down else below
        order = range(1, len(rows)) if is_down else range(len(rows) - 2, -1, -1)
        for at in order:
            beside = {place: index for index, place in enumerate(rows[at - 1 if is_down else at + 1])}
            rows[at] = _by_barycentre(rows[at], around, beside)
        crossings = _crossings(rows, below)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _by_barycentre(
    row: list[_Place], around: Mapping[_Place, Sequence[_Place]], beside: Mapping[_Place, int]
) -> list[_Place]:
    """Row in the order of where its places' neighbours are on average; who has none keeps its share of the row."""

    def centre(at: int) -> float:
        near = [beside[place] for place in around.get(row[at], ())]
        return sum(near) / len(near) if near else at * len(beside) / len(row)

    return [row[at] for at in sorted(range(len(row)), key=lambda at: (centre(at), at))]


def _crossings(rows: Sequence[Sequence[_Place]], below: Mapping[_Place, Sequence[_Place]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        index = {place: at for at, place in enumerate(lower)}
        seen: list[int] = []
        for place in upper:
            ends = [index[end] for end in below.get(place, ())]
            total += sum(before > end for end in ends for before in seen)
            seen += ends
    return total


# Positions


def _positions(
    rows: Sequence[Sequence[_Place]], links: Sequence[tuple[_Place, _Place]], sizes: Mapping[str, Point]
) -> dict[_Place, float]:
    """Centre of each place: near its neighbours, in its row's order, with room between."""
    around: dict[_Place, list[_Place]] = {}
    for upper, lower in links:
        around.setdefault(upper, []).append(lower)
        around.setdefault(lower, []).append(upper)
    centre: dict[_Place, float] = {}
    half = (
        max(
            (_offsets(row, sizes)[-1] + (_wide(row[0], sizes) + _wide(row[-1], sizes)) / 2 for row in rows if row),
            default=0.0,
        )
        / 2
    )
    for row in rows:
        centre |= zip(row, _spaced([0.0] * len(row), row, sizes, half), strict=True)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = []
            for place in row:
                near = [centre[other] for other in around.get(place, ())]
                wanted.append(sum(near) / len(near) if near else centre[place])
            centre |= zip(row, _spaced(wanted, row, sizes, half), strict=True)
    return centre


def _offsets(row: Sequence[_Place], sizes: Mapping[str, Point]) -> list[float]:
    """How far each centre of a row lies at least from the first."""
    found = [0.0]
    for before, place in pairwise(row):
        gap = THIN if place.is_passing and before.is_passing else ACROSS
        found.append(found[-1] + (_wide(before, sizes) + _wide(place, sizes)) / 2 + gap)
    return found


def _spaced(wanted: Sequence[float], row: Sequence[_Place], sizes: Mapping[str, Point], half: float) -> list[float]:
    """Positions nearest to those wanted, by least squares, that keep order, room, and half a width on either side.

    Pool adjacent violators, then cut at the bounds (Barlow, Bartholomew, Bremner and Brunk 1972, Statistical inference
    under order restrictions, chapters 1 and 2).
    """
    if not row:
        return []
    offsets = _offsets(row, sizes)
    pools: list[tuple[float, float, int]] = []
    for want, offset, place in zip(wanted, offsets, row, strict=True):
        weight = STIFF if place.is_passing else 1.0
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, heavy, many = pools.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + many
        pools.append((mean, weight, count))
    level = [mean for mean, _, count in pools for _ in range(count)]
    least, most = _wide(row[0], sizes) / 2 - half, half - offsets[-1] - _wide(row[-1], sizes) / 2
    most = max(most, least)  # the row that is as wide as all of it leaves rounding no room
    return [min(max(each, least), most) + offset for each, offset in zip(level, offsets, strict=True)]


def _wide(place: _Place, sizes: Mapping[str, Point]) -> float:
    return THIN if place.is_passing else sizes[place.name][0]


def _finished(
    rows: Sequence[Sequence[_Place]],
    centre: Mapping[_Place, float],
    chains: Mapping[Edge, Sequence[_Place]],
    sizes: Mapping[str, Point],
) -> Layout:
    """Corners and ways, with everything moved into the first quadrant."""
    left = min((centre[place] - _wide(place, sizes) / 2 for row in rows for place in row), default=0.0)
    right = max((centre[place] + _wide(place, sizes) / 2 for row in rows for place in row), default=0.0)
    tops, y = [], 0.0
    corners: dict[str, Point] = {}
    layer_of: dict[_Place, int] = {}
    deep = [max((sizes[p.name][1] for p in row if not p.is_passing), default=0.0) for row in rows]
    for at, row in enumerate(rows):
        tops.append(y)
        for place in row:
            layer_of[place] = at
            if not place.is_passing:
                corners[place.name] = centre[place] - sizes[place.name][0] / 2 - left, y
        y += deep[at] + DOWN
    ways = {}
    ports = _ports(chains, centre, sizes)
    for edge, chain in chains.items():
        start, end = ports[edge]
        first = layer_of[chain[0]]
        points = [
            (start - left, tops[first] + sizes[edge[0]][1]),
            (start - left, tops[first] + deep[first]),
        ]
        for place in chain[1:-1]:
            at = layer_of[place]
            points += [(centre[place] - left, tops[at]), (centre[place] - left, tops[at] + deep[at])]
        points.append((end - left, tops[layer_of[chain[-1]]]))
        ways[edge] = tuple(points)
    cuts = tuple(top - DOWN / 2 for top in tops[1:])
    return Layout(corners, ways, right - left, max(y - DOWN, 0.0), cuts)


def _ports(
    chains: Mapping[Edge, Sequence[_Place]], centre: Mapping[_Place, float], sizes: Mapping[str, Point]
) -> dict[Edge, Point]:
    """Where each edge leaves its first node and reaches its last, across, in the order of where they go."""
    leaving: dict[str, dict[_Place, float]] = {}
    reaching: dict[str, dict[_Place, float]] = {}
    for (start, end), chain in chains.items():
        leaving.setdefault(start, {})[chain[1]] = centre[chain[1]]
        reaching.setdefault(end, {})[chain[-2]] = centre[chain[-2]]
    starts, ends = (_side_by_side(side, centre, sizes) for side in (leaving, reaching))
    return {edge: (starts[edge[0], chain[1]], ends[edge[1], chain[-2]]) for edge, chain in chains.items()}


def _side_by_side(
    side: Mapping[str, Mapping[_Place, float]], centre: Mapping[_Place, float], sizes: Mapping[str, Point]
) -> dict[tuple[str, _Place], float]:
    """Where a node is left for each next place, or reached from each last one."""
    found = {}
    for name, nexts in side.items():
        wide = sizes[name][0] * 0.8
        for at, place in enumerate(sorted(nexts, key=lambda place: (nexts[place], place.name)), start=1):
            found[name, place] = centre[_Place(name)] + wide * (at / (len(nexts) + 1) - 0.5)
    return found
