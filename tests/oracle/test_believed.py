"""What is believed after all evidence, against Jeffrey's rule worked out by hand, and findings of several states."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.errors import CaseError

FAULTS = Path(__file__).parents[1] / "faults"
SAME = 1e-9  # fitting stops within 1e-12 of what is believed; what follows may hang on it a few times over
INSIDE = st.floats(0.05, 0.95)

RAIN = """melian: 1
case: soft
question: {{event: {{rain: yes}}, by: 2031-12-31}}
factors:
  rain: {{states: [no, yes], chances: {{yes: {rain}}}}}
  wet: {{states: [no, yes], chances: [{{when: {{rain: yes}}, yes: {after}}}, {{else: true, yes: {dry}}}]}}
  slip: {{states: [no, yes], chances: [{{when: {{wet: yes}}, yes: 0.5}}, {{else: true, yes: 0.1}}]}}
evidence:
"""
LOOK = "  - {{id: look, claim: It looks wet., bears_on: wet, believed: {{yes: {}}}}}\n"


def rain(rain: object = 0.2, after: object = 0.9, dry: object = 0.1) -> str:
    return RAIN.format(rain=rain, after=after, dry=dry)


def nodes(text: str, **more: object) -> dict[str, dict[str, float]]:
    return melian.read_text(text).solve(worlds=512, **more).nodes()  # type: ignore[arg-type]


def test_the_answer_is_jeffreys_and_not_that_of_a_likelihood() -> None:
    found = melian.read(FAULTS / "believed.yaml").solve(worlds=256)
    assert found.nodes()["wet"]["yes"] == pytest.approx(0.8, abs=SAME)
    assert found.likelihood().mean == pytest.approx(0.8 * 0.18 / 0.26 + 0.2 * 0.02 / 0.74, abs=SAME)  # .5593
    told = (
        (FAULTS / "believed.yaml")
        .read_text("utf-8")
        .replace("believed: {yes: 80 %}", "likelihood: {yes: 0.8, no: 0.2}")
    )
    assert melian.read_text(told).solve(worlds=256).likelihood().mean == pytest.approx(0.148 / 0.356, abs=SAME)  # .4157


@settings(max_examples=10)
@given(INSIDE, INSIDE, INSIDE, INSIDE)
def test_jeffreys_rule(prior: float, after: float, dry: float, believed: float) -> None:
    wet = prior * after + (1 - prior) * dry
    if_wet, if_not = prior * after / wet, prior * (1 - after) / (1 - wet)
    found = nodes(rain(prior, after, dry) + LOOK.format(believed))
    assert found["rain"]["yes"] == pytest.approx(believed * if_wet + (1 - believed) * if_not, abs=SAME)
    assert found["slip"]["yes"] == pytest.approx(believed * 0.5 + (1 - believed) * 0.1, abs=SAME)


def test_it_holds_of_the_mixture_over_worlds() -> None:
    found = nodes(rain("0.1..0.6", "likely", "0.05..0.3") + LOOK.format("70 %"))
    assert found["wet"]["yes"] == pytest.approx(0.7, abs=SAME)


def test_it_holds_beside_a_report_on_the_same_node() -> None:
    report = "  - {id: r, claim: Tracks., bears_on: wet, likelihood: {yes: 0.9, no: 0.3}}\n"
    found = nodes(rain("0.1..0.6") + LOOK.format("0.25") + report)
    assert found["wet"]["yes"] == pytest.approx(0.25, abs=SAME)


TWO = (
    "  - {id: a, claim: Wet., bears_on: wet, believed: {yes: 60 %}}\n",
    "  - {id: b, claim: Slippery., bears_on: slip, believed: {yes: 0.45}}\n",
)


def test_two_hold_at_once_whatever_their_order() -> None:
    one, other = (nodes(rain("0.1..0.6") + "".join(order)) for order in (TWO, TWO[::-1]))
    assert one["wet"]["yes"] == pytest.approx(0.6, abs=SAME)
    assert one["slip"]["yes"] == pytest.approx(0.45, abs=SAME)
    assert one["rain"]["yes"] == pytest.approx(other["rain"]["yes"], abs=SAME)


def test_what_is_not_named_keeps_its_shares() -> None:
    text = """melian: 1
