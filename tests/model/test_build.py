"""From case to diagram, on a case small enough to see through: tables of slots, stakes, beliefs, evidence, events."""

import numpy as np
import pytest

from melian.case.read import read_case
from melian.model.build import build_model
from melian.model.diagram import InfluenceTable, Model, RowTable
from melian.model.judged import Ground
from melian.model.parameter import Order, Parameter, Row, Scalar
from melian.source.text import Source
from tests.reading import read

CASE = """\
melian: 1
case: strait
question: {event: {strait: closed}}
actors: {navy: {precision: 5}, crown: {}}
sources: {radio: {grade: B2}, paper: {}}
factors:
  storm: {states: [none, weak, strong], chances: {strong: 0.1, weak: 0.3}}
  mood:
    states: [low, high]
    given: [strait, storm]
    chances:
      - {when: {storm: strong}, low: 0.9}
      - {when: {strait: closed, storm: [none, weak]}, low: 0.5}
      - {else: true, low: 0.2}
  army:
    states: [holds, breaks]
    base: {breaks: 0.1}
    influences:
      - {when: {storm: strong}, breaks: more}
      - {when: {mood: low}, breaks: slightly more, holds: less}
choices:
  demand: {actor: crown, options: [none, asks], sees: [storm]}
  strait: {actor: navy, options: [open, closed], sees: [storm, demand]}
stakes:
  navy:
    order: [gain, calm = ease]
    gain: {given: [strait], values: {open: 0, closed: 100}}
    calm: {given: [army, strait], values: [{when: {army: breaks}, is: 10}, {else: true, is: 90..100}]}
    ease: {given: [demand], values: {none: 100, asks: 0}}
beliefs:
  crown:
    storm: {strong: 0.5}
    army: {given: [storm], chances: [{when: {storm: strong}, breaks: 0.7}, {else: true, breaks: 0.1}]}
"""


def model(more: str = "") -> Model:
    return build_model(read(CASE + more))


def parameter(found: Model, name: str) -> Parameter:
    return next(one for one in found.parameters if one.name == name)


def names_by_slot(found: Model) -> list[str]:
    """Name of the parameter that each slot belongs to."""
    return [one.name for one in found.parameters for _ in range(one.n_slots)]


# Variables and parameters


def test_factors_come_before_choices_each_in_their_order() -> None:
    found = model()
    assert [(one.index, one.name, one.kind, one.n_states) for one in found.variables] == [
        (0, "storm", "factor", 3),
        (1, "mood", "factor", 2),
        (2, "army", "factor", 2),
        (3, "demand", "choice", 2),
        (4, "strait", "choice", 2),
    ]
    assert found.index_of("strait") == 4
    with pytest.raises(KeyError):
        found.index_of("west")


def test_every_parameter_has_a_name_of_its_own_and_a_ground() -> None:
    found = model()
    names = [one.name for one in found.parameters]
    assert len(names) == len(set(names))
    assert all(isinstance(one.origin, Ground) for one in found.parameters)


def test_one_rule_is_one_row_and_one_influence_one_number() -> None:
    found = model()
    assert sum(one.name.startswith("factor mood ") for one in found.parameters) == 3
    assert isinstance(parameter(found, "factor mood 0"), Row)
    shifts = [one.name for one in found.parameters if "influence" in one.name]
    assert shifts == [
        "factor army influence 0 breaks",
        "factor army influence 1 breaks",
        "factor army influence 1 holds",
    ]
    assert all(isinstance(parameter(found, name), Scalar) for name in shifts)


def test_weights_are_an_order_a_row_or_anything() -> None:
    found = parameter(model(), "weights navy")
    assert isinstance(found, Order)
    assert found.groups == ((0,), (1, 2))
    stakes = "order: [gain, calm = ease]"
    for said, parts in (
        ("weights: {gain: 3, calm: 1, ease: 4}", [0.375, 0.125, 0.5]),  # shares of their sum
        ("weights: {gain: 0.5}", [0.5, None, None]),
        ("x-order: none", [None, None, None]),
    ):
        row = parameter(build_model(read(CASE.replace(stakes, said))), "weights navy")
        assert isinstance(row, Row)
        assert [part.low if part else None for part in row.parts] == parts


def test_states_that_a_row_leaves_out_have_no_part_and_others_have_the_same() -> None:
    storm = parameter(model(), "factor storm 0")
    assert isinstance(storm, Row)
    assert [part.low if part else None for part in storm.parts] == [None, 0.3, 0.1]
    other = build_model(read(CASE.replace("{strong: 0.1, weak: 0.3}", "{strong: 0.1, others: 0.4..0.5}")))
    row = parameter(other, "factor storm 0")
    assert isinstance(row, Row)
    assert row.parts[0] == row.parts[1]


# Tables


def test_the_first_rule_that_matches_fills_a_cell() -> None:
    found = model()
    table = found.tables[found.index_of("mood")]
    assert isinstance(table, RowTable)
    assert table.axes == (0, 1, 4)  # storm, mood, strait: rising, whatever `given` says
    by_slot = names_by_slot(found)
    rules = np.vectorize(lambda slot: int(by_slot[slot].split()[-1]))(table.slots)
    for state in range(2):
        assert rules[2, state].tolist() == [0, 0]  # strong
        assert rules[0, state].tolist() == rules[1, state].tolist() == [2, 1]  # open, closed


