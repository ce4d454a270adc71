"""The canonical text of a case: it means the same, draws the same, and reads well."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import melian
from melian.api import examine
from melian.case.case import Case
from melian.case.codes import CASE_CODES
from melian.case.write import write_case
from melian.catalog import case_names
from melian.model.build import build_model
from melian.solve.draws.draw import Sampler
from melian.source.diagnostic import has_errors
from melian.source.emit import emit
from melian.source.text import Source
from melian.source.tidy.tidy import same_meaning, tidy
from melian.source.tree import Entry, Mapping, Scalar, Sequence, parse
from tests.reading import read
from tests.strategies import case_texts

DOCS = Path(__file__).parents[2] / "docs"
CASES = {path.stem: path for path in sorted(DOCS.rglob("*.yaml")) if "_build" not in path.parts}
GOOD = {f"{code.code}-{number}": text for code in CASE_CODES for number, text in enumerate([code.good]) if text}


def same(case: Case, again: Case) -> bool:
    """Whether two cases mean the same, parameter by parameter, and draw the same worlds bit for bit."""
    one, other = build_model(case), build_model(again)
    assert case == again
    assert one.parameters == other.parameters
    assert [said.origin for said in one.parameters] == [said.origin for said in other.parameters]
    draws = [Sampler(model.parameters, 5).block(0, 256) for model in (one, other)]
    return np.array_equal(*draws)


def again(case: Case) -> Case:
    """Case as it is read from its own text."""
    text = write_case(case)
    found = read(text)
    assert write_case(found) == text  # canonical once, canonical for good
    assert tidy(Source("case.yaml", text)) == text
    return found


@settings(max_examples=100)
@given(case_texts())
def test_a_random_case_comes_back(text: str) -> None:
    case, diagnostics = melian.api.examine_source(Source("case.yaml", text))
    assert case is not None
    assume(not has_errors(diagnostics))
    assert same(case, again(case))


@pytest.mark.parametrize("name", case_names())
def test_a_case_of_the_gallery_comes_back_with_its_answer(name: str) -> None:
    case = melian.read(name)
    there = melian.read_text(case.to_yaml())
    assert same(case.judged, there.judged)
    assert np.array_equal(*(one.solve(worlds=512).worlds.event for one in (case, there)))


@pytest.mark.parametrize("path", CASES.values(), ids=CASES)
def test_a_case_of_the_pages_comes_back(path: Path) -> None:
    case, diagnostics = examine(path)
    if case is not None and not has_errors(diagnostics):
        assert same(case, again(case))


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_every_good_example_comes_back(text: str) -> None:
    case, diagnostics = melian.api.examine_source(Source("case.yaml", text))
    if case is not None and not has_errors(diagnostics):
        assert same(case, again(case))


CASE = """\
# A comment is not kept.
x-mine: [1, 2]
evidence:
- claim: The pilots were called back, all of them, and nobody said for how long, or by whom, or why it was on that day.
  why: "no: #1"
  bears_on: strait
  shows: closed
  x-own: {b: 1, a: 2}
  id: pilots
factors:
  strait:
    chances:
    - closed: {why: 'seen, twice', is: 0.3}
      else: true
    states: [{open: 'no'}, closed]
by: ann
question: {by: 2031-01-01, event: {strait: closed}, outcome: "no"}
case: strait
melian: 1
"""


def test_keys_stand_in_the_order_of_the_language_and_provenance_last() -> None:
    assert (
        melian.read_text(CASE).to_yaml()
        == """\
melian: 1
case: strait
by: ann

question:
  event: {strait: closed}
  by: 2031-01-01
  outcome: "no"

factors:
  strait: {states: [{open: "no"}, closed], chances: [{else: true, closed: {is: 0.3, why: "seen, twice"}}]}

evidence:
  - id: pilots
    claim: The pilots were called back, all of them, and nobody said for how long, or by whom, or why it
      was on that day.
    bears_on: strait
    shows: closed
    why: "no: #1"
    x-own: {b: 1, a: 2}

