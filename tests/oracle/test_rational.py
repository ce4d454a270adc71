"""Rational choices that are solved together: limits that are proved, an actor's best rules by enumeration, units."""

from itertools import product

import numpy as np
import pytest

from melian.answer.solution import Solution
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.model.diagram import Model
from melian.plan.openings import open_options
from melian.view.headline import headline
from melian.view.sheets.run import run_sheet
from tests.oracle.world import Floats, joint, rules, worth
from tests.solving import model_of, theta_of, worlds_of

SAME = 1e-9
WORLDS = 256


def greatest_worth(model: Model, theta: Floats) -> float:
    """What the best of all pure rules is worth, every one tried."""
    free = []
    for decision in model.decisions:
        axes = tuple(sorted({decision.variable, *decision.sees}))
        free.append((decision.variable, axes, open_options(model, axes, decision.variable)))
    value, best = worth(model, theta, 0), -np.inf
    ways = [[np.flatnonzero(row) for row in is_open] for _, _, is_open in free]
    for picked in product(*(product(*each) for each in ways)):
        plan = {}
        for (variable, axes, is_open), options in zip(free, picked, strict=True):
            rule = np.zeros(is_open.shape)
            rule[np.arange(len(options)), list(options)] = 1.0
            lengths = [model.variables[axis].n_states for axis in axes if axis != variable]
            plan[variable] = np.moveaxis(
                rule.reshape(*lengths, model.variables[variable].n_states), -1, axes.index(variable)
            )
            shape = [v.n_states if v.index in axes else 1 for v in model.variables]
            plan[variable] = plan[variable].reshape(shape)
        best = max(best, float((joint(model, theta, plan) * value).sum()))
    return best


def forgetful(numbers: np.random.Generator) -> str:
    """One actor whose second choice sees neither its first nor what that was based on."""
    rows = [f"{{when: {{truth: {t}}}, yes_: {numbers.integers(0, 21) / 20}}}" for t in ("t0", "t1", "t0", "t1")]
    cells = product(("t0", "t1"), ("o0", "o1", "o2"), ("o0", "o1"))
    values = ", ".join(
        f"{{when: {{truth: {t}, first: {one}, second: {two}}}, is: {numbers.integers(0, 101)}}}"
        for t, one, two in cells
    )
    return f"""
melian: 1
case: forgetful
behaviour: rational
question: {{event: {{first: o0}}}}
actors: {{man: {{}}}}
factors:
  truth: {{states: [t0, t1], chances: {{t0: {numbers.integers(1, 20) / 20}}}}}
  sign: {{states: [yes_, no_], given: [truth], chances: [{rows[0]}, {rows[1]}]}}
  later: {{states: [yes_, no_], given: [truth], chances: [{rows[2]}, {rows[3]}]}}
choices:
  first: {{actor: man, options: [o0, o1, o2], sees: [sign]}}
  second: {{actor: man, options: [o0, o1], sees: [later]}}
stakes: {{man: {{s: {{given: [truth, first, second], values: [{values}]}}}}}}
"""


@pytest.mark.parametrize("seed", range(12))
def test_one_actor_alone_gets_the_most_however_little_it_remembers(seed: int) -> None:
    model = model_of(forgetful(np.random.default_rng(seed)))
    theta = theta_of(model)[:, 0]
    worlds = worlds_of(model)
    assert not worlds.unsettled[0]
    had = float((joint(model, theta, rules(model, worlds)) * worth(model, theta, 0)).sum())
    assert had == pytest.approx(greatest_worth(model, theta), abs=SAME)


