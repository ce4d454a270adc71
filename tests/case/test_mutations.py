"""Whatever happens to a case's text, it ends in diagnostics or in a case that can be solved."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.api import examine_source
from melian.catalog import case_path
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.solve.run import run_plan
from melian.source.diagnostic import has_errors
from melian.source.render import as_json, concise, full
from melian.source.text import Source

# Every part of the language in little, so that mutations reach all of it fast.
SMALL = """\
melian: 1
case: strait
title: "Will it close?"
as_of: 2022-03-24
words: icd203
behaviour: logit
by: team
basis: judgement
question:
  event: {any: [{strait: closed}, {all: [{war: hot}, {mood: [low, mid]}]}]}
  by: 2022-06-30
  outcome: "no"
actors:
  navy: {name: Navy, precision: ordinary}
  crown: {precision: 2..30}
sources:
  radio: {title: Radio, grade: B2, date: 2022-01-01}
  post: {}
grades: {B: 0.7..0.9}
factors:
  war:
    label: The war
    states: [calm, {hot: runs hot}]
    chances: {hot: unlikely}
  mood:
    states: [low, mid, high]
    given: [war]
    chances:
      - {when: {war: hot}, low: likely, mid: 0.1..0.2, why: so}
      - {else: true, low: {is: 0.2, basis: fact}, others: 0.3..0.5}
  army:
    states: [holds, wavers, breaks]
    base: {wavers: unlikely, breaks: 0.05}
    influences:
      - {when: {war: hot}, wavers: strongly more, breaks: times 2..4}
      - {when: {mood: [low, mid], strait: closed}, breaks: 0.5..1}
choices:
  demand: {actor: crown, options: [none, insist], sees: [war]}
  strait: {actor: navy, options: [open, {closed: is closed}], sees: [demand, mood, war]}
stakes:
  navy:
    order: [gain, peace = pride]
    gain: {given: [strait], values: {open: 0, closed: 90..100}}
    peace: {given: [army, strait], values: [{when: {army: breaks, strait: closed}, is: 0}, {else: true, is: about 80}]}
    pride: {values: [{when: {demand: insist, strait: open}, is: 0..20}, {else: true, is: 60..100}]}
  crown:
    weights: {ease: 0.4..0.6}
    ease: {given: [strait], values: {open: 0, others: 100}}
    cost: {given: [demand], values: {none: 100, insist: 0}}
beliefs:
  crown: {mood: {low: likely}, war: {chances: {hot: 0.3}}}
  navy: {army: {base: {breaks: 0.1}, influences: [{when: {war: hot}, breaks: more}]}}
evidence:
  - id: one
    date: 2022-03-01
    happened: 2022-02-27
    claim: said
    source: radio
    bears_on: strait
    likelihood: {closed: likely, others: unlikely}
    anyway: unlikely
    origin: wire
  - {id: two, date: 2022-03-02, claim: also, source: radio, grade: C3, bears_on: war, shows: hot, origin: wire}
  - {id: three, date: 2022-04-02, claim: late, source: post, bears_on: mood, likelihood: {low: 0.5, others: about 0.1}}
x-note: {anything: [1, 2]}
"""
ODD = """\
0|1|-1|0.5|1e300|1e-300|100|0..1|0.9..1|likely|almost certain|about 0.3|30 %|[]|{}||~|null|true|x-a|others|else|when
given|[a, b]|{a: b}|closed|strait|war|mood|navy|2022-03-24|strongly more|times 3|B2|'uniform(0, 1)'|50..60|erratic|a = b
any|all|is|e\u0301|é|'beta(0.01, 100000)'|'normal(1, 0.000001)'|'logitnormal(20, 20)'|'pert(0, 1, 1)'|-20..20|times 1e8
1000|0.0|...|together|rational|phia
""".replace("\n", "|").split("|")[:-1]
# Scalars in lists and mappings, keys among them.
SCALAR = re.compile(
    r"(?<=[:\[,] )[^\[\]{},:\n]+|(?<=[\[{])[^\[\]{},:\n]+|(?<=, )[^\[\]{},:\n]+(?=:)|(?<=^  )\w+(?=:)", re.M
)
N_WORLDS = 256


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Text with some lines or scalars taken out, doubled, moved or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        change = draw(st.sampled_from(["scalar"] * 6 + ["take out", "double", "copy over", "indent", "undent", "cut"]))
        if change == "scalar":
            spots = list(SCALAR.finditer(text))
            spot, other = draw(st.sampled_from(spots)), draw(st.sampled_from(spots))
            new = draw(st.sampled_from([other.group(), *ODD]))
            text = text[: spot.start()] + new + text[spot.end() :]
        else:
            text = "\n".join(_changed(draw, change, text.split("\n")))
    return text


def _changed(draw: st.DrawFn, change: str, lines: list[str]) -> list[str]:
    place, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    line = lines[place]
    cut = draw(st.integers(0, len(line)))
    replaced = {
        "take out": [],
        "double": [line, line],
        "copy over": [lines[other]],
        "indent": ["  " + line],
        "undent": [line[2:]],
        "cut": [line[:cut] + line[cut + 1 :]],
    }[change]
    return [*lines[:place], *replaced, *lines[place + 1 :]]


def holds(text: str) -> None:
    """Read a text; what is said about it can be shown, and a case without errors can be solved."""
    case, found = examine_source(Source("case.yaml", text))
    for shown in (full(found), concise(found), str(as_json(found))):
        assert isinstance(shown, str)
    for one in found:
        for label in (one.primary, *one.secondary):
            assert 0 <= label.span.start <= label.span.end <= len(text)
    if case is None or has_errors(found):
        assert found
        return
    model = build_model(case)
    worlds = run_plan(model, make_plan(model), n_worlds=N_WORLDS, seed=0, n_threads=1)
    assert np.isfinite(worlds.before).all()
    assert np.isfinite(worlds.evidence).all()
    assert ((worlds.evidence >= 0) & (worlds.evidence <= 1 + 1e-9)).all()
    if worlds.evidence.sum() > 0:  # otherwise the reports clash in the course of the calculation, and solving says so
        assert np.isfinite(worlds.event).all()
        assert all(np.isfinite(chances).all() for chances in worlds.marginals.values())


def flagship() -> str:
    path = case_path("belarus-2022")
    assert path is not None
    return path.read_text("utf-8")


def test_the_texts_themselves_hold() -> None:
    holds(SMALL)
    holds(flagship())


@settings(max_examples=400)
@given(mutated(SMALL))
def test_a_mutated_case_ends_in_diagnostics_or_in_numbers(text: str) -> None:
    holds(text)


@settings(max_examples=60)
@given(mutated(flagship()))
def test_the_mutated_flagship_ends_in_diagnostics_or_in_numbers(text: str) -> None:
    holds(text)


@pytest.mark.parametrize("line", range(len(SMALL.splitlines())))
def test_no_line_is_needed_to_give_an_answer_or_a_reason(line: int) -> None:
    lines = SMALL.splitlines(keepends=True)
    holds("".join(lines[:line] + lines[line + 1 :]))
    holds("".join(lines[: line + 1]))