def test_a_cell_holds_the_slot_of_its_own_state() -> None:
    found = model()
    table = found.tables[found.index_of("mood")]
    assert isinstance(table, RowTable)
    assert (table.slots[:, 1, :] - table.slots[:, 0, :] == 1).all()


def test_influences_are_on_by_pattern() -> None:
    found = model()
    table = found.tables[found.index_of("army")]
    assert isinstance(table, InfluenceTable)
    assert (table.axes, table.own_axis) == ((0, 1, 2), 2)
    assert [state for state, _ in table.shifts] == [1, 1, 0]  # breaks, breaks, holds
    on = table.patterns[table.pattern_of]  # [storm, mood, shift]
    assert on[2, 0].tolist() == [True, True, True]
    assert on[2, 1].tolist() == [True, False, False]
    assert on[0, 0].tolist() == on[1, 0].tolist() == [False, True, True]
    assert not on[0, 1].any()
    assert len(table.patterns) == 4


def test_a_base_alone_has_one_pattern_in_which_nothing_is_on() -> None:
    text = "melian: 1\ncase: alone\nquestion: {event: {x: a}}\nfactors: {x: {states: [a, b, c], base: {a: 0.5}}}\n"
    table = build_model(read(text)).tables[0]
    assert isinstance(table, InfluenceTable)
    assert (table.patterns.shape, table.pattern_of.shape, len(table.base)) == ((1, 0), (), 3)


def test_given_may_list_more_than_the_rules_test() -> None:
    text = CASE.replace("given: [strait, storm]", "given: [strait, storm, demand]")
    found = build_model(read(text))
    assert found.tables[1].axes == (0, 1, 3, 4)
    assert found.parents(1) == (0, 3, 4)


# Actors


def test_choices_know_their_actor_and_what_they_see() -> None:
    found = model()
    assert [(one.variable, found.actors[one.actor], one.sees) for one in found.decisions] == [
        (3, "crown", (0,)),
        (4, "navy", (0, 3)),
    ]
    assert found.parents(4) == (0, 3)


def test_stakes_point_to_their_weight_and_their_values() -> None:
    found = model()
    by_slot = names_by_slot(found)
    gain, calm, ease = found.utilities
    weights = [one.weight for one in (gain, calm, ease)]
    assert [by_slot[slot] for slot in weights] == ["weights navy"] * 3
    assert weights == list(range(weights[0], weights[0] + 3))
    assert (gain.axes, calm.axes, ease.axes) == ((4,), (2, 4), (3,))
    assert [by_slot[slot] for slot in calm.slots.ravel()] == ["stake navy calm 1"] * 2 + ["stake navy calm 0"] * 2
    assert [by_slot[slot] for slot in gain.slots] == ["stake navy gain 0", "stake navy gain 1"]


def test_values_are_brought_to_one() -> None:
    found = parameter(model(), "stake navy calm 1")
    assert isinstance(found, Scalar)
    assert (found.distribution.low, found.distribution.high) == (0.9, 1.0)


def test_every_actor_has_a_precision() -> None:
    found = model()
    by_slot = names_by_slot(found)
    assert [by_slot[slot] for slot in found.precision] == ["precision navy", "precision crown"]


def test_a_belief_is_that_actor_s_alone_and_may_have_other_parents() -> None:
    found = model()
    crown = found.actors.index("crown")
    assert set(found.beliefs) == {(crown, 0), (crown, 2)}
    assert found.parents(2) == (0, 1)
    assert found.parents(2, crown) == (0,)
    assert found.parents(2, found.actors.index("navy")) == (0, 1)
    by_slot = names_by_slot(found)
    table = found.beliefs[crown, 0]
    assert isinstance(table, RowTable)
    assert {by_slot[slot] for slot in table.slots} == {"belief crown storm 0"}


# Evidence


REPORTS = """\
as_of: 2022-03-24
evidence:
  - {id: one, date: 2022-03-01, claim: a, source: radio, bears_on: storm, likelihood: {strong: likely, others: 0.2}}
  - {id: two, date: 2022-03-02, claim: b, source: radio, bears_on: mood, shows: low, origin: wire}
  - {id: three, date: 2022-03-03, claim: c, source: paper, bears_on: storm, shows: strong, origin: wire, anyway: 0.2}
  - {id: four, date: 2022-03-04, claim: d, source: radio, grade: C3, bears_on: storm, shows: strong}
  - {id: five, date: 2022-03-25, claim: e, source: radio, bears_on: storm, shows: none}
  - {id: six, date: 2022-03-05, claim: f, bears_on: storm, likelihood: {strong: likely, others: likely}}
"""


