"""What is shown cannot contradict itself: numbers beside each other, counts, and what is called told."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import melian
from melian.answer.difference import Difference
from melian.answer.inventory import inventory_of
from melian.answer.judgements import statements_of
from melian.answer.rounding import COARSE, EXACT, FINE
from melian.answer.situations import after_evidence
from melian.answer.solve import solve_model
from melian.answer.supposed import Supposed
from melian.answer.weighted import weighted_mean
from melian.model.build import build_model
from melian.plan.make import make_plan
from melian.view import wording
from melian.view.kinds import Kind
from melian.view.naming import about_of
from melian.view.sheets.drivers import drivers_sheet
from melian.view.sheets.pictures import picture_of
from tests.solving import model_of
from tests.view.answers import asked
from tests.view.pages import Page

FAULTS = Path(__file__).parents[1] / "faults"
ROUNDING = 1e-9  # of sums over worlds
chances = st.floats(0.0, 1.0)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


@given(chances, chances, st.sampled_from([EXACT, FINE, COARSE]))
def test_a_difference_is_that_of_the_numbers_beside_it(before: float, after: float, step: float) -> None:
    shown = []
    for chance in (before, after):
        said = wording.percent(chance, step)
        shown.append(0.0 if said.startswith("<") else 100.0 if said.startswith(">") else numbers(said)[0])
    moved = wording.moved(before, after, step)
    assert (numbers(moved) or [0.0])[0] == pytest.approx(abs(shown[1] - shown[0]))
    assert moved.startswith("up") == (shown[1] > shown[0])
    assert moved.startswith("down") == (shown[1] < shown[0])


def test_what_is_no_more_than_a_search_leaves_or_no_digit_shows_is_not_told() -> None:
    assert not Difference(-2e-6, 0.0, 0.05).is_told
    assert not Difference(1e-17, 0.0).is_told
    assert not Difference(0.02, 0.01).is_told
    assert Difference(0.02, 0.005).is_told


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=9), st.integers(0, 99))
def test_no_mean_lies_beyond_what_it_is_a_mean_of(values: list[float], seed: int) -> None:
    value, weight = np.array(values), np.random.default_rng(seed).random(len(values)) + 1e-3
    assert value.min() <= weighted_mean(value, weight) <= value.max()


@pytest.mark.parametrize("name", ["strait", "flagship"])
def test_a_bar_is_the_average_of_its_marks(name: str) -> None:
    solution = asked(name)["solution"]
    for choice in solution.behaviour().choices:
        after = after_evidence(solution.model, solution.enquiry, solution.sampled, choice)
        for option, overall in choice.overall.items():
            assert min(after[option]) - ROUNDING <= overall <= max(after[option]) + ROUNDING


@pytest.mark.parametrize("kind", ["worlds", "choices", "drivers", "timeline", "storylines"])
def test_every_figure_says_its_question_its_date_and_its_answer(kind: Kind) -> None:
    solution = asked("strait")["solution"]
    words = Page(f"<svg>{picture_of(solution, kind).marks}</svg>").words
    said = " ".join(words.split())
    answer = wording.percent(solution.likelihood().mean, solution.step)
    assert f"{solution.case.title} As known on 24 March 2022: the answer is {answer}" in said


def test_every_judgement_says_when_it_holds_in_labels() -> None:
    model = build_model(melian.read("belarus-2022").judged)
    about = [about_of(model.case, judged) for judged in statements_of(model)]
    assert sum(", where " in said for said in about) > 20
    assert any(said.endswith(", otherwise") for said in about)
    assert [said for said in about if re.search(r"\b[a-z]+_[a-z_]+\b", said)] == []


# Faults that were found


def test_bounds_that_cross_the_line_are_found_whatever_the_seed() -> None:
    case = melian.read(FAULTS / "product-crux.yaml")
    for seed in range(4):
        (crux, *_) = case.solve(worlds=8192, seed=seed).drivers().cruxes.found
        assert crux.mean > 0.5
        assert [bound.is_above for bound in crux.bounds] == [True, True]
        assert all(0.38 < bound.value < 0.55 for bound in crux.bounds)


def test_a_search_that_found_nothing_claims_no_proof() -> None:
    text = (FAULTS / "product-crux.yaml").read_text().replace("x: 0..1, y: 0..1", "x: 0..0.72, y: 0..0.72")
    solution = melian.read_text(text).solve(worlds=4096)
    said = " ".join(getattr(block, "text", "") for block in drivers_sheet(solution, solution.drivers()).blocks)
    assert "None found, which is no proof that there is none." in said
    assert "No bounds" not in said


def test_only_what_a_case_says_is_counted() -> None:
    model = model_of((FAULTS / "repeat-test.yaml").read_text())
    held = inventory_of(model.case, model, make_plan(model))
    assert (held.judgements, held.uncertain, held.reports) == (5, 0, 2)


def test_digits_are_true_where_nothing_is_uncertain() -> None:
    text = (FAULTS / "product-crux.yaml").read_text().replace("x: 0..1, y: 0..1", "x: 0.824, y: 0.5")
    for worlds in (1, 2048):
        solution = solve_model(model_of(text), Supposed(), worlds=worlds)
        assert solution.step == EXACT
        assert wording.percent(solution.likelihood().mean, solution.step) == "41.2 %"


@pytest.mark.parametrize("worlds", [1, 2, 3])
def test_storylines_of_what_is_certain_are_told_without_a_warning(worlds: int) -> None:
    model = model_of((FAULTS / "product-crux.yaml").read_text())
    for do in ({"a": "yes", "b": "yes"}, {"a": "no"}):
        found = solve_model(model, Supposed(do=do), worlds=worlds).storylines()
        assert found.event in (0.0, 1.0)
        assert found.chance <= 1.0
