"""The order of drawing: what bears on the question comes first, so that what does not changes no digit."""

from melian.model.bearing import BEARS, EVIDENCE, REST, bearing, reached_nodes
from melian.model.build import build_model
from tests.reading import read

CASE = """\
melian: 1
case: strait
as_of: 2022-03-24
question: {event: {strait: closed}}
actors: {crown: {}, navy: {}, far: {}}
sources: {radio: {grade: B2}}
factors:
  aside: {states: [a, b], chances: {a: 0.2..0.4}}
  storm: {states: [none, strong], chances: {strong: 0.1..0.3}}
  mood: {states: [low, high], chances: {low: 0.1..0.3}}
  crops: {states: [poor, rich], chances: {poor: 0.1..0.3}}
  told: {states: [so, not], chances: [{when: {crops: poor}, so: 0.1..0.3}, {else: true, so: 0.5..0.6}]}
  after: {states: [bad, good], chances: [{when: {strait: closed}, bad: 0.5..0.9}, {else: true, bad: 0.1..0.2}]}
  doubt: {states: [low, high], chances: {low: 0.3..0.4}}
choices:
  trade: {actor: far, options: [buy, sell], sees: [aside]}
  strait: {actor: navy, options: [open, closed], sees: [storm]}
stakes:
  far: {gain: {given: [trade], values: {buy: 0, sell: 90..100}}}
  navy: {gain: {given: [mood, strait], values: [{when: {mood: low, strait: open}, is: 0..10}, {else: true, is: 100}]}}
beliefs:
  far: {storm: {strong: 0.2..0.9}}
  navy: {mood: {given: [doubt], chances: [{when: {doubt: low}, low: 0.1..0.2}, {else: true, low: 0.4..0.5}]}}
evidence:
  - {id: one, date: 2022-03-01, claim: so, source: radio, bears_on: told, likelihood: {so: likely, others: unlikely}}
"""
REACHED = {
    "strait",  # the event
    "storm",  # seen by who decides it
    "mood",  # weighed by them
    "doubt",  # what they believe it depends on
    "told",  # evidence is about it
    "crops",  # and it depends on this
}


def ranks(text: str) -> dict[str, int]:
    case = read(text)
    rank = bearing(case)
    return {parameter.name: rank(parameter) for parameter in build_model(case).parameters}


def test_what_reaches_the_event_or_the_evidence_is_found_through_chances_sight_stakes_and_beliefs() -> None:
    assert reached_nodes(read(CASE)) == REACHED


def test_parameters_bear_by_what_they_are_about() -> None:
    found = ranks(CASE)
    assert found["factor storm 0"] == found["factor crops 0"] == found["factor doubt 0"] == BEARS
    assert found["factor aside 0"] == found["factor after 0"] == REST
    assert found["stake navy gain 0"] == found["weights navy"] == found["precision navy"] == BEARS
    assert found["stake far gain 0"] == found["precision far"] == found["precision crown"] == REST
    assert found["belief navy mood 0"] == BEARS
    assert found["belief far storm 0"] == REST  # far decides nothing that counts
    assert found["reliability radio B"] == EVIDENCE
    assert {rank for name, rank in found.items() if name.startswith("report ")} == {EVIDENCE}


def test_they_are_drawn_in_the_order_of_their_bearing_and_else_as_written() -> None:
    found = ranks(CASE)
    assert list(found.values()) == sorted(found.values())
    factors = [name for name, rank in found.items() if rank == BEARS and name.startswith("factor")]
    assert factors == [f"factor {name}" for name in ("storm 0", "mood 0", "crops 0", "told 0", "told 1", "doubt 0")]


def test_what_is_added_aside_comes_last_and_leaves_the_rest_in_place() -> None:
    more = CASE.replace("factors:\n", "factors:\n  new: {states: [a, b], chances: {a: 0.1..0.2}}\n")
    first = [name for name, rank in ranks(CASE).items() if rank != REST]
    assert list(ranks(more))[: len(first)] == first


def test_the_day_of_the_forecast_plays_no_part() -> None:
    assert ranks(CASE) == ranks(CASE.replace("2022-03-24", "2022-02-24"))
