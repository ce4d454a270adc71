"""What two versions make of an answer, change by change, by hand."""

import pytest

import melian
from tests.golden.digits import EXACT

# The bridge is down if it is mined and the fuse works.
BRIDGE = """
melian: 1
case: bridge
question: {event: {bridge: down}}
factors:
  mine: {states: [no_mine, laid], chances: {laid: %s}}
  fuse: {states: [dud, good], chances: {good: %s}}
  bridge: {states: [up, down], chances: [{when: {mine: laid, fuse: good}, down: 1}, {else: true, down: 0}]}
"""


def test_shares_are_what_each_change_adds_over_both_orders() -> None:
    """From 0.5 * 0.4 to 0.8 * 0.6: the mine adds 0.3 times 0.4 or 0.6, the fuse 0.2 times 0.5 or 0.8."""
    found = melian.diff(melian.read_text(BRIDGE % (0.5, 0.4)), melian.read_text(BRIDGE % (0.8, 0.6)), worlds=8)
    assert (found.before, found.after) == pytest.approx((0.2, 0.48), abs=EXACT)
    assert [share.parts[0].names for share in found.shares] == [("mine",), ("fuse",)]
    assert [share.moved for share in found.shares] == pytest.approx([(0.12 + 0.18) / 2, (0.1 + 0.16) / 2], abs=EXACT)
    assert [share.alone for share in found.shares] == pytest.approx([0.12, 0.1], abs=EXACT)
    assert found.is_exact
    assert found.mixes == 4
    ((edit,),) = found.shares[0].edits
    assert (edit.where, edit.before, edit.after) == ("chances, laid", "0.5", "0.8")
    assert edit.place.line == 6


def test_changes_that_cannot_be_taken_apart_are_one() -> None:
    """A third state of the fuse is named by the table of the bridge: only both together make a case."""
    other = """
melian: 1
case: bridge
question: {event: {bridge: down}}
factors:
  mine: {states: [no_mine, laid], chances: {laid: 0.8}}
  fuse: {states: [dud, good, slow], chances: {good: 0.4, slow: 0.2}}
  bridge:
    states: [up, down]
    chances:
      - {when: {mine: laid, fuse: good}, down: 1}
      - {when: {mine: laid, fuse: slow}, down: 0.5}
      - {else: true, down: 0}
"""
    found = melian.diff(melian.read_text(BRIDGE % (0.5, 0.4)), melian.read_text(other), worlds=8)
    groups = {tuple(sorted(part.names[0] for part in share.parts)): share for share in found.shares}
    assert set(groups) == {("bridge", "fuse"), ("mine",)}
    assert found.after == pytest.approx(0.8 * 0.5, abs=EXACT)
    assert groups[("mine",)].moved == pytest.approx(0.3 * (0.4 + 0.5) / 2, abs=EXACT)
    assert groups["bridge", "fuse"].moved == pytest.approx((0.5 + 0.8) / 2 * 0.1, abs=EXACT)


def test_a_judgement_with_a_name_is_one_change_wherever_it_stands() -> None:
    named = BRIDGE % ("the skill", "the skill") + "judgements: {skill: %s}\n"
    found = melian.diff(melian.read_text(named % "0.5"), melian.read_text(named % "0.8"), worlds=8)
    assert [share.parts[0].section for share in found.shares] == ["judgements"]
    assert (found.before, found.after) == pytest.approx((0.25, 0.64), abs=EXACT)


def test_reports_that_come_and_go() -> None:
    said = "evidence: [{id: %s, date: 2030-01-01, claim: c, bears_on: mine, likelihood: {laid: %s, no_mine: 0.2}}]\n"
    one = melian.read_text(BRIDGE % (0.5, 1) + said % ("diver", 0.8))
    other = melian.read_text(BRIDGE % (0.5, 1) + said % ("sonar", 0.6))
    found = melian.diff(one, other, worlds=8)
    assert (found.before, found.after) == pytest.approx((0.8, 0.75), abs=EXACT)
    moved = {share.parts[0].names[0]: share.moved for share in found.shares}
    both = 0.48 / (0.48 + 0.04)
    assert moved["diver"] == pytest.approx(((0.5 - 0.8) + (0.75 - both)) / 2, abs=EXACT)
    assert moved["sonar"] == pytest.approx(((both - 0.8) + (0.75 - 0.5)) / 2, abs=EXACT)
