"""A factor is idle only if the answer is the same whatever its chances are: a symptom that carries evidence is not."""

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.case.rules.bearing import bearing_nodes

# For each factor, its parents among those before it; then which carry a report.
Links = tuple[frozenset[int], ...]
SHIFT = 0.11


def _chance(at: int, said: dict[int, int]) -> float:
    """A chance that is like no other."""
    place = sum(state * 2.3**parent for parent, state in said.items())
    return round(0.1 + 0.75 * (0.618034 * (1 + at + 3.7 * place) % 1), 5)


@st.composite
def networks(draw: st.DrawFn) -> tuple[Links, frozenset[int], int]:
    """A few binary factors, some with reports, and the one that is asked about."""
    size = draw(st.integers(2, 5))
    links = tuple(draw(st.frozensets(st.integers(0, at - 1), max_size=2)) if at else frozenset() for at in range(size))
    return links, draw(st.frozensets(st.integers(0, size - 1), max_size=3)), draw(st.integers(0, size - 1))


def _answer(links: Links, reported: frozenset[int], asked: int, shifted: int | None) -> float:
    """Chance of the event by enumeration, with the chances of one factor moved."""
    found = [0.0, 0.0]
    for states in product((0, 1), repeat=len(links)):
        weight = 1.0
        for at, parents in enumerate(links):
            chance = _chance(at, {parent: states[parent] for parent in parents}) + SHIFT * (at == shifted)
            weight *= chance if states[at] else 1 - chance
        weight *= prod(0.8 if states[at] else 0.3 for at in reported)
        found[states[asked]] += weight
    return found[1] / sum(found)


def _case(links: Links, reported: frozenset[int], asked: int) -> melian.Case:
    factors = []
    for at, parents in enumerate(links):
        rules = []
        for states in product((0, 1), repeat=len(parents)):
            said = dict(zip(sorted(parents), states, strict=True))
            chance = _chance(at, said)
            when = ", ".join(f"f{parent}: s{state}" for parent, state in said.items())
            rules.append(f"{{when: {{{when}}}, s1: {chance}}}" if when else f"{{else: true, s1: {chance}}}")
        factors.append(f"  f{at}: {{states: [s0, s1], chances: [{', '.join(rules)}]}}\n")
    said = "date: 2031-01-01, claim: C, certain: true, likelihood: {s1: .8, s0: .3}"
    evidence = [f"  - {{id: r{at}, bears_on: f{at}, {said}}}\n" for at in reported]
    text = f"melian: 1\ncase: c\nquestion: {{event: {{f{asked}: s1}}}}\nfactors:\n{''.join(factors)}"
    return melian.read_text(text + (f"evidence:\n{''.join(evidence)}" if evidence else ""))


@settings(max_examples=60, deadline=None)
@given(networks())
def test_a_factor_bears_on_the_answer_if_and_only_if_its_chances_move_it(
    network: tuple[Links, frozenset[int], int],
) -> None:
    links, _, _ = network
    case = _case(*network)
    idle = {one.headline.split("`")[1] for one in case.diagnostics if one.code == "factor-without-effect"}
    for at in range(len(links)):
        moves = abs(_answer(*network, shifted=at) - _answer(*network, shifted=None)) > 1e-12
        assert moves == (f"f{at}" in bearing_nodes(case.judged)) == (f"f{at}" not in idle)


STAKED = """melian: 1
case: c
question: {event: {move: go}}
actors: {a: {}}
choices: {move: {actor: a, options: [stay, go]}}
stakes: {a: {gain: {given: [move, luck], values: [{when: {move: go, luck: good}, is: 100}, {else: true, is: 0..40}]}}}
factors:
  luck: {states: [bad, good], chances: {good: 0.2..0.8}}
  sign: {states: [no, yes], chances: [{when: {luck: good}, yes: 0.9}, {else: true, yes: 0.1}]}
  moon: {states: [dark, full], chances: {full: 0.5}}
  apart: {states: [no, yes], chances: {yes: 0.3..0.7}}
sources: {s: {grade: B}}
evidence:
  - {id: r, date: 2031-01-01, claim: A sign., source: s, bears_on: sign, likelihood: {yes: 0.9, no: 0.1}}
  - {id: q, date: 2031-01-01, claim: Apart., SOURCE, bears_on: apart, likelihood: {yes: 0.9, no: 0.1}}
"""


@pytest.mark.parametrize(
    ("source", "idle"), [("source: s", {"moon"}), ("certain: true", {"moon", "apart"})]
)  # fmt: skip
def test_evidence_tells_of_what_moves_a_choice_and_of_its_source(source: str, idle: set[str]) -> None:
    """A sign of what a stake hangs on tells how likely that is, which actors know; a report tells of its source."""
    case = melian.read_text(STAKED.replace("SOURCE", source))
    assert {node.name for node in case.judged.factors} - bearing_nodes(case.judged) == idle
