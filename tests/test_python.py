"""The public calls from Python: changes by mappings, several cases at once, and refusals that name the argument."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import melian
from melian.errors import CaseError
from tests.cli.conftest import STRAIT

CASE = melian.read(STRAIT)
SOLUTION = CASE.solve(worlds=512)
WRONG: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "worlds": (
        lambda: CASE.solve(worlds="a"),
        TypeError,
        "solve(): worlds must be a whole number of at least 1, got 'a'",
    ),  # type: ignore[arg-type]
    "no worlds": (
        lambda: CASE.solve(worlds=0),
        ValueError,
        "solve(): worlds must be a whole number of at least 1, got 0",
    ),
    "too many worlds": (
        lambda: CASE.solve(worlds=10**9),
        ValueError,
        "solve(): worlds must be a whole number of at most 100,000,000",
    ),
    "truth": (lambda: CASE.solve(worlds=True), TypeError, "solve(): worlds"),
    "seed": (lambda: CASE.solve(seed=2**63), ValueError, "solve(): seed must be a whole number of at most"),
    "threads": (lambda: CASE.solve(threads=0), ValueError, "solve(): threads"),
    "adapt_below": (
        lambda: CASE.solve(adapt_below=float("nan")),
        ValueError,
        "solve(): adapt_below must be a number from 0 to 1",
    ),
    "observe": (
        lambda: CASE.solve(observe=["storm"]),
        TypeError,
        "solve(): observe must be a mapping of nodes to states",
    ),  # type: ignore[arg-type]
    "do": (lambda: CASE.solve(do={"storm": 3}), TypeError, "solve(): do must be a mapping"),  # type: ignore[dict-item]
    "path": (lambda: melian.read(3), TypeError, "read(): path must be a path or a name, got 3"),  # type: ignore[arg-type]
    "as_of": (lambda: melian.read(STRAIT, as_of="2022-01-01"), TypeError, "read(): as_of must be a datetime.date"),  # type: ignore[arg-type]
    "text": (lambda: melian.read_text(b"x"), TypeError, "read_text(): text must be a text"),  # type: ignore[arg-type]
    "one": (lambda: melian.diff("a", CASE), TypeError, "diff(): one must be a melian.Case, got 'a'"),  # type: ignore[arg-type]
    "cases": (lambda: melian.solve_many([STRAIT]), TypeError, "solve_many(): cases must be an iterable of melian.Case"),  # type: ignore[list-item]
    "day": (lambda: CASE.on("soon"), TypeError, "on(): day must be a datetime.date"),  # type: ignore[arg-type]
    "patch": (lambda: CASE.patched(7), TypeError, "patched(): patch must be a path"),  # type: ignore[arg-type]
    "changes": (lambda: CASE.with_([]), TypeError, "with_(): changes must be a mapping of sections"),  # type: ignore[arg-type]
    "line": (lambda: SOLUTION.drivers(line="a"), TypeError, "drivers(): line must be a number, got 'a'"),  # type: ignore[arg-type]
    "order": (lambda: SOLUTION.timeline("x"), ValueError, "timeline(): order must be one of"),  # type: ignore[arg-type]
    "grade": (lambda: SOLUTION.indicators(grade=3), TypeError, "indicators(): grade must be a text"),  # type: ignore[arg-type]
    "most": (
        lambda: SOLUTION.storylines(most=0),
        ValueError,
        "storylines(): most must be a whole number of at least 1",
    ),
    "node": (lambda: SOLUTION.why("storm"), TypeError, "why(): node and state go together"),
    "whatif": (lambda: SOLUTION.whatif("storm"), TypeError, "whatif(): do must be a mapping"),  # type: ignore[arg-type]
    "actor": (lambda: SOLUTION.levers(3), TypeError, "the actor must be the name of one, got 3"),  # type: ignore[arg-type]
    "report": (lambda: SOLUTION.report(3), TypeError, "report(): path must be"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", WRONG)
def test_a_refusal_names_the_call_and_the_argument(name: str) -> None:
    call, kind, said = WRONG[name]
    with pytest.raises(kind) as caught:
        call()
    assert said in str(caught.value)


def test_whole_numbers_of_other_kinds_are_taken() -> None:
    np = pytest.importorskip("numpy")
    assert CASE.solve(worlds=np.int64(512), seed=np.uint8(0)).likelihood() == SOLUTION.likelihood()


def test_a_change_keeps_what_it_does_not_name() -> None:
    changed = CASE.with_({"factors": {"storm": {"chances": {"fierce": 0.9}}}})
    before, after = CASE.judged.nodes["storm"], changed.judged.nodes["storm"]
    assert after.states == before.states
    assert after.label == before.label
    assert changed.solve(worlds=256).nodes()["storm"]["fierce"] > 0.8
    assert CASE.judged.nodes["storm"] == before


def test_a_mapping_does_what_the_same_patch_does(tmp_path: Any) -> None:
    patch = tmp_path / "patch.yaml"
    patch.write_text(
        "factors: {storm: {chances: {fierce: 0.2..0.3}}}\nactors: {navy: {precision: calculating}}\n", "utf-8"
    )
    said = {"factors": {"storm": {"chances": {"fierce": (0.2, 0.3)}}}, "actors": {"navy": {"precision": "calculating"}}}
    assert CASE.with_(said).judged == CASE.patched(patch).judged


def test_forms_that_exclude_each_other_do_not_meet() -> None:
    changed = CASE.with_({"factors": {"storm": {"base": {"fierce": "likely"}}}})
    back = changed.with_({"factors": {"storm": {"chances": {"fierce": "unlikely"}}}})
    assert type(back.judged.factors[0].table).__name__ == "Chances"


def test_a_report_is_changed_by_its_id_and_nothing_takes_a_key_away() -> None:
    report = CASE.judged.evidence[0]
    changed = CASE.with_({"evidence": [{"id": report.name, "anyway": 0.4}]})
    after = changed.judged.evidence[0]
    assert (after.claim, after.likelihood, after.anyway.text) == (report.claim, report.likelihood, "0.4")  # type: ignore[union-attr]
    navy = CASE.with_({"actors": {"navy": {"precision": None}}}).judged.actors[0]
    assert navy.precision.text == "ordinary"


def test_an_error_in_a_change_names_its_path() -> None:
    with pytest.raises(CaseError) as caught:
        CASE.with_({"factors": {"storm": {"chances": {"fierce": "likly"}}}})
    assert caught.value.diagnostics[0].headline.startswith("factors.storm.chances.fierce: ")
    with pytest.raises(TypeError, match=r"with_\(\): factors\.storm\.chances\.fierce: object cannot stand in a case"):
        CASE.with_({"factors": {"storm": {"chances": {"fierce": object()}}}})
    with pytest.raises(CaseError) as caught:
        CASE.with_({"question": {"by": date(2030, 1, 1)}})
    assert "question: a patch cannot change `question`" in str(caught.value)


def test_several_cases_are_solved_as_each_by_itself() -> None:
    told: list[str] = []
    cases = [CASE.with_({"factors": {"storm": {"chances": {"fierce": p}}}}) for p in (0.1, 0.9)]
    many = melian.solve_many(cases, worlds=512, told=lambda doing, _: told.append(doing))
    assert [one.likelihood() for one in many] == [case.solve(worlds=512).likelihood() for case in cases]
    assert told == ["Solving case 1 of 2", "Solving case 2 of 2"]


def test_the_case_that_cannot_be_solved_is_named() -> None:
    with pytest.raises(melian.AskError) as caught:
        melian.solve_many([CASE], observe={"nowhere": "x"})
    assert caught.value.__notes__ == ["of case 1 of 1: strait"]