def test_reports_of_one_origin_stand_together() -> None:
    found = model(REPORTS)
    assert [(one.name, [report.report for report in one.reports]) for one in found.evidence] == [
        ("one", ["one"]),
        ("wire", ["two", "three"]),
        ("four", ["four"]),
        ("six", ["six"]),
    ]
    assert [one.axes for one in found.evidence] == [(0,), (0, 1), (0,), (0,)]


def test_a_report_after_the_day_of_the_forecast_is_left_out_yet_keeps_its_draws() -> None:
    found, later = model(REPORTS), model(REPORTS.replace("2022-03-24", "2022-04-24"))
    assert "five" not in [one.name for one in found.evidence]
    assert "five" in [one.name for one in later.evidence]
    assert [one.name for one in found.parameters] == [one.name for one in later.parameters]


def test_a_likelihood_has_a_slot_for_each_state_and_others_share_theirs() -> None:
    found = model(REPORTS)
    [report] = found.evidence[0].reports
    by_slot = names_by_slot(found)
    assert [by_slot[slot] for slot in report.likelihood] == [
        "report one storm others 0.2",
        "report one storm others 0.2",
        "report one storm strong likely",
    ]


def test_reports_of_one_source_share_its_reliability_unless_graded_apart() -> None:
    found = model(REPORTS)
    by_slot = names_by_slot(found)
    graded = {report.report: by_slot[report.reliability] for one in found.evidence for report in one.reports}
    assert graded == {
        "one": "reliability radio B",
        "two": "reliability radio B",
        "three": "reliability paper F",  # ungraded
        "four": "reliability radio C",
        "six": "reliability certain",
    }
    certain = parameter(found, "reliability certain")
    assert isinstance(certain, Scalar)
    assert (certain.distribution.is_point, certain.distribution.low) == (True, 1.0)


def test_how_readily_a_source_would_say_so_anyway_is_anything_where_not_said() -> None:
    found = model(REPORTS)
    by_slot = names_by_slot(found)
    one, two, three, *_ = [report for origin in found.evidence for report in origin.reports]
    assert by_slot[three.anyway] == "origin 'wire' anyway 0.2"
    for report in (one, two):
        unsaid = parameter(found, by_slot[report.anyway])
        assert isinstance(unsaid, Scalar)
        assert (unsaid.distribution.family, unsaid.distribution.low, unsaid.distribution.high) == ("uniform", 0.0, 1.0)


def test_origins_whose_words_run_together_share_nothing() -> None:
    # Joined by blanks, both would read `origin x storm strong likely`.
    first = "{id: a, claim: a, bears_on: storm, likelihood: {strong: likely, others: 0.1}, origin: x}"
    second = "{id: b, claim: b, bears_on: strong, likelihood: {yes: 0.1, others: 0.2}, origin: x storm}"
    strong = "factors:\n  strong: {states: [yes, no], chances: {yes: 0.5}}\n"
    found = build_model(read(CASE.replace("factors:\n", strong) + f"evidence: [{first}, {second}]\n"))
    slots = [set(report.likelihood) for origin in found.evidence for report in origin.reports]
    assert slots[0] & slots[1] == set()
    assert {"origin 'x' storm strong likely", "origin 'x storm' strong yes 0.1"} <= set(names_by_slot(found))


def test_grades_of_the_case_replace_ours() -> None:
    found = parameter(model(REPORTS + "grades: {B: 0.4..0.5}\n"), "reliability radio B")
    assert isinstance(found, Scalar)
    assert (found.distribution.low, found.distribution.high) == (0.4, 0.5)


# The event


@pytest.mark.parametrize(
    ("event", "axes", "holds"),
    [
        ("{strait: closed}", (4,), [False, True]),
        ("{storm: [none, strong]}", (0,), [True, False, True]),
        ("{mood: low, strait: closed}", (1, 4), [[False, True], [False, False]]),
        ("{all: [{mood: low}, {strait: closed}]}", (1, 4), [[False, True], [False, False]]),
        ("{any: [{mood: low}, {strait: closed}]}", (1, 4), [[True, True], [False, True]]),
        ("{any: [{strait: closed}, {all: [{mood: low}, {strait: open}]}]}", (1, 4), [[True, True], [False, True]]),
        ("{strait: closed, any: [{mood: low}, {mood: high, storm: none}]}", (0, 1, 4), None),
        ("{any: [{strait: open}, {all: [{strait: closed}, {mood: low}]}]}", (1, 4), [[True, True], [True, False]]),
    ],
)
def test_an_event_is_a_table_over_what_it_tests(event: str, axes: tuple[int, ...], holds: list[object] | None) -> None:
    found = build_model(read(CASE.replace("{strait: closed}}", event + "}", 1))).event
    assert found.axes == axes
    if holds is None:
        holds = [[[False, True], [False, storm == 0]] for storm in range(3)]
    assert found.holds.tolist() == holds


# What is no sound case


def test_a_table_that_does_not_cover_everything_is_a_fault_of_the_caller() -> None:
    case, _ = read_case(Source("case.yaml", CASE.replace("      - {else: true, low: 0.2}\n", "")))
    assert case is not None
    with pytest.raises(ValueError, match="covered by no rule"):
        build_model(case)
