"""Layered pictures: every cause above its effects, nothing on top of anything, edges beside nodes and not over them."""

from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.view.figures.layered import DOWN, WIDEST, Edge, Layout, Point, lay_out

CLOSE = 1e-6


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, Point], dict[Edge, str]]:
    n_nodes = draw(st.integers(1, 14))
    names = [f"n{at}" for at in range(n_nodes)]
    kinds = st.sampled_from(["", "", "", "seen", "followed"])
    pairs = {pair: kind for pair in combinations(names, 2) if (kind := draw(kinds))}
    sizes = {name: (draw(st.sampled_from([60.0, 150.0])), draw(st.sampled_from([30.0, 90.0]))) for name in names}
    order = draw(st.permutations(names))
    return {name: sizes[name] for name in order}, pairs


def ends(layout: Layout, sizes: dict[str, Point], name: str) -> tuple[float, float, float, float]:
    (x, y), (wide, tall) = layout.corners[name], sizes[name]
    return x, y, x + wide, y + tall


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_every_cause_stands_above_its_effects(graph: tuple[dict[str, Point], dict[Edge, str]]) -> None:
    sizes, edges = graph
    layout = lay_out(sizes, edges)
    for start, end in edges:
        assert ends(layout, sizes, start)[3] + DOWN <= ends(layout, sizes, end)[1] + CLOSE


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_no_node_lies_on_another_or_outside(graph: tuple[dict[str, Point], dict[Edge, str]]) -> None:
    sizes, edges = graph
    layout = lay_out(sizes, edges)
    boxes = {name: ends(layout, sizes, name) for name in sizes}
    for one, other in combinations(boxes.values(), 2):
        is_beside = one[2] <= other[0] + CLOSE or other[2] <= one[0] + CLOSE
        is_apart = one[3] <= other[1] + CLOSE or other[3] <= one[1] + CLOSE
        assert is_beside or is_apart
    for left, top, right, bottom in boxes.values():
        assert left >= -CLOSE
        assert top >= -CLOSE
        assert right <= layout.width + CLOSE
        assert bottom <= layout.height + CLOSE


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_no_edge_runs_over_a_node(graph: tuple[dict[str, Point], dict[Edge, str]]) -> None:
    """An edge is upright wherever nodes are, and bends only between layers."""
    sizes, edges = graph
    layout = lay_out(sizes, edges)
    for (start, end), points in layout.ways.items():
        assert points[0][1] == pytest.approx(ends(layout, sizes, start)[3])
        assert points[-1][1] == pytest.approx(ends(layout, sizes, end)[1])
        for (x, y), (next_x, next_y) in pairwise(points):
            assert next_y >= y - CLOSE
            for name in sizes:
                left, top, right, bottom = ends(layout, sizes, name)
                if name not in (start, end) and y < bottom - CLOSE and next_y > top + CLOSE:
                    assert x == next_x
                    assert x <= left + CLOSE or x >= right - CLOSE


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_a_layer_is_no_wider_than_asked_and_a_cut_meets_no_node(
    graph: tuple[dict[str, Point], dict[Edge, str]],
) -> None:
    sizes, edges = graph
    layout = lay_out(sizes, edges)
    tops = [y for _, y in layout.corners.values()]
    assert max(tops.count(y) for y in set(tops)) <= WIDEST
    for cut in layout.cuts:
        assert all(not top < cut < bottom for _, top, _, bottom in (ends(layout, sizes, name) for name in sizes))


def crossings(layout: Layout) -> int:
    """Pairs of edges between the same two layers that change sides."""
    total = 0
    for one, other in combinations(layout.ways.values(), 2):
        (a, b), (c, d) = (one[0][0], one[-1][0]), (other[0][0], other[-1][0])
        is_beside = (one[0][1], one[-1][1]) == (other[0][1], other[-1][1])
        total += is_beside and (a - c) * (b - d) < 0
    return total


def test_a_graph_that_can_be_drawn_without_crossings_is() -> None:
    tree = nx.balanced_tree(2, 3, create_using=nx.DiGraph)
    names = [f"n{node}" for node in sorted(tree, key=lambda node: (node * 7) % 15)]
    edges = {(f"n{start}", f"n{end}"): "" for start, end in tree.edges}
    layout = lay_out(dict.fromkeys(names, (40.0, 20.0)), edges, widest=8)
    assert crossings(layout) == 0


def test_the_same_graph_is_drawn_the_same() -> None:
    sizes, edges = (
        dict.fromkeys("abcdef", (50.0, 20.0)),
        dict.fromkeys([("a", "c"), ("b", "c"), ("c", "f"), ("a", "f")], ""),
    )
    assert lay_out(sizes, edges) == lay_out(sizes, edges)


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_edges_meet_only_where_they_come_from_one_node_and_are_of_one_kind(
    graph: tuple[dict[str, Point], dict[Edge, str]],
) -> None:
    """So that every line can be followed back: beside nodes, two edges of different origin never run in one place."""
    sizes, edges = graph
    layout = lay_out(sizes, edges)
    for one, other in combinations(edges, 2):
        shared = set(pairwise(layout.ways[one][1:-1])) & set(pairwise(layout.ways[other][1:-1]))
        passing = {ends for ends in shared if ends[0][0] == ends[1][0] and ends[0][1] != ends[1][1]}
        assert not passing or (one[0], edges[one]) == (other[0], edges[other])


def test_edges_of_one_kind_from_one_node_run_together_until_the_first_ends() -> None:
    sizes = dict.fromkeys("abcd", (50.0, 20.0))
    links = dict.fromkeys([("a", "b"), ("b", "c"), ("c", "d")], "") | {("a", "c"): "far", ("a", "d"): "far"}
    ways = lay_out(sizes, links).ways
    near, far = ways["a", "c"], ways["a", "d"]
    assert near[:4] == far[:4]
    assert ways["a", "b"][0] != far[0]