x-mine: [1, 2]
"""
    )


def test_what_was_changed_since_it_was_read_is_in_it() -> None:
    case = melian.read("belarus-2022")
    earlier = melian.read_text(case.on(date(2022, 3, 1)).to_yaml())
    assert earlier.judged.as_of == date(2022, 3, 1)
    knowing = case.reveal("entry", "china", "army_mood")
    assert knowing.judged != case.judged
    assert melian.read_text(knowing.to_yaml()).judged == knowing.judged


def test_a_case_in_several_files_becomes_one_with_all_that_its_files_say(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "melian: 1\ncase: parts\nby: ann\ninclude: part.yaml\nquestion: {event: {x: yes}}\ngrades: {B: 0.7}\n"
    )
    (tmp_path / "part.yaml").write_text(
        "by: bob\nbasis: fact\nactors: {navy: }\ngrades: {C: 0.5}\njudgements: {p: likely}\n"
        "factors: {x: {states: [no, yes], by: cleo, chances: {yes: the p}}}\n"
        "beliefs: {navy: {x: {yes: 0.2}}}\n"
        "choices: {act: {actor: navy, options: [no, yes]}}\n"
        "stakes: {navy: {gain: {given: [act], values: {yes: 100, no: 0}}}}\n"
        "evidence: [{id: r, date: 2031-01-01, claim: said, grade: B, bears_on: x, likelihood: {yes: 0.5, no: 0.2}}]\n"
    )
    case = melian.read(tmp_path / "case.yaml")
    text = case.to_yaml()
    assert "include" not in text
    there = melian.read_text(text).judged
    assert same(case.judged, there)
    for part in (case.judged, there):
        assert [part.factors[0].provenance.by, part.factors[0].provenance.basis] == ["cleo", "fact"]
        assert {part.evidence[0].provenance.by, part.stakes[0].provenance.by, part.beliefs[0].provenance.by} == {"bob"}
        assert [judgement.provenance.by for _, judgement in part.grades] == ["ann", "bob"]


# Any tree

ODD = ["", "no", "~", "- a", "a: b", "a #b", "#", "---", "...", "?", "'", '"', "{", "a,b", "<<", "=", "é封", "\\", "&a"]
WORDS = st.lists(
    st.sampled_from(["word", "a,", "-", "?", "#", "a:", ":b", "%", "---", "...", "\\", "'", '"', "]", "!"])
)
LONG = st.builds(lambda words, many: " ".join(words * many), WORDS, st.integers(1, 30))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(ODD) | LONG
KEYS = TEXTS.filter(lambda text: 0 < len(text) < 40)
NOWHERE = parse(Source("a", "a"))[0].span  # type: ignore[union-attr]


def scalars(text: str, quoted: bool) -> Scalar:
    return Scalar(text, NOWHERE, quoted or not text)


TREES = st.recursive(
    st.builds(scalars, TEXTS, st.booleans()),
    lambda inner: (
        st.builds(lambda items: Sequence(tuple(items), NOWHERE), st.lists(inner, max_size=3))
        | st.builds(
            lambda said: Mapping(tuple(Entry(scalars(key, False), value) for key, value in said.items()), NOWHERE),
            st.dictionaries(KEYS, inner, max_size=3),
        )
    ),
    max_leaves=10,
)


@settings(max_examples=300)
@given(st.dictionaries(KEYS, TREES, max_size=3))
def test_any_tree_is_read_back_from_its_text(said: dict[str, Mapping | Sequence | Scalar]) -> None:
    tree = Mapping(tuple(Entry(scalars(key, False), value) for key, value in said.items()), NOWHERE)
    found, diagnostics = parse(Source("case.yaml", emit(tree)))
    assume(not any(each.code in ("merge-key", "tight-colon", "odd-space") for each in diagnostics))
    assert [str(each) for each in diagnostics] == []
    assert found is not None
    assert same_meaning(tree, found), emit(tree)