case: three
question: {event: {w: a}}
factors:
  w: {states: [a, b, c], chances: {a: 0.2, b: 0.6, c: 0.2}}
evidence:
  - {id: look, claim: It may be a., bears_on: w, believed: {a: 60 %}}
"""
    assert list(nodes(text)["w"].values()) == pytest.approx([0.6, 0.3, 0.1], abs=SAME)


def test_no_other_way_of_making_it_so_changes_less() -> None:
    """Least relative entropy, by trying: the joint of rain and wet, whose second margin is given."""
    joint = np.array([[0.8 * 0.9, 0.8 * 0.1], [0.2 * 0.1, 0.2 * 0.9]])
    fitted = joint / joint.sum(axis=0) * [0.2, 0.8]
    found = nodes(rain() + LOOK.format(0.8))
    assert found["rain"]["yes"] == pytest.approx(fitted[1].sum(), abs=SAME)
    least = (fitted * np.log(fitted / joint)).sum()
    for shift in (-0.01, 0.01):
        other = fitted + shift * np.array([[0.0, 1.0], [0.0, -1.0]])
        assert (other * np.log(other / joint)).sum() > least


def test_it_counts_from_its_date_on_in_the_timeline() -> None:
    text = rain() + "  - {id: r, date: 2031-01-01, claim: Tracks., bears_on: wet, likelihood: {yes: 0.9, no: 0.3}}\n"
    text += "  - {id: b, date: 2031-02-01, claim: Wet., bears_on: wet, believed: {yes: 80 %}}\n"
    text += "  - {id: s, date: 2031-03-01, claim: A fall., bears_on: slip, likelihood: {yes: 0.9, no: 0.3}}\n"
    case = melian.read_text(text)
    moments = case.solve(worlds=512).timeline().moments
    jeffrey = 0.8 * 0.18 / 0.26 + 0.2 * 0.02 / 0.74
    assert [moment.mean for moment in moments[2:]] == pytest.approx([jeffrey, jeffrey], abs=SAME)


def test_it_is_told_apart_from_reports() -> None:
    found = melian.read(FAULTS / "believed.yaml").solve(worlds=256)
    (moved,) = found.evidence().moved
    assert moved.is_believed
    assert found.likelihood().confidence.reasons[0] == "there is no evidence, only judgements"


def test_what_cannot_be_so_is_refused_by_name() -> None:
    text = rain(0.2, 1, 0) + "  - {id: dry, claim: It did not rain., bears_on: rain, shows: no}\n"
    with pytest.raises(CaseError, match="look"):
        melian.read_text(text + LOOK.format("80 %")).solve(worlds=256)


# One of several states


THREE = """melian: 1
case: three
question: {event: {a: yes}, by: 2031-12-31}
factors:
  a: {states: [no, yes], chances: {yes: 0.2}}
  b: {states: [x, y, z], chances: [{when: {a: yes}, x: 0.5, y: 0.3, z: 0.2}, {else: true, x: 0.1, y: 0.2, z: 0.7}]}
"""
EITHER = 0.2 * 0.8 / (0.2 * 0.8 + 0.8 * 0.3)


def test_a_node_may_be_seen_to_be_in_one_of_several_states() -> None:
    case = melian.read_text(THREE)
    for seen in (["x", "y"], "x|y", ("y", "x")):
        found = case.solve(worlds=256, observe={"b": seen})
        assert found.likelihood().mean == pytest.approx(EITHER, abs=SAME)
    assert found.nodes()["b"]["z"] == 0.0
    assert case.solve(worlds=256).whatif(observe={"b": ["x", "y"]}).event.after == pytest.approx(EITHER, abs=SAME)
    assert found.why().reasons
    assert found.drivers() is not None


def test_a_report_may_show_one_of_several_states() -> None:
    shown = "evidence: [{id: r, claim: Not z., bears_on: b, shows: [x, y], certain: true}]\n"
    case = melian.read_text(THREE + shown)
    assert case.solve(worlds=256).likelihood().mean == pytest.approx(EITHER, abs=SAME)
    assert melian.read_text(case.to_yaml()).judged == case.judged