BOAT = """
melian: 1
case: boat
behaviour: rational
question: {event: {pos2: centre}, by: 2031-12-31}
actors: {man: {}}
factors:
  pos0: {states: [centre, left, right], chances: {centre: 0.6, left: 0.2, right: 0.2}}
  read0:
    states: [centre, left, right]
    chances:
      - {when: {pos0: centre}, centre: 0.6, left: 0.2, right: 0.2}
      - {when: {pos0: left}, centre: 0.2, left: 0.6, right: 0.2}
      - {else: true, centre: 0.2, left: 0.2, right: 0.6}
  pos1: {states: [centre, left, right], chances: [MOVES0]}
  read1:
    states: [centre, left, right]
    chances:
      - {when: {pos1: centre}, centre: 0.6, left: 0.2, right: 0.2}
      - {when: {pos1: left}, centre: 0.2, left: 0.6, right: 0.2}
      - {else: true, centre: 0.2, left: 0.2, right: 0.6}
  pos2: {states: [centre, left, right], chances: [MOVES1]}
choices:
  act0: {actor: man, options: [stay, go_right, go_left], sees: [read0]}
  act1: {actor: man, options: [stay, go_right, go_left], sees: [read1]}
stakes: {man: {place: {given: [pos2], values: {centre: 100, others: 0}}}}
"""


def moves(at: int) -> str:
    """Rows of where the boat drifts from a place."""
    place, act = f"pos{at}", f"act{at}"
    return (
        f"{{when: {{{place}: centre, {act}: stay}}, centre: 0.9, left: 0.05, right: 0.05}},"
        f"{{when: {{{place}: centre, {act}: go_left}}, centre: 0.05, left: 0.9, right: 0.05}},"
        f"{{when: {{{place}: centre}}, centre: 0.05, left: 0.05, right: 0.9}},"
        f"{{when: {{{place}: left, {act}: go_right}}, centre: 0.9, left: 0.1, right: 0}},"
        f"{{when: {{{place}: left}}, centre: 0.1, left: 0.9, right: 0}},"
        f"{{when: {{{act}: go_left}}, centre: 0.9, left: 0, right: 0.1}},"
        "{else: true, centre: 0.1, left: 0, right: 0.9}"
    )


def solved(text: str) -> Solution:
    return solve_model(model_of(text), Supposed(), worlds=WORLDS)


def test_a_man_who_sees_only_the_last_reading_steers_as_well_as_can_be() -> None:
    """Left and right are alike: one of two mirror plans, worth 66.66 %, where mixing them is worth 58 %."""
    found = solved(BOAT.replace("MOVES0", moves(0)).replace("MOVES1", moves(1)))
    assert found.likelihood().mean == pytest.approx(0.6666, abs=1e-12)
    assert found.unconverged_worlds == 0
    assert found.alone == {("act0", "act1"): True}
    said = " ".join(str(block) for block in run_sheet(found).blocks)
    assert "These are its best rules of all: every one was tried." in said
    assert "Another self-consistent story" not in said


ALLIES = """
melian: 1
case: allies
behaviour: rational
question: {event: {ann: north}}
actors: {a: {}, b: {}}
factors: {weather: {states: [fair, foul], chances: {foul: 0.5}}}
choices:
  ann: {actor: a, options: [north, south], sees: []}
  ben: {actor: b, options: [north, south], sees: []}
stakes:
  a:
    weights: {together: WEIGHT, luck: REST}
    together:
      given: [ann, ben]
      values:
        - {when: {ann: north, ben: north}, is: 100}
        - {when: {ann: south, ben: south}, is: 60}
        - {else: true, is: 0}
    luck: {given: [weather], values: {fair: 100, foul: 0}}
  b:
    weights: {together: WEIGHT, luck: REST}
    together:
      given: [ann, ben]
      values:
        - {when: {ann: north, ben: north}, is: 55}
        - {when: {ann: south, ben: south}, is: 100}
        - {else: true, is: 0}
    luck: {given: [weather], values: {fair: 100, foul: 0}}
"""


@pytest.mark.parametrize(("weight", "rest"), [(1, 0), (1, 1), (1, 999), (1, 999_999)])
def test_a_stake_that_nobody_can_change_changes_nothing_for_rational_actors(weight: int, rest: int) -> None:
    """The risk-dominant equilibrium is the limit: 60 * 100 > 100 * 55."""
    worlds = worlds_of(model_of(ALLIES.replace("WEIGHT", str(weight)).replace("REST", str(rest))))
    assert (worlds.event[0], worlds.residual[0], bool(worlds.unsettled[0])) == (0.0, 0.0, False)


