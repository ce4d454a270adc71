"""A case's world as a game: its payoffs, chances and information sets, and that Gambit plays it as melian does."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pygambit
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from melian.answer.conversion import World, convert_case, notes_on
from melian.answer.world_game import WorldGame, game_of_world
from melian.errors import AskError, PlanError
from melian.exchange.game import Game
from melian.exchange.read import parse_game
from melian.exchange.write import write_efg
from melian.model.diagram import Decision, Model
from melian.solve.draws.draw import Sampler
from melian.solve.draws.world import draw_world, mean_world
from melian.solve.exact import solve_exactly
from melian.solve.games.equilibrium import solve_game
from melian.source.text import Source
from tests.exchange.games import gambit
from tests.oracle.test_exact import rule_of
from tests.oracle.test_together import pair
from tests.oracle.world import chances, worth
from tests.solving import Floats, case_of, model_of, solvable, worlds_of
from tests.strategies import Shape, case_texts

EXACT = 1e-12  # decimals of a payoff, and sums of products of chances
SAME = 1e-6  # Gambit's corrector
OURS = 1e-9  # two certified ways to one point

PLAIN = Shape(max_factors=3, min_choices=1, max_situations=60, beliefs=False)
SMALL = Shape(max_factors=2, min_choices=1, max_situations=40, beliefs=False, numbers_only=True, evidence=False)
HIDDEN = Shape(min_factors=2, max_factors=4, min_choices=1, max_situations=100, beliefs=False, evidence=False)


def place_of(model: Model, decision: Decision, situation: tuple[int, ...]) -> str:
    """Label of an information set."""
    seen = ", ".join(
        f"{model.variables[axis].name}={model.variables[axis].states[state]}"
        for axis, state in zip(decision.sees, situation, strict=True)
    )
    name = model.variables[decision.variable].name
    return f"{name} ({seen})" if seen else name


def ends(game: Game, model: Model) -> Iterator[tuple[dict[int, int], float, dict[int, str], tuple[float, ...]]]:
    """States on the way to each end, the chance of its moves of chance, where choices were made, and what it pays."""
    waiting: list[tuple[int, dict[int, int], float, dict[int, str]]] = [(0, {}, 1.0, {})]
    while waiting:
        number, states, chance, places = waiting.pop()
        node = game.nodes[number]
        if node.kind == "end":
            assert node.outcome is not None
            yield states, chance, places, tuple(map(float, game.outcomes[node.outcome].payoffs))
            continue
        at = game.events[node.place] if node.kind == "chance" else game.information_sets[node.place]
        variable = model.variables[model.index_of(at.label.split(" (")[0])]
        here = places if node.kind == "chance" else {**places, variable.index: at.label}
        for k, child in enumerate(node.children):
            lot = float(game.events[node.place].chances[k]) if node.kind == "chance" else 1.0
            state = variable.states.index(at.actions[k])
            waiting.append((child, {**states, variable.index: state}, chance * lot, here))


def at(array: Floats, states: dict[int, int]) -> float:
    """A cell of an array with an axis for every variable; those that did not move must make no difference."""
    cell = array[tuple(states.get(axis, slice(None)) if length > 1 else 0 for axis, length in enumerate(array.shape))]
    assert np.ptp(cell) < EXACT
    return float(np.ravel(cell)[0])


def game_for(model: Model, theta: Floats, **settings: bool) -> WorldGame:
    assume(model.decisions)
    return game_of_world(model, theta, **settings)


@settings(max_examples=60)
@given(case_texts(PLAIN), st.integers(0, 300))
def test_ends_have_the_chances_payoffs_and_situations_of_the_world(text: str, number: int) -> None:
    model = solvable(text)
    theta = draw_world(model.parameters, number, seed=1)
    told = game_for(model, theta)
    tables = {factor: chances(model, theta, factor) for factor in model.tables}
    payoffs = [worth(model, theta, actor) for actor in range(len(model.actors))]
    total = 0
    for states, chance, places, paid in ends(told.game, model):
        moved = [factor for factor in tables if factor in states]
        assert chance == pytest.approx(float(np.prod([at(tables[factor], states) for factor in moved])), abs=EXACT)
        assert paid == pytest.approx([at(array, states) for array in payoffs], abs=EXACT)
        for decision in model.decisions:
            assert places[decision.variable] == place_of(model, decision, tuple(states[axis] for axis in decision.sees))
        total += 1
    kept = [v for v in model.variables if v.name not in told.left_out]
    assert total == np.prod([v.n_states for v in kept])
    assert len({place.label for place in told.game.information_sets}) == len(told.game.information_sets)


@settings(max_examples=30)
@given(case_texts(SMALL), st.integers(0, 20))
def test_gambits_logit_play_of_the_written_file_is_the_cases(text: str, number: int) -> None:
    model = solvable(text)
    theta = draw_world(model.parameters, number, seed=0)
    assert_gambit_plays(model, theta, worlds_of(model))


def assert_gambit_plays(model: Model, theta: Floats, worlds: Any) -> None:
    game = game_for(model, theta, scaled=True).game
    written = write_efg(game)
    assert written.renamed == ()
    theirs = gambit(written.text)
    point = pygambit.qre.logit_solve_lambda(theirs, 1.0)[0]
    assume(abs(point.lam - 1.0) < 1e-7)
    labels = {place.label: place for place in game.information_sets}
    members = {place.id: pygambit.H.path(*path) for place, path in paths(game).items()}
    for decision in model.decisions:
        for situation, rule in rule_of(model, worlds, decision.variable).items():
            place = labels[place_of(model, decision, situation)]
            found = point.profile[members[place.id]]
            assert [float(found[action]) for action in place.actions] == pytest.approx(rule, abs=SAME)


def paths(game: Game) -> dict[Any, tuple[str, ...]]:
    """Actions that lead to the first member of each information set."""
    way: dict[int, tuple[str, ...]] = {0: ()}
    for number, node in enumerate(game.nodes):
        for action, child in zip(game.actions_at(node), node.children, strict=True):
            way[child] = (*way[number], action)
    return {place: way[place.members[0]] for place in game.information_sets}


@settings(max_examples=60)
@given(case_texts(PLAIN), st.integers(0, 50))
def test_logit_play_at_precision_1_is_the_cases_rule(text: str, number: int) -> None:
    model = solvable(text)
    theta = draw_world(model.parameters, number, seed=0)
    exact = solve_exactly(model, theta)
    solved = solve_game(game_for(model, theta, scaled=True).game, 1.0)
    assert solved.status == "solved"
    assert_same_play(model, solved, exact.rules)


@settings(max_examples=40)
@given(*[st.lists(st.integers(0, 100), min_size=4, max_size=4)] * 2, st.sampled_from([1.0, 5.0, 15.0]))
def test_choices_that_answer_each_other_play_the_same_in_the_game(
    first: list[int], second: list[int], precision: float
) -> None:
    model = pair(first, second, precision=precision)
    worlds = worlds_of(model)
    solved = solve_game(game_for(model, draw_world(model.parameters, 0, seed=0), scaled=True).game, 1.0)
    assume(not worlds.unsettled[0] and not solved.crossings and solved.status == "solved")
    rules = {decision.variable: rule_of(model, worlds, decision.variable) for decision in model.decisions}
    assert_same_play(model, solved, rules, SAME)


def assert_same_play(model: Model, solved: Any, rules: Any, tolerance: float = OURS) -> None:
    found = {place.label: place.chances for place in solved.sets}
    for decision in model.decisions:
        for situation, rule in rules[decision.variable].items():
            assert found[place_of(model, decision, situation)] == pytest.approx(rule, abs=tolerance)


@settings(max_examples=60)
@given(case_texts(HIDDEN), st.booleans())
def test_summing_out_what_nobody_sees_changes_no_play_and_no_payoff(text: str, scaled: bool) -> None:
    model = solvable(text)
    theta = draw_world(model.parameters, 3, seed=0)
    whole, folded = (game_for(model, theta, scaled=scaled, folded=fold) for fold in (False, True))
    seen = {axis for decision in model.decisions for axis in (decision.variable, *decision.sees)}
    assert set(folded.folded) == {v.name for v in model.variables if v.index not in seen} - set(whole.left_out)
    assert len(folded.game.nodes) <= len(whole.game.nodes)
    one, other = solve_game(whole.game, 1.0), solve_game(folded.game, 1.0)
    assert other.payoffs == pytest.approx(one.payoffs, abs=OURS)
    by_label = {place.label: (place.chances, place.reach) for place in other.sets}
    for place in one.sets:
        chances, reach = by_label[place.label]
        assert chances == pytest.approx(place.chances, abs=OURS)
        assert reach == pytest.approx(place.reach, abs=OURS)


PORT = """
melian: 1
case: port
title: 'Quelle est "la suite" \\ à 港?'
question: {event: {answer: yes_}}
actors: {navy: {name: 'Ligne "Nord"', precision: 5}, crew: {precision: 8}}
factors:
  storm: {states: [{mild: doux}, {fierce: 'déchaîné \\ "fort"'}], chances: {fierce: 0.3}}
  mood: {states: [{good: 好}, {bad: 坏}], chances: {good: CHANCE}}
  echo: {states: [loud, faint], chances: [{when: {answer: yes_}, loud: 0.9}, {else: true, loud: 0.2}]}
