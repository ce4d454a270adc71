"""Before and after a supposition: held to solving anew, to closed forms by hand, and its errors to repeated draws."""

from pathlib import Path

import numpy as np
import pytest

import melian
from melian.errors import AskError, CaseError
from tests.golden.digits import EXACT, SIX
from tests.golden.test_verbs import HEARS

STRAIT = Path(__file__).parents[1] / "cli" / "strait.yaml"


def test_the_three_verbs_give_three_answers_by_hand() -> None:
    """The captain of the golden case: 0.053851 before, 0.2 if made to go, 0.091930 if only seen to go."""
    found = melian.read_text(HEARS).solve(worlds=256).whatif({"sail": "go"})
    assert found.event.before == pytest.approx(0.053851, abs=SIX)
    assert found.event.after == pytest.approx(0.5 * 0.4, abs=EXACT)
    assert {verb: change.after for verb, change in found.verbs.items()} == pytest.approx(
        {"announced": 0.2, "unannounced": 0.2, "observed": 0.5 * 0.183860}, abs=SIX
    )
    storm = next(change for change in found.nodes if (change.node, change.state) == ("weather", "storm"))
    assert (storm.before, storm.after) == pytest.approx((0.4, 0.4), abs=EXACT)


@pytest.mark.parametrize("announced", [True, False])
def test_after_is_what_solving_anew_gives(announced: bool) -> None:
    case = melian.read(STRAIT)
    found = case.solve(worlds=1000).whatif({"convoy": "waits"}, observe={"storm": "fierce"}, announced=announced)
    anew = case.solve(worlds=1000, do={"convoy": "waits"}, observe={"storm": "fierce"}, announced=announced)
    assert found.event.after == pytest.approx(anew.likelihood().mean, abs=EXACT)
    assert found.effective_worlds == pytest.approx(anew.effective_worlds, rel=1e-9)
    for change in found.nodes:
        assert change.after == pytest.approx(anew.nodes()[str(change.node)][change.state], abs=EXACT)
    assert {change.node for change in found.nodes} == {"strait"}
    assert not found.verbs  # done and observed at once: there is no one supposition to compare by verb


def test_what_was_supposed_before_stays_supposed() -> None:
    case = melian.read(STRAIT)
    found = case.solve(worlds=512, observe={"storm": "mild"}).whatif({"convoy": "sails"})
    assert found.event.after == pytest.approx(
        case.solve(worlds=512, observe={"storm": "mild"}, do={"convoy": "sails"}).likelihood().mean, abs=EXACT
    )


def test_the_error_of_a_difference_is_that_of_repeated_draws() -> None:
    """What the worlds have in common cancels; the error may be a little too large, never too small."""
    changes = [
        melian.read(STRAIT).solve(worlds=2048, seed=seed).whatif({"convoy": "waits"}).event for seed in range(60)
    ]
    spread = np.std([change.difference for change in changes])
    error = np.median([change.error for change in changes])
    apart = np.hypot(*(np.std([getattr(change, side) for change in changes]) for side in ("before", "after")))
    assert spread < 1.2 * error
    assert error < 10 * spread + 1e-6
    assert spread < apart  # what the worlds have in common cancels


def test_what_makes_no_difference_is_not_told_from_none() -> None:
    found = melian.read(STRAIT).solve(worlds=512).whatif({"storm": "mild"}, announced=False)
    same = melian.read(STRAIT).solve(worlds=512).whatif(observe={"strait": "open"})
    assert not [change for change in found.nodes if change.is_told and abs(change.difference) < 1e-9]
    assert same.event.after == pytest.approx(0, abs=EXACT)


def test_a_supposition_against_hard_evidence_is_refused_kindly() -> None:
    case = (
        HEARS + "evidence:\n  - {id: seen, claim: It lay in port., date: 2030-01-01,"
        " bears_on: sail, shows: stay, certain: true}\n"
    )
    with pytest.raises(AskError, match=r"`seen` \(case.yaml:\d+\) and `sail: go` cannot hold together"):
        melian.read_text(case).solve(worlds=256).whatif(observe={"sail": "go"})


def test_a_patch_replaces_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    patch = tmp_path / "patch.yaml"
    patch.write_text(
        "factors:\n  storm:\n    states: [mild, fierce]\n    chances: {fierce: 0.9}\n"
        "stakes:\n  navy:\n    pride: {given: [strait], values: {open: 0, others: 100}}\n"
        "evidence:\n  - {id: buoys, date: 2022-03-22, claim: They were painted., bears_on: strait,"
        " likelihood: {mines: 0.5, others: 0.5}}\n",
        "utf-8",
    )
    case = melian.read(STRAIT)
    try:
        changed = case.patched(patch)
    except CaseError as problem:
        pytest.fail(str(problem))
    written = {
        "storm": changed.judged.nodes["storm"],
        "convoy": changed.judged.nodes["convoy"],
    }
    assert written["convoy"] == case.judged.nodes["convoy"]
    assert written["storm"] != case.judged.nodes["storm"]
    assert [r.name for r in changed.judged.evidence] == [r.name for r in case.judged.evidence]
    assert next(r for r in changed.judged.evidence if r.name == "buoys").claim == "They were painted."
    assert changed.solve(worlds=256).nodes()["storm"]["fierce"] == pytest.approx(0.9, abs=0.2)
    navy = changed.judged.stakes[0]
    assert [stake.name for stake in navy.stakes] == ["trade", "pride"]
    assert navy.stakes[0] == case.judged.stakes[0].stakes[0]


def test_a_mistake_in_a_patch_points_into_the_patch(tmp_path: Path) -> None:
    patch = tmp_path / "patch.yaml"
    patch.write_text("case: another\nfactors:\n  storm: {states: [mild, fierce], chances: {feirce: 0.9}}\n", "utf-8")
    with pytest.raises(CaseError) as caught:
        melian.read(STRAIT).patched(patch)
    found = {(d.code, d.primary.span.source.path, d.primary.span.line) for d in caught.value.diagnostics}
    assert {(code, line) for code, path, line in found if path.endswith("patch.yaml")} == {
        ("not-in-a-part", 1),
        ("unknown-name", 3),
    }


def test_an_empty_patch_changes_nothing(tmp_path: Path) -> None:
    patch = tmp_path / "patch.yaml"
    patch.write_text("x-note: nothing\n", "utf-8")
    case = melian.read(STRAIT)
    assert case.patched(patch).solve(worlds=256).likelihood() == case.solve(worlds=256).likelihood()
