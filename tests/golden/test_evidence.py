"""Reports: likelihoods, origins, reliability and motive, worked out by hand."""

import numpy as np
import pytest

from tests.golden.digits import EXACT, FOUR_BY_SAMPLING, SIX
from tests.solving import Answer, solve

MANY = 65_536


def with_reports(*reports: str, grades: str = "") -> str:
    """Two even factors; the event is that the first is `yes`."""
    listed = "\n".join(f"  - {{id: r{index}, claim: said, {report}}}" for index, report in enumerate(reports))
    return f"""
melian: 1
case: evidence
question: {{event: {{x: yes}}}}
sources: {{one: {{grade: C}}, two: {{grade: C}}}}
{grades}
factors:
  x: {{states: [no, yes], chances: {{yes: 0.5}}}}
  y: {{states: [no, yes], chances: {{yes: 0.5}}}}
{f"evidence:{chr(10)}{listed}" if reports else ""}
"""


SPEAKS = "bears_on: x, likelihood: {yes: 0.8, no: 0.2}"
SURE = "grades: {C: 0.75}"


def test_a_report_moves_the_odds_by_its_likelihood_ratio() -> None:
    found = solve(with_reports(SPEAKS))
    assert found.event == pytest.approx(0.8, abs=EXACT)
    assert found.before == 0.5
    assert found.evidence == pytest.approx(0.5, abs=EXACT)


def test_two_reports_of_one_origin_are_one() -> None:
    once, twice = solve(with_reports(f"{SPEAKS}, origin: wire")), solve(with_reports(*[f"{SPEAKS}, origin: wire"] * 2))
    assert same_worlds(once, twice)


@pytest.mark.parametrize("uncertain", ["{yes: likely, no: unlikely}", "{yes: 0.6..0.9, others: about 0.1}"])
def test_two_graded_reports_of_one_origin_are_one_in_every_world(uncertain: str) -> None:
    report = f"bears_on: x, likelihood: {uncertain}, source: one, anyway: unlikely, origin: wire"
    once, twice = solve(with_reports(report), n_worlds=1000), solve(with_reports(report, report), n_worlds=1000)
    assert same_worlds(once, twice)


def test_reports_of_one_origin_without_a_source_share_one_reliability() -> None:
    report = f"{SPEAKS}, grade: C, origin: wire"
    once, twice = solve(with_reports(report), n_worlds=1000), solve(with_reports(report, report), n_worlds=1000)
    assert same_worlds(once, twice)


def same_worlds(one: Answer, other: Answer) -> bool:
    """Whether two solutions are the same bit for bit, world by world."""
    pairs = ((one.worlds.event, other.worlds.event), (one.worlds.evidence, other.worlds.evidence))
    return all(np.array_equal(a, b) for a, b in pairs)


def test_two_reports_of_two_origins_count_twice() -> None:
    # 0.8^2 / (0.8^2 + 0.2^2) = 0.64 / 0.68
    for origins in (["", ""], [", origin: wire", ", origin: radio"]):
        found = solve(with_reports(*(SPEAKS + origin for origin in origins)))
        assert found.event == pytest.approx(0.941176, abs=SIX)


def test_reports_of_one_origin_that_differ_count_by_their_geometric_mean() -> None:
    other = "bears_on: x, likelihood: {yes: 0.6, no: 0.4}, origin: wire"
    # sqrt(0.8 * 0.6) = 0.692820, sqrt(0.2 * 0.4) = 0.282843
    assert solve(with_reports(f"{SPEAKS}, origin: wire", other)).event == pytest.approx(0.710102, abs=SIX)


def test_a_graded_report_moves_less_than_a_certain_one() -> None:
    found = solve(with_reports(f"{SPEAKS}, source: one, anyway: 0.5", grades=SURE))
    # 0.75 * 0.8 + 0.25 * 0.5 = 0.725 and 0.75 * 0.2 + 0.25 * 0.5 = 0.275
    assert found.event == pytest.approx(0.725, abs=EXACT)


@pytest.mark.parametrize(("anyway", "expected"), [("0.1", 0.78125), ("0.5", 0.725), ("0.9", 0.6875)])
def test_a_report_that_would_be_made_anyway_moves_less(anyway: str, expected: float) -> None:
    # 0.1: 0.625 to 0.175; 0.9: 0.825 to 0.375
    found = solve(with_reports(f"{SPEAKS}, source: one, anyway: {anyway}", grades=SURE))
    assert found.event == pytest.approx(expected, abs=EXACT)


def test_a_finding_is_as_good_as_its_source() -> None:
    certain, graded = "bears_on: x, shows: yes", "bears_on: x, shows: yes, source: one, anyway: 0.5"
    assert solve(with_reports(certain)).event == 1
    # 0.75 + 0.125 to 0.125
    assert solve(with_reports(graded, grades=SURE)).event == pytest.approx(0.875, abs=EXACT)


