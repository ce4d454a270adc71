"""What cannot be solved is refused before anything is computed, with the reason and the places."""

import pytest

from melian.api import examine_source
from melian.errors import PlanError
from melian.plan.cost import MAX_CELLS, MAX_OPERATIONS
from melian.plan.make import Enquiry, make_plan
from melian.source.text import Source
from tests.plan.test_relevance import HORSE, two_choices
from tests.solving import model_of

PENNIES = two_choices("", "", "a, b", "a, b")


def wide(n_factors: int) -> str:
    """An event that joins many factors: one table over all of them."""
    factors = "\n".join(f"  f{index}: {{states: [x, y], chances: {{x: 0.5}}}}" for index in range(n_factors))
    tests = ", ".join(f"{{f{index}: x}}" for index in range(n_factors))
    return f"melian: 1\ncase: wide\nquestion: {{event: {{any: [{tests}]}}}}\nfactors:\n{factors}\n"


def long(n_factors: int) -> str:
    """A chain of factors, each given the three before it: every table is small, and there are many."""
    states = ", ".join(f"x{state}" for state in range(12))
    before = ({"f" + str(place) for place in range(max(index - 3, 0), index)} for index in range(n_factors))
    factors = "\n".join(
        f"  f{index}: {{states: [{states}], given: [{', '.join(sorted(given))}], chances: {{x0: 0.5}}}}"
        for index, given in enumerate(before)
    )
    return f"melian: 1\ncase: long\nquestion: {{event: {{f{n_factors - 1}: x0}}}}\nfactors:\n{factors}\n"


def test_choices_in_a_circle_are_refused_by_name() -> None:
    with pytest.raises(PlanError, match="`a` and `b` depend on each other in a circle") as caught:
        make_plan(model_of(PENNIES))
    assert caught.value.code == "circular-choices"
    assert set(caught.value.nodes) == {"a", "b"}


def test_only_the_choices_of_the_circle_are_named() -> None:
    more = PENNIES.replace("choices:\n", "choices:\n  c: {actor: one, options: [x, y], sees: [a, b]}\n")
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(more))
    assert set(caught.value.nodes) == {"a", "b"}


def test_a_circle_of_three_is_refused() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(HORSE))
    assert caught.value.code == "circular-choices"
    assert {"three"} <= set(caught.value.nodes) <= {"one", "two", "three"}


def test_a_check_of_the_case_shows_the_circle_where_it_stands() -> None:
    _, diagnostics = examine_source(Source("pennies.yaml", PENNIES))
    found = next(diagnostic for diagnostic in diagnostics if diagnostic.code == "circular-choices")
    assert found.severity == "error"
    assert {label.span.text for label in (found.primary, *found.secondary)} == {"a", "b"}


def test_help_names_what_would_break_the_circle() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(PENNIES))
    first, second = caught.value.nodes
    assert f"let `{second}` see `{first}`" in caught.value.notes[0]


def test_bringing_one_of_them_about_breaks_the_circle() -> None:
    model = model_of(PENNIES)
    assert set(make_plan(model, Enquiry(do={model.index_of("a"): 0})).rules) == {model.index_of("b")}
    with pytest.raises(PlanError):
        make_plan(model, Enquiry(do={model.index_of("a"): 0}, announced=False))


def test_a_table_beyond_the_bound_is_refused_and_its_factors_named() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(wide(17)))
    assert caught.value.code == "too-costly"
    assert set(caught.value.nodes) == {f"f{index}" for index in range(17)}
    assert f"{2**18:,} cells" in caught.value.message
    assert f"{MAX_CELLS:,}" in caught.value.message


def test_one_factor_less_is_within_it() -> None:
    assert make_plan(model_of(wide(16))).cost.cells == 2**17


def test_too_many_operations_are_refused_even_where_every_table_is_small() -> None:
    model = model_of(long(200))
    with pytest.raises(PlanError) as caught:
        make_plan(model)
    assert caught.value.code == "too-costly"
    assert f"{MAX_OPERATIONS:,}" in caught.value.message
    assert f"table of {2 * 12**4:,} cells" in caught.value.message  # which is far within the other bound


def test_a_check_of_the_case_shows_what_is_too_large() -> None:
    _, diagnostics = examine_source(Source("wide.yaml", wide(17)))
    found = next(diagnostic for diagnostic in diagnostics if diagnostic.code == "too-costly")
    assert found.severity == "error"
    assert len(found.secondary) == 16
