"""However large or tangled a file is, a check of it ends soon, says which bound was met, and shows what can be read."""

import random

import pytest

from melian.api import MOST_TOLD
from melian.case.rules.too_large_case import MAX_CHOICES, MAX_REPORTS, MAX_VARIABLES, MAX_WEIGHING
from melian.case.suggestions import MOST_CANDIDATES, Suggestions
from melian.source.diagnostic import Diagnostic
from tests.reading import codes, examined, the_one

HEAD = "melian: 1\ncase: strait\nquestion: {event: {f0: a}}\n"
FACTOR = "  f{}: {{states: [a, b], chances: {{a: 0.5}}}}\n"


def factors(number: int) -> str:
    return "factors:\n" + "".join(FACTOR.format(index) for index in range(number))


def test_mistakes_beyond_what_anyone_reads_are_counted() -> None:
    slips = "".join(f"note{number}: x\n" for number in range(MOST_TOLD + 7))
    found = examined(HEAD + factors(1) + slips)
    assert len(found) == MOST_TOLD + 1
    assert found[-1].headline == "there is more to say: 7 diagnostics are not shown"
    assert len(examined(HEAD + factors(1) + slips[: slips.index("note1000:")])) == MOST_TOLD


def test_errors_are_kept_before_warnings() -> None:
    sources = "sources: {" + ", ".join(f"s{number}: {{}}" for number in range(MOST_TOLD + 5)) + "}\n"
    assert "unused-source" in codes(HEAD + factors(1) + sources)
    found = examined(HEAD + factors(MAX_VARIABLES) + "  f1b: {states: [a, b], chances: {a: 0.5}}\n")
    assert [one.severity for one in found].count("error") == 1


def severities(found: list[Diagnostic]) -> set[str]:
    return {one.severity for one in found if one.code == "case-too-large"}


def test_the_number_of_factors_is_bounded() -> None:
    assert severities(examined(HEAD + factors(MAX_VARIABLES))) == set()
    assert severities(examined(HEAD + factors(MAX_VARIABLES + 1))) == {"error"}


def test_the_number_of_choices_is_bounded() -> None:
    def choices(number: int) -> str:
        return "actors: {x: {}}\nchoices:\n" + "".join(
            f"  c{index}: {{actor: x, options: [a, b]}}\n" for index in range(number)
        )

    assert severities(examined(HEAD + factors(1) + choices(MAX_CHOICES))) == set()
    assert severities(examined(HEAD + factors(1) + choices(MAX_CHOICES + 1))) == {"error"}


def test_the_number_of_reports_is_bounded() -> None:
    report = "  - {{id: r{}, date: 2022-01-01, claim: c, bears_on: f0, likelihood: {{a: likely, b: unlikely}}}}\n"
    text = HEAD + factors(1) + "evidence:\n" + "".join(report.format(number) for number in range(MAX_REPORTS + 1))
    one = the_one(text, "case-too-large")
    assert one.primary.span.text == f"r{MAX_REPORTS}"


def test_what_choices_take_to_set_up_is_bounded() -> None:
    n_stakes, n_factors, n_choices = 10, 900, 20
    assert n_stakes * n_choices * (n_factors + n_choices) > MAX_WEIGHING
    text = HEAD + factors(n_factors) + "actors: {x: {}}\nchoices:\n"
    text += "".join(f"  c{index}: {{actor: x, options: [a, b]}}\n" for index in range(n_choices)) + "stakes:\n  x:\n"
    text += "".join(f"    s{index}: {{given: [c0], values: {{a: 0, b: 100}}}}\n" for index in range(n_stakes))
    assert "20 choices by 10 stakes by 920 nodes" in the_one(text, "case-too-large").primary.text


def test_near_names_are_not_looked_for_without_end() -> None:
    draw = random.Random(0)
    names = ["".join(draw.choices("abc", k=80)) for _ in range(MOST_CANDIDATES)]
    suggestions = Suggestions()
    near = [suggestions.nearest(names[0][:-1] + "x", names) for _ in range(3)]
    assert near == [names[0], None, None]
    assert Suggestions().nearest("f00", ["f0", "g0"]) == "f0"


@pytest.mark.parametrize("name", ["anchors", "aliases", "tags", "colons"])
def test_a_line_of_very_many_mistakes_is_shown_in_few(name: str) -> None:
    item = {"anchors": "&a b", "aliases": "*a ", "tags": "!a b", "colons": "a:b"}[name]
    around = (HEAD + "factors: {", "}\n") if name == "colons" else (HEAD + factors(1) + "x-a: [", "]\n")
    found = examined(around[0] + (item + ", ") * 45_000 + around[1])
    assert len(found) > MOST_TOLD
    assert len(found) <= MOST_TOLD + 1