def test_a_report_of_its_own_grade_uses_it() -> None:
    found = solve(with_reports(f"{SPEAKS}, source: one, grade: A, anyway: 0.5", grades="grades: {C: 0.75, A: 0.95}"))
    # 0.95 * 0.8 + 0.05 * 0.5 = 0.785 to 0.95 * 0.2 + 0.05 * 0.5 = 0.215
    assert found.event == pytest.approx(0.785, abs=EXACT)


def test_reports_of_one_origin_are_as_reliable_as_the_best_of_their_sources() -> None:
    finding = "bears_on: x, shows: yes, anyway: 0.5, origin: wire"
    text = with_reports(
        f"{finding}, source: one", f"{finding}, source: two, grade: D", grades="grades: {C: 0.75, D: 0.25}"
    )
    # as by the first alone: 0.75 + 0.25 * 0.5 to 0.25 * 0.5
    assert solve(text).event == pytest.approx(0.875, abs=EXACT)


@pytest.mark.parametrize(
    ("second", "expected"),
    # One source, letter C, Beta(6, 4): E[r] = 0.6, E[r^2] = 0.36 + 24 / (100 * 11) = 0.381818. A finding has 0.5 + r/2
    # against 0.5 - r/2. One reliability in both: (1 + 1.2 + 0.381818) / 4 = 0.645455 to (1 - 1.2 + 0.381818) / 4 =
    # 0.045455. One each: 0.8^2 to 0.2^2.
    [("one", 0.934211), ("two", 0.941176)],
    ids=["one-source", "two-sources"],
)
def test_reports_of_one_source_share_its_reliability(second: str, expected: float) -> None:
    finding = "bears_on: x, shows: yes, anyway: 0.5"
    found = solve(with_reports(f"{finding}, source: one", f"{finding}, source: {second}"), n_worlds=MANY)
    assert found.event == pytest.approx(expected, abs=FOUR_BY_SAMPLING)


@pytest.mark.parametrize(
    ("origin", "expected"),
    # Of one origin: 0.75 + 0.25 * 0.25 = 0.8125 where both hold, 0.25 * 0.25 = 0.0625 in the three other combinations.
    # Each its own: 0.875^2.
    [(", origin: wire", 0.8125), ("", 0.765625)],
    ids=["one-origin", "two-origins"],
)
def test_reports_of_one_origin_on_two_factors_are_wrong_together(origin: str, expected: float) -> None:
    reports = [f"bears_on: {node}, shows: yes, source: one, anyway: 0.5{origin}" for node in "xy"]
    text = with_reports(*reports, grades=SURE).replace("event: {x: yes}", "event: {x: yes, y: yes}")
    found = solve(text)
    assert found.event == pytest.approx(expected, abs=EXACT)
    assert found.chance("x", "yes") == pytest.approx(0.875, abs=EXACT)


def test_leaving_a_report_out_is_the_answer_without_it() -> None:
    found = solve(with_reports(SPEAKS, "bears_on: x, likelihood: {yes: 0.3, no: 0.6}"))
    # together 0.24 to 0.12; without the first 0.3 to 0.6; without the second 0.8 to 0.2
    assert found.event == pytest.approx(2 / 3, abs=EXACT)
    assert found.worlds.without == pytest.approx({0: 1 / 3, 1: 0.8}, abs=EXACT)


def test_what_is_brought_about_leaves_its_reports_without_meaning() -> None:
    found = solve(with_reports("bears_on: x, likelihood: {yes: 0.1, no: 0.9}"), do={"x": "yes"})
    assert found.event == 1
    assert found.evidence == 1
    assert found.worlds.without == {}


# Sources that deceive


def test_a_source_that_says_the_opposite_as_often_as_not_tells_nothing() -> None:
    # half 0.8 and half 0.2 in either state
    found = solve(with_reports(f"{SPEAKS}, deceptive: 0.5"))
    assert found.event == pytest.approx(0.5, abs=EXACT)


def test_a_report_of_a_deceiver_speaks_for_the_opposite() -> None:
    # 0.1 * 0.8 + 0.9 * 0.2 = 0.26 to 0.74
    found = solve(with_reports(f"{SPEAKS}, deceptive: 0.9"))
    assert found.event == pytest.approx(0.26, abs=EXACT)


def test_a_deceiver_is_otherwise_as_reliable_as_its_grade() -> None:
    # 0.75 * (0.75 * 0.8 + 0.25 * 0.5) + 0.25 * 0.2 = 0.59375 to 0.75 * 0.275 + 0.25 * 0.8 = 0.40625
    for where in ("report", "source"):
        said = ", deceptive: 0.25" if where == "report" else ""
        text = with_reports(f"{SPEAKS}, source: one, anyway: 0.5{said}", grades=SURE)
        if where == "source":
            text = text.replace("one: {grade: C}", "one: {grade: C, deceptive: 0.25}")
        assert solve(text).event == pytest.approx(0.59375, abs=EXACT), where


