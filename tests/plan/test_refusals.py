"""What cannot be solved is refused before anything is computed, with the reason and the places."""

import random

import pytest

from melian.api import examine_source
from melian.errors import PlanError
from melian.plan.bounds import MAX_CELLS, MAX_OPERATIONS, MAX_UNKNOWN
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.source.text import Source
from tests.plan.test_relevance import two_choices
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


def test_bringing_one_of_them_about_breaks_the_circle() -> None:
    model = model_of(PENNIES)
    assert make_plan(model).together == ((model.index_of("a"), model.index_of("b")),)
    assert not make_plan(model, Enquiry(do={model.index_of("a"): 0})).together
    assert set(make_plan(model, Enquiry(do={model.index_of("a"): 0})).rules) == {model.index_of("b")}
    assert make_plan(model, Enquiry(do={model.index_of("a"): 0}, announced=False)).together


def test_a_table_beyond_the_bound_is_refused_and_its_factors_named() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(wide(17)))
    assert caught.value.code == "too-costly"
    assert caught.value.nodes == ("event:", "f0")  # without one of them it fits: see the next test
    assert "`f0` out of the event: about 131,072 cells would remain" in caught.value.notes[1]
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
    assert found.primary.span.line == 3
    assert [label.span.text for label in found.secondary] == ["f0"]


def seeing(n_factors: int, n_states: int) -> str:
    """A choice that sees many factors, all of which its actor weighs."""
    states = ", ".join(f"x{state}" for state in range(n_states))
    names = [f"f{index}" for index in range(n_factors)]
    factors = "\n".join(f"  {name}: {{states: [{states}], chances: {{x0: 0.5}}}}" for name in names)
    values = "values: [{{when: {{{0}: x0, d: go}}, is: 100}}, {{else: true, is: 0}}]"
    stakes = "\n".join(f"    s{name}: {{given: [{name}, d], {values.format(name)}}}" for name in names)
    return f"""melian: 1
case: seeing
question: {{event: {{d: go}}}}
actors: {{one: {{}}}}
factors:
{factors}
choices:
  d: {{actor: one, options: [go, stay, wait], sees: [{", ".join(names)}]}}
stakes:
  one:
{stakes}
"""


def test_a_choice_that_sees_too_much_is_named_with_what_it_need_not_see() -> None:
    text = seeing(5, 11)
    assert 3 * 11**4 <= MAX_CELLS < 3 * 11**5
    _, diagnostics = examine_source(Source("seeing.yaml", text))
    _, fits = examine_source(Source("seeing.yaml", text.replace("sees: [f0, ", "sees: [")))
    assert "too-costly" not in {diagnostic.code for diagnostic in fits}
    (found,) = (diagnostic for diagnostic in diagnostics if diagnostic.code == "too-costly")
    assert found.primary.span.text == "d"
    assert [label.span.text for label in found.secondary] == ["f0"]
    notes = [note.text for note in found.notes]
    assert notes[0].startswith("the choice `d` makes it large; the table spans ")
    assert notes[1] == "leave `f0` out of what `d` sees: about 87,846 cells would remain"
    assert notes[2] == "or merge states: `f0` has 11"


def signal(n_kinds: int, n_options: int) -> str:
    """One actor knows what it is and another sees only what it does; each has chances to find."""
    kinds = ", ".join(f"k{kind}" for kind in range(n_kinds))
    options = ", ".join(f"m{option}" for option in range(n_options))
    return f"""melian: 1
case: signal
question: {{event: {{reply: r0}}}}
actors: {{sender: {{}}, receiver: {{}}}}
factors: {{kind: {{states: [{kinds}], chances: {{k0: 0.5}}}}}}
choices:
  sign: {{actor: sender, options: [{options}], sees: [kind]}}
  reply: {{actor: receiver, options: [r0, r1], sees: [sign]}}
stakes:
  sender:
    s:
      given: [kind, sign, reply]
      values: [{{when: {{kind: k0, sign: m0, reply: r0}}, is: 100}}, {{else: true, is: 0}}]
  receiver:
    s:
      given: [kind, reply]
      values: [{{when: {{kind: k0, reply: r0}}, is: 100}}, {{else: true, is: 50}}]
"""


def test_as_many_chances_as_can_be_found_at_once_are_taken_and_one_situation_more_is_refused() -> None:
    n_options = MAX_UNKNOWN // 12  # of 10 kinds, and 2 replies to each
    assert make_plan(model_of(signal(10, n_options))).stages[-1].unknown == MAX_UNKNOWN
    with pytest.raises(PlanError) as caught:
        make_plan(model_of(signal(11, n_options)))
    assert caught.value.code == "too-costly"
    assert caught.value.nodes == ("sign", "reply")
    assert f"{MAX_UNKNOWN + n_options} chances to find at once (at most {MAX_UNKNOWN})" in caught.value.message
    assert caught.value.notes[0] == f"`sign` has {11 * n_options} of them: 11 situations of {n_options} options each"
    assert caught.value.notes[1] == "leave `kind` out of what `sign` sees: about 30 would remain"


def test_nodes_tied_too_densely_are_refused_at_once() -> None:
    # 300 factors of which each depends on six earlier ones: no order of elimination keeps the tables small.
    draw = random.Random(0)
    parents = [draw.sample(range(i), min(i, 6)) for i in range(1, 300)]
    shifts = [", ".join(f"{{when: {{f{p}: a}}, a: more}}" for p in above) for above in parents]
    factors = ["  f0: {states: [a, b], chances: {a: 0.5}}\n"]
    factors += [
        f"  f{i + 1}: {{states: [a, b], base: {{a: 0.5}}, influences: [{said}]}}\n" for i, said in enumerate(shifts)
    ]
    text = "melian: 1\ncase: dense\nquestion: {event: {f299: a}}\nfactors:\n" + "".join(factors)
    with pytest.raises(PlanError, match="a table of more than 1,000,000,000 cells") as refused:
        make_plan(model_of(text))
    assert refused.value.code == "too-costly"
    assert refused.value.nodes
