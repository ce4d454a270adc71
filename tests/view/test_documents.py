"""Answers as plain values for programs."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import melian
from melian.answer.solution import Solution
from melian.api import examine_source
from melian.case.case import Condition
from melian.source.text import Source
from melian.view.documents.behaviour import behaviour_document
from melian.view.documents.document import condition, dumps
from melian.view.documents.run import run_document

STRAIT = Path(__file__).parents[1] / "cli" / "strait.yaml"

# As promised to programs in the design; more may come, none may go.
RUN = {
    "case", "title", "as_of", "event", "likelihood", "nodes", "evidence", "worlds", "effective_worlds", "seed",
    "unconverged_worlds", "unreached_worlds", "seconds", "melian", "supposed", "diagnostics",
}  # fmt: skip
LIKELIHOOD = {
    "mean", "q05", "q50", "q95", "word", "scale", "error", "confidence", "confidence_reasons", "before_evidence", "by",
    "least", "unsettled_worlds", "most",
}  # fmt: skip


def read_back(document: dict[str, object]) -> dict[str, object]:
    found = json.loads(dumps(document))
    assert isinstance(found, dict)
    return found


def test_run_has_every_key_that_is_promised(strait: Solution) -> None:
    found = read_back(run_document(strait))
    assert set(found) >= RUN
    assert set(found["likelihood"]) == LIKELIHOOD  # type: ignore[arg-type]


def test_numbers_are_those_of_the_answer_unrounded(strait: Solution) -> None:
    found = read_back(run_document(strait))
    answer = strait.likelihood()
    assert found["likelihood"] | {} == found["likelihood"]  # type: ignore[operator]
    assert found["likelihood"]["mean"] == answer.mean  # type: ignore[index]
    assert found["likelihood"]["confidence"] == answer.confidence.level  # type: ignore[index]
    assert found["likelihood"]["by"] == "2022-06-30"  # type: ignore[index]
    assert found["nodes"] == strait.nodes()
    assert found["seed"] == 0
    assert found["melian"] == melian.__version__


def test_evidence_says_what_each_report_moved(strait: Solution) -> None:
    document = run_document(strait)
    first = document["evidence"][0]
    assert {"origin", "reports", "bears_on", "bits", "with_it", "without_it"} <= set(first)
    assert first["reports"][0] == {
        "id": "pilots",
        "claim": "Pilots were called back from leave.",
        "date": date(2022, 3, 20),
        "source": "harbour",
        "grade": "B2",
    }
    assert document["left_out"] == ["sirens"]


def test_behaviour_has_the_rule_of_every_choice(strait: Solution) -> None:
    found = read_back(behaviour_document(strait))
    rule = found["choices"]["strait"]["rule"]  # type: ignore[index]
    assert found["choices"]["strait"]["actor"] == "navy"  # type: ignore[index]
    assert found["choices"]["strait"]["options"] == ["open", "blockade", "mines"]  # type: ignore[index]
    assert len(rule) == 4
    for place in rule:
        assert set(place["sees"]) == {"storm", "convoy"}
        assert abs(sum(chance["mean"] for chance in place["options"].values()) - 1) < 1e-9
        assert all(set(chance) == {"mean", "q05", "q95"} for chance in place["options"].values())


def test_what_was_supposed_is_recorded() -> None:
    solution = melian.read(STRAIT).solve(worlds=256, do={"convoy": "waits"}, observe={"storm": "mild"}, announced=False)
    assert run_document(solution)["supposed"] == {
        "observe": {"storm": "mild"},
        "do": {"convoy": "waits"},
        "announced": False,
    }


def event_of(written: str) -> Condition:
    states = "{states: [a, b, c], chances: {a: 0.3}}"
    text = f"melian: 1\ncase: x\nquestion: {{event: {written}}}\nfactors: {{one: {states}, two: {states}}}\n"
    case, _ = examine_source(Source("case.yaml", text))
    assert case is not None
    return case.question.event


def test_the_event_is_structured_as_in_the_case() -> None:
    assert condition(event_of("{one: a, two: [b, c]}")) == {"one": ["a"], "two": ["b", "c"]}
    nested = "{any: [{one: a}, {all: [{two: b}, {one: [b, c]}]}], two: a}"
    assert condition(event_of(nested)) == {
        "any": [{"one": ["a"]}, {"all": [{"two": ["b"]}, {"one": ["b", "c"]}]}],
        "two": ["a"],
    }


def test_what_is_no_number_becomes_null(strait: Solution) -> None:
    assert read_back({"x": float("nan"), "y": [float("inf")], "z": 1.5}) == {"x": None, "y": [None], "z": 1.5}
    broken = replace(strait, seconds=float("nan"))
    assert read_back(run_document(broken))["seconds"] is None


@given(st.text())
def test_any_text_comes_back_and_steers_no_terminal(text: str) -> None:
    written = dumps({"text": text})
    assert json.loads(written) == {"text": text}
    assert not [c for c in written.removesuffix("\n") if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    written.encode()
