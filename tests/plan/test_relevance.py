"""Who must reason about whom: Bayes-ball against d-separation by networkx, and relevance graphs of the literature."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.case.dependence import ancestors, descendants, graph_of, requisite
from melian.plan.relevance import Outlooks, relies_on, solving_order
from tests.solving import model_of

Parents = dict[int, tuple[int, ...]]


@st.composite
def diagrams(draw: st.DrawFn) -> Parents:
    """A directed graph without circles, by parents; numbers do not follow its order."""
    names = draw(st.permutations(range(draw(st.integers(1, 9)))))
    density = draw(st.sampled_from([2, 3]))
    return {
        name: tuple(sorted(draw(st.lists(st.sampled_from(names[:place]), unique=True, max_size=density))))
        if place
        else ()
        for place, name in enumerate(names)
    }


def as_graph(parents: Parents) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(parents)
    graph.add_edges_from((above, node) for node, all_above in parents.items() for above in all_above)
    return graph


@given(diagrams(), st.data())
def test_a_table_is_requisite_where_a_dummy_parent_of_its_node_is_not_d_separated(
    parents: Parents, data: st.DataObject
) -> None:
    """The dummy stands for the table (Geiger, Verma and Pearl 1990, Identifying independence in Bayesian networks)."""
    given = data.draw(st.sets(st.sampled_from(sorted(parents))))
    query = data.draw(st.sets(st.sampled_from(sorted(parents)), min_size=1))
    found = requisite(graph_of(parents), query, frozenset(given)).tables
    asked = query - given
    for node in parents:
        graph = as_graph(parents)
        graph.add_edge("table", node)
        apart = not asked or nx.is_d_separator(graph, {"table"}, asked, given)
        assert (node in found) is not apart


@given(diagrams(), st.data())
def test_a_state_is_requisite_only_where_it_can_tell_something(parents: Parents, data: st.DataObject) -> None:
    """What is known and not requisite is d-separated from the query by what is."""
    given = data.draw(st.sets(st.sampled_from(sorted(parents))))
    query = data.draw(st.sets(st.sampled_from(sorted(parents)), min_size=1))
    observed = requisite(graph_of(parents), query, frozenset(given)).observed
    idle = given - observed
    asked = query - given
    if idle and asked:
        assert nx.is_d_separator(as_graph(parents), idle, asked, set(observed))


@given(diagrams(), st.data())
def test_ancestors_and_descendants_are_those_of_the_graph(parents: Parents, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(sorted(parents)))
    graph = as_graph(parents)
    assert ancestors(graph_of(parents), [node]) == nx.ancestors(graph, node) | {node}
    assert descendants(graph_of(parents), node) == nx.descendants(graph, node) | {node}


@given(diagrams())
def test_choices_are_solved_after_those_they_rely_on(parents: Parents) -> None:
    order = [choice for component in solving_order(parents) for choice in component]
    assert sorted(order) == sorted(parents)
    assert all(order.index(above) < order.index(node) for node in parents for above in parents[node])


@given(st.integers(1, 7), st.data())
def test_choices_that_rely_on_each_other_are_solved_together_after_all_that_any_of_them_relies_on(
    n_choices: int, data: st.DataObject
) -> None:
    choices = st.sets(st.integers(0, n_choices - 1))
    graph = {choice: data.draw(choices) - {choice} for choice in range(n_choices)}
    order = solving_order(graph)
    relied_on = nx.DiGraph([(other, choice) for choice, others in graph.items() for other in others])
    relied_on.add_nodes_from(graph)
    assert {frozenset(component) for component in order} == set(
        map(frozenset, nx.strongly_connected_components(relied_on))
    )
    solved: set[int] = set()
    for component in order:
        solved |= set(component)
        assert all(graph[choice] <= solved for choice in component)


def relevance(text: str) -> dict[str, set[str]]:
    """Relevance graph by names: each choice with those whose rules it relies on."""
    model = model_of(text)
    name = [variable.name for variable in model.variables]
    return {name[choice]: {name[other] for other in others} for choice, others in relies_on(Outlooks(model)).items()}


def two_choices(first_sees: str, second_sees: str, first_weighs: str, second_weighs: str, factors: str = "") -> str:
    return f"""
melian: 1
case: pair
question: {{event: {{a: x}}}}
actors: {{one: {{}}, two: {{}}}}
{factors}
choices:
  a: {{actor: one, options: [x, y], sees: [{first_sees}]}}
  b: {{actor: two, options: [x, y], sees: [{second_sees}]}}
stakes:
  one: {{s: {{given: [{first_weighs}], values: [{{when: {{a: x}}, is: 10}}, {{else: true, is: 0}}]}}}}
  two: {{s: {{given: [{second_weighs}], values: [{{when: {{b: x}}, is: 10}}, {{else: true, is: 0}}]}}}}
"""


NOISE = """
factors:
  n: {states: [u, v], chances: [{when: {a: x}, u: 0.8}, {else: true, u: 0.3}]}
"""
KIND = """
factors:
  k: {states: [u, v], chances: {u: 0.5}}