def dilemma(most: int) -> str:
    """The traveller's dilemma with a bonus of 1: claims of 2 and more; the lower gets 1 more, the other 1 less."""
    claims = [f"c{claim}" for claim in range(2, most + 1)]

    def values(own: str, other: str) -> str:
        rows = []
        for mine, theirs in product(range(2, most + 1), repeat=2):
            paid = min(mine, theirs) + (0 if mine == theirs else 1 if mine < theirs else -1)
            rows.append(f"{{when: {{{own}: c{mine}, {other}: c{theirs}}}, is: {100 * paid / (most + 1)!r}}}")
        return ", ".join(rows)

    return f"""
melian: 1
case: dilemma
behaviour: rational
question: {{event: {{one: c2}}}}
actors: {{a: {{}}, b: {{}}}}
choices:
  one: {{actor: a, options: [{", ".join(claims)}], sees: []}}
  two: {{actor: b, options: [{", ".join(claims)}], sees: []}}
stakes:
  a: {{paid: {{given: [one, two], values: [{values("one", "two")}]}}}}
  b: {{paid: {{given: [one, two], values: [{values("two", "one")}]}}}}
"""


def test_no_limit_is_claimed_far_from_where_the_curve_is() -> None:
    """Every pair of equal claims is an equilibrium; the curve goes to the lowest, slowly."""
    worlds = worlds_of(model_of(dilemma(5)))
    assert worlds.unsettled[0] or worlds.event[0] == 1.0
    many = worlds_of(model_of(dilemma(15)))
    assert many.unsettled[0] or many.event[0] == 1.0


CLOSED = """
melian: 1
case: closed
question: {event: {b: go}}
actors: {A: {precision: 12}, B: {precision: 12}}
factors: {ice: {states: [open, shut], chances: {shut: 0.4}}}
choices:
  a: {actor: A, options: [stay, {go: {available: {when: {ice: open}}}}], sees: [ice]}
  b: {actor: B, options: [stay, go], sees: [ice]}
stakes:
  A: {s: {given: [a, b], values: [{when: {a: go, b: go}, is: 100}, {when: {a: stay, b: stay}, is: 60}, {else: true, is: 0}]}}
  B: {s: {given: [a, b], values: [{when: {a: go, b: go}, is: 80}, {when: {a: stay, b: stay}, is: 100}, {else: true, is: 10}]}}
"""  # noqa: E501


def test_a_situation_with_one_open_option_leaves_the_certificate_to_the_others() -> None:
    worlds = worlds_of(model_of(CLOSED), n_worlds=WORLDS)
    assert not worlds.unsettled.any()
    assert worlds.residual.max() < SAME


def test_like_worlds_come_out_as_if_each_had_been_solved() -> None:
    """Worlds that differ in nothing that the choices read are solved once."""
    text = ALLIES.replace("WEIGHT", "1").replace("REST", "1")
    worlds = worlds_of(model_of(text.replace("is: 60", "is: 30..90")), n_worlds=WORLDS)
    alike = worlds_of(model_of(text), n_worlds=WORLDS)
    assert set(alike.event) == {0.0}
    assert set(worlds.event) == {0.0, 1.0}
    # North is risk-dominant where 100 * 55 > s * 100
    assert worlds.event.mean() == pytest.approx((55 - 30) / 60, abs=0.01)


def test_what_could_not_be_settled_stands_in_the_first_line() -> None:
    found = solved(CLOSED)
    worlds = found.worlds
    worlds.reached[:3] = 0.5
    few = found.likelihood()
    low, high = few.least, few.most
    assert high - low == pytest.approx(3 / WORLDS)
    assert not few.is_open
    scale = found.case.scale
    assert (
        headline(few, scale, 1)
        == "60 % [55-80 %], likely; between 59 and 60 %, since 3 of 256 worlds could not be settled"
    )
    again = solved(CLOSED)
    again.worlds.reached[:64] = 0.5
    many = again.likelihood()
    assert many.is_open
    assert headline(many, scale, 1) == "Between 45 and 70 %, since 64 of 256 worlds could not be settled"
    assert many.confidence.level == "low"
    said = str([str(block) for block in run_sheet(again).blocks])
    assert "In 64 of 256 worlds choices could not be settled together" in said
    assert "They answer each other" not in said