def test_a_deceiver_feigns_each_of_the_other_states_alike() -> None:
    # of three states with chances 0.2, 0.3, 0.5 and a lie that shows the first: 0 to 0.3 / 2 to 0.5 / 2
    text = with_reports("bears_on: x, shows: no, deceptive: 1")
    text = text.replace(
        "x: {states: [no, yes], chances: {yes: 0.5}}", "x: {states: [no, yes, or], chances: {no: 0.2, yes: 0.3}}"
    )
    assert solve(text).event == pytest.approx(0.375, abs=EXACT)


def test_one_origin_deceives_as_a_whole_and_no_more_than_its_best_source() -> None:
    lie = "bears_on: {}, shows: yes, deceptive: {}, origin: wire"
    # both or neither: 0.75 where both hold, 0.25 where neither does
    together = solve(with_reports(lie.format("x", 0.25), lie.format("y", 0.25)))
    assert together.event == pytest.approx(0.75, abs=EXACT)
    assert together.evidence == pytest.approx(0.25, abs=EXACT)
    assert solve(with_reports(lie.format("x", 0.25), lie.format("x", 0.5))).event == pytest.approx(0.75, abs=EXACT)
    honest = "bears_on: x, shows: yes, origin: wire"
    assert solve(with_reports(lie.format("x", 0.25), honest)).event == 1


def test_reports_of_one_source_share_what_it_is_said_to_be() -> None:
    # d uniform on 0..1, one for both: E[(1 - d)^2] = E[d^2] = 1/3; one each: E[d]^2 = 1/4
    text = with_reports(
        "bears_on: x, shows: yes, source: one", "bears_on: x, shows: yes, source: one", grades="grades: {C: 1}"
    )
    text = text.replace("one: {grade: C}", "one: {grade: C, deceptive: 0..1}")
    found = solve(text, n_worlds=MANY)
    assert found.event == pytest.approx(0.5, abs=FOUR_BY_SAMPLING)
    assert found.evidence == pytest.approx(1 / 3, abs=FOUR_BY_SAMPLING)
    apart = solve(
        text.replace("shows: yes, source: one}\n  - ", "shows: yes, source: one, deceptive: 0..1}\n  - "), n_worlds=MANY
    )
    assert apart.evidence == pytest.approx(1 / 4, abs=FOUR_BY_SAMPLING)


# A source's motive, hard findings, later reports


def test_what_a_source_would_say_anyway_holds_for_its_reports_that_say_nothing_else() -> None:
    text = with_reports(f"{SPEAKS}, source: one", grades=SURE).replace(
        "one: {grade: C}", "one: {grade: C, anyway: 0.9}"
    )
    # 0.825 to 0.375
    assert solve(text).event == pytest.approx(0.6875, abs=EXACT)
    own = text.replace("source: one}", "source: one, anyway: 0.1}")
    assert solve(own).event == pytest.approx(0.78125, abs=EXACT)


def test_a_certain_report_is_true_whatever_its_source() -> None:
    for sourced in ("", ", source: one"):
        assert solve(with_reports(f"bears_on: x, shows: yes, certain: true{sourced}")).event == 1
        assert solve(with_reports(f"{SPEAKS}, certain: true{sourced}")).event == pytest.approx(0.8, abs=EXACT)
    text = with_reports("bears_on: x, shows: yes, certain: true, source: one")
    assert solve(text.replace("one: {grade: C}", "one: {grade: C, deceptive: 0.9, anyway: 0.9}")).event == 1


def test_a_later_report_takes_the_place_of_an_earlier_one_from_its_day_on() -> None:
    first = "bears_on: x, likelihood: {yes: 0.8, no: 0.2}, date: 2022-03-01, superseded_by: r1"
    text = with_reports(first, "bears_on: x, likelihood: {yes: 0.3, no: 0.7}, date: 2022-03-05")
    assert solve(text).event == pytest.approx(0.3, abs=EXACT)
    assert solve(text + "as_of: 2022-03-04\n").event == pytest.approx(0.8, abs=EXACT)
    assert solve(text + "as_of: 2022-03-05\n").event == pytest.approx(0.3, abs=EXACT)


def test_of_a_chain_of_reports_the_last_known_counts() -> None:
    said = [(0.8, "2022-03-01", "r1"), (0.3, "2022-03-05", "r2"), (0.6, "2022-03-09", None)]
    reports = [
        f"bears_on: x, likelihood: {{yes: {yes}, no: {1 - yes:g}}}, date: {day}{f', superseded_by: {by}' if by else ''}"
        for yes, day, by in said
    ]
    for yes, day, _ in said:
        assert solve(with_reports(*reports) + f"as_of: {day}\n").event == pytest.approx(yes, abs=EXACT)