"""


# The basic examples of Koller and Milch 2003, Games and Economic Behavior 45, section 5, worked out by hand with its
# definition of s-reachability: whether a dummy parent of the other choice is d-separated from the own stakes given what
# is known and chosen.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(two_choices("", "a", "a, b", "a, b"), {"a": {"b"}, "b": set()}, id="perfect-information"),
        pytest.param(two_choices("", "", "a, b", "a, b"), {"a": {"b"}, "b": {"a"}}, id="at-the-same-time"),
        pytest.param(two_choices("", "", "a, b", "b"), {"a": {"b"}, "b": set()}, id="one-side-does-not-care"),
        pytest.param(two_choices("", "n", "a, b", "a, b", NOISE), {"a": {"b"}, "b": {"a"}}, id="seen-through-noise"),
        pytest.param(two_choices("", "n", "a, b", "n, b", NOISE), {"a": {"b"}, "b": set()}, id="only-noise-is-weighed"),
        pytest.param(two_choices("k", "a", "k, a, b", "k, a, b", KIND), {"a": {"b"}, "b": {"a"}}, id="signalling"),
        pytest.param(
            two_choices("k", "a", "k, a, b", "a, b", KIND), {"a": {"b"}, "b": set()}, id="signal-of-no-interest"
        ),
        pytest.param(
            two_choices("k", "a, k", "k, a, b", "k, a, b", KIND), {"a": {"b"}, "b": set()}, id="signal-of-known"
        ),
        pytest.param(two_choices("", "a", "a", "b"), {"a": set(), "b": set()}, id="strangers"),
    ],
)
def test_relevance_of_two_choices(text: str, expected: dict[str, set[str]]) -> None:
    assert relevance(text) == expected


# The tree killer of Koller and Milch 2003: Alice may poison the tree that spoils her view, Bob may call a tree doctor
# when it looks sick, Alice sees whether the doctor comes when she decides on building a patio.
TREE_KILLER = """
melian: 1
case: tree-killer
question: {event: {tree: dead}}
actors: {alice: {}, bob: {}}
factors:
  sick: {states: [no, yes], chances: [{when: {poison: yes}, yes: 0.8}, {else: true, yes: 0.2}]}
  tree:
    states: [alive, dead]
    given: [sick, doctor]
    chances: [{when: {sick: no}, dead: 0.05}, {when: {doctor: yes}, dead: 0.3}, {else: true, dead: 0.9}]
choices:
  poison: {actor: alice, options: [no, yes], sees: []}
  doctor: {actor: bob, options: [no, yes], sees: [sick]}
  patio: {actor: alice, options: [no, yes], sees: [poison, doctor]}
stakes:
  alice:
    effort: {given: [poison], values: {no: 100, yes: 0}}
    cost: {given: [patio], values: {no: 100, yes: 0}}
    view:
      given: [patio, tree]
      values: [{when: {patio: yes, tree: dead}, is: 100}, {when: {patio: yes}, is: 40}, {else: true, is: 0}]
  bob:
    fee: {given: [doctor], values: {no: 100, yes: 0}}
    shade: {given: [tree], values: {alive: 100, dead: 0}}
"""


def test_the_tree_killer() -> None:
    """Bob knows how the tree is; Alice then reads the doctor's coming by Bob's rule; at first she needs both rules."""
    assert relevance(TREE_KILLER) == {"doctor": set(), "patio": {"doctor"}, "poison": {"doctor", "patio"}}


def test_with_the_tree_in_sight_the_doctor_is_no_sign() -> None:
    seen = TREE_KILLER.replace("sees: [poison, doctor]", "sees: [poison, doctor, sick]")
    assert relevance(seen)["patio"] == set()


# The horse of Selten 1975, International Journal of Game Theory 4: the third player does not see what the others did.
HORSE = """
melian: 1
case: horse
question: {event: {one: down}}
actors: {a: {}, b: {}, c: {}}
choices:
  one: {actor: a, options: [across, down], sees: []}
  two: {actor: b, options: [across, down], sees: [one]}
  three: {actor: c, options: [left, right], sees: []}
stakes:
  a: {s: {given: [one, two, three], values: [{when: {one: down, three: left}, is: 100}, {else: true, is: 30}]}}
  b: {s: {given: [one, two, three], values: [{when: {two: down, three: left}, is: 100}, {else: true, is: 30}]}}
  c: {s: {given: [one, two, three], values: [{when: {one: down, three: right}, is: 100}, {else: true, is: 30}]}}
"""


def test_seltens_horse_is_one_circle() -> None:
    graph = relevance(HORSE)
    assert graph["three"] == {"one", "two"}
    assert graph["two"] == {"three"}
    assert graph["one"] == {"two", "three"}
    numbers = {name: place for place, name in enumerate(sorted(graph))}
    numbered = {numbers[name]: {numbers[other] for other in others} for name, others in graph.items()}
    assert solving_order(numbered) == ((numbers["one"], numbers["three"], numbers["two"]),)


def test_a_stake_that_a_choice_cannot_change_makes_it_rely_on_nobody() -> None:
    caring = two_choices("", "", "a", "b").replace("one: {s:", "one: {pity: {given: [b], values: {x: 0, y: 100}}, s:")
    assert relevance(caring) == {"a": set(), "b": set()}


def test_a_choice_that_is_brought_about_is_relied_on_by_none() -> None:
    model = model_of(two_choices("", "", "a, b", "a, b"))
    a, b = model.index_of("a"), model.index_of("b")
    assert relies_on(Outlooks(model, frozenset({a}))) == {b: set()}


def test_beliefs_shape_whom_an_actor_relies_on() -> None:
    """Who believes that the noise hangs on nothing learns nothing from it, and need not ask how the other plays."""
    believing = two_choices("", "n", "a, b", "n, b", NOISE).replace("given: [n, b]", "given: [a, b, n]")
    assert relevance(believing)["b"] == {"a"}
    private = two_choices(
        "", "n", "a, b", "k, b", NOISE + "  k: {states: [u, v], chances: [{when: {a: x}, u: 1}, {else: true, u: 0}]}\n"
    )
    assert relevance(private)["b"] == {"a"}
    assert relevance(private + "beliefs: {two: {k: {u: 0.5}}}\n")["b"] == set()