choices:
  offer: {actor: navy, options: [{high: 'plus "haut"'}, {low: bas}], sees: [storm]}
  answer: {actor: crew, options: [yes_, no_], sees: [offer]}
stakes:
  navy:
    gain:
      values: [{when: {offer: high, answer: yes_}, is: 60}, {when: {answer: yes_}, is: 100}, {else: true, is: 0}]
  crew:
    pay:
      values:
        - {when: {answer: yes_, offer: high, mood: good}, is: 100}
        - {when: {answer: no_}, is: 30}
        - {else: true, is: 0}
BELIEFS
"""


def port(*, beliefs: str = "", chance: str = "0.6") -> Model:
    return model_of(PORT.replace("BELIEFS", beliefs).replace("CHANCE", chance))


def test_labels_are_those_of_the_case_whatever_they_hold() -> None:
    model = port()
    text = write_efg(game_of_world(model, draw_world(model.parameters, 0, seed=0)).game)
    assert text.renamed == ()
    game, found = parse_game(Source("game.efg", text.text))
    assert found == []
    theirs = gambit(text.text)
    assert game is not None
    assert (theirs.title, *theirs.players) == ('Quelle est "la suite" \\ à 港?', 'Ligne "Nord"', "crew")
    assert game.players == tuple(theirs.players)
    assert {action for place in game.information_sets for action in place.actions} == {
        'plus "haut"', "bas", "yes_", "no_",
    }  # fmt: skip
    assert {action for event in game.events for action in event.actions} == {"doux", 'déchaîné \\ "fort"', "好", "坏"}
    assert list(theirs.get_actions(pygambit.H.path("doux"))) == ['plus "haut"', "bas"]
    assert [place.label for place in game.information_sets] == [
        "offer (storm=mild)",
        "offer (storm=fierce)",
        "answer (offer=high)",
        "answer (offer=low)",
    ]


def test_what_bears_on_nothing_is_left_out_and_named() -> None:
    model = port()
    assert game_of_world(model, draw_world(model.parameters, 0, seed=0)).left_out == ("echo",)


def test_numbers_of_the_case_stand_in_the_file_as_they_were_written() -> None:
    model = port()
    game = game_of_world(model, draw_world(model.parameters, 0, seed=0)).game
    assert {tuple(map(str, event.chances)) for event in game.events} == {("7/10", "3/10"), ("3/5", "2/5")}
    assert {str(paid) for outcome in game.outcomes for paid in outcome.payoffs} == {"0", "1", "3/5", "3/10"}


def test_states_without_a_chance_are_left_out_and_named() -> None:
    model = port(chance="1")
    told = game_of_world(model, draw_world(model.parameters, 0, seed=0))
    assert told.impossible == (("mood", "bad"),)
    assert pygambit.qre.logit_solve_lambda(gambit(write_efg(told.game).text), 1.0)[0].lam == pytest.approx(1.0)


def test_beliefs_of_an_actors_own_are_refused_by_name_or_replaced_knowingly() -> None:
    model = port(beliefs="beliefs: {crew: {mood: {good: 0.9}}, navy: {echo: {loud: 0.5}}}")
    theta = draw_world(model.parameters, 0, seed=0)
    with pytest.raises(PlanError, match="`crew` sees `mood` otherwise than the analyst; a game has one") as caught:
        game_of_world(model, theta)
    assert (caught.value.code, caught.value.nodes) == ("game-own-beliefs", ("mood",))
    told = game_of_world(model, theta, common_prior=True)
    assert told.replaced == (("crew", "mood"),)
    assert told.game == game_of_world(port(), theta[: len(theta)]).game or told.game.events


def test_a_tree_that_would_be_too_large_is_refused_before_it_is_built() -> None:
    many = "\n".join(f"  f{k}: {{states: [a, b, c_, d], chances: {{a: 0.5}}}}" for k in range(12))
    rules = "[{{when: {{f{k}: a}}, is: 0}}, {{else: true, is: 100}}]"
    stakes = "\n".join(f"    s{k}: {{given: [f{k}], values: {rules.format(k=k)}}}" for k in range(12))
    text = f"""
melian: 1
case: wide
question: {{event: {{c: go}}}}
actors: {{x: {{}}, y: {{}}}}
factors:
{many}
choices: {{c: {{actor: x, options: [go, stay]}}}}
stakes:
  x:
    t: {{given: [c], values: {{go: 100, stay: 0}}}}
  y:
{stakes}
"""
    model = model_of(text)
    theta = draw_world(model.parameters, 0, seed=0)
    with pytest.raises(PlanError, match="the game tree would have 44,739,243 nodes, more than 100,000") as caught:
        game_of_world(model, theta)
    assert caught.value.code == "game-too-many-nodes"
    assert any("--fold" in note for note in caught.value.notes)
    assert len(game_of_world(model, theta, folded=True).game.nodes) == 3


def test_a_case_without_a_choice_is_no_game() -> None:
    dice = "factors: {d: {states: [six, other], chances: {six: 0.2}}}"
    model = model_of(f"melian: 1\ncase: dice\nquestion: {{event: {{d: six}}}}\n{dice}\n")
    with pytest.raises(AskError, match="has no choice"):
        game_of_world(model, draw_world(model.parameters, 0, seed=0))


UNCERTAIN = PORT.replace("BELIEFS", "").replace("CHANCE", "0.2..0.8").replace("precision: 8", "precision: ordinary")


@pytest.mark.parametrize("number", [0, 7, 300])
def test_a_numbered_world_is_the_draw_of_a_run(number: int) -> None:
    model = model_of(UNCERTAIN)
    block = Sampler(model.parameters, 4).block(0, number + 1)
    assert np.array_equal(draw_world(model.parameters, number, seed=4), block[:, number])


def test_the_mean_world_has_every_judgement_at_its_mean() -> None:
    model = model_of(UNCERTAIN)
    mean = mean_world(model.parameters)
    block = Sampler(model.parameters, 4).block(0, 50_000)
    assert mean == pytest.approx(block.mean(axis=1), rel=2e-4)
    game = game_of_world(model, mean).game
    assert sorted({float(event.chances[0]) for event in game.events}) == pytest.approx([0.5, 0.7], abs=1e-9)


@pytest.mark.parametrize("number", [-1, -5])
def test_worlds_are_numbered_from_0(number: int) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        draw_world(model_of(UNCERTAIN).parameters, number, seed=0)


def test_what_is_not_in_the_file_is_said() -> None:
    case = case_of(UNCERTAIN.replace("BELIEFS", ""))
    notes = " ".join(notes_on(convert_case(case, ".efg", World(number=2, scaled=True))))
    assert "at lambda 1 in Gambit" in notes
    assert "no stake, no choice and not the event depends on it: echo" in notes
    assert "navy 5" in notes
    assert convert_case(case, ".efg", World(number=2)).text != convert_case(case, ".efg", World()).text
