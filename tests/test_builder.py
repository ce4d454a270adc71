"""The builder: what it makes is what the same YAML makes, and what is wrong is told as there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings

import melian
from melian.api import examine_source
from melian.catalog import case_names
from melian.source.diagnostic import has_errors
from melian.source.text import Source
from tests.case.test_write import CASES, same
from tests.reading import read
from tests.strategies import case_texts


def replayed(text: str) -> melian.CaseBuilder:
    """The case of a text, call by call."""
    said: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    head = ("title", "as_of", "words", "behaviour", "by", "on", "basis")
    case = melian.build(said["case"], **{key: said[key] for key in head if key in said})
    asked = said["question"]
    case.question(asked["event"], **{key: asked[key] for key in ("by", "resolution", "outcome") if key in asked})
    for name, actor in section(said, "actors"):
        assert case.actor(name, (actor := actor or {}).pop("name", None), **actor) == name
    for name, source in section(said, "sources"):
        case.source(name, **(source or {}))
    for letter, reliability in section(said, "grades"):
        case.grade(letter, reliability)
    for name, judgement in section(said, "judgements"):
        extra = judgement if isinstance(judgement, dict) else {"is": judgement}
        assert case.judgement(name, extra.pop("is"), **extra) == f"the {name}"
    for name, factor in section(said, "factors"):
        case.factor(name, **factor)
    for name, choice in section(said, "choices"):
        case.choice(name, **choice)
    for actor, stakes in section(said, "stakes"):
        _stakes(case, actor, stakes or {})
    for actor, beliefs in section(said, "beliefs"):
        for factor, belief in beliefs.items():
            is_table = {"chances", "base", "given"} & set(belief)
            case.belief(actor, factor, **(belief if is_table else {"chances": belief}))
    for correlation in said.get("correlations") or []:
        case.correlate(*correlation.pop("between"), **correlation)
    for report in said.get("evidence") or []:
        case.report(report.pop("id"), report.pop("claim"), **report)
    for prospect in said.get("watch") or []:
        case.watch(prospect.pop("id"), prospect.pop("claim"), **prospect)
    for key, value in said.items():
        if key.startswith("x-"):
            case.own(key, value)
    return case


def section(said: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    return list((said.get(name) or {}).items())


def _stakes(case: melian.CaseBuilder, actor: str, stakes: dict[str, Any]) -> None:
    said = {key: stakes.pop(key) for key in ("by", "on", "basis", "why", "at") if key in stakes}
    for name, stake in stakes.items():
        if name == "order":
            case.order(actor, *[rank.split(" = ") if " = " in rank else rank for rank in stake], **said)
        elif name == "weights":
            case.weights(actor, stake, **said)
        else:
            case.stake(actor, name, **stake)


@settings(max_examples=60)
@given(case_texts())
def test_a_random_case_built_is_the_case_read(text: str) -> None:
    case, diagnostics = examine_source(Source("case.yaml", text))
    assert case is not None
    assume(not has_errors(diagnostics))
    assert same(case, replayed(text).done().judged)


@pytest.mark.parametrize("name", [name for name in case_names() if not melian.read(name).judged.parts])
def test_a_case_of_the_gallery_built_is_the_case_read(name: str) -> None:
    case = melian.read(name)
    assert same(case.judged, replayed(case.judged.source.text).done().judged)


@pytest.mark.parametrize("path", CASES.values(), ids=CASES)
def test_a_case_of_the_pages_built_says_what_the_file_says(path: Any) -> None:
    try:
        case = melian.read(path)
    except melian.CaseError:
        return  # faults of the text that a page shows
    if not case.judged.parts and "tree" not in path.stem:
        assert same(case.judged, replayed(path.read_text("utf-8")).done().judged)


def small() -> melian.CaseBuilder:
    case = melian.build("strait", title="Closed?", as_of=date(2031, 3, 1), by="ann")
    grip = case.judgement("grip", (0.2, 0.4), why="as in 2019")
    navy = case.actor("navy", "The northern navy", precision=(4, 12))
    storm = case.factor("storm", states=["no", "yes"], chances={"yes": grip})
    strait = case.choice("strait", actor=navy, options=["open", {"closed": "Closed to all"}], sees=[storm])
    gain = case.stake(navy, "gain", given=[strait], values={"open": 0, "closed": 100})
    pride = case.stake(
        navy,
        "pride",
        values=[{"when": {strait: "closed", storm: ["yes"]}, "is": np.float64(12.5)}, {"else": True, "is": 100}],
    )
    calm = case.stake(navy, "calm", given=[storm], values={"no": np.int64(100), "yes": 0})
    case.order(navy, gain, (pride, calm))
    radio = case.source("radio", grade="B2", deceptive=0.1)
    case.report("r1", "Gales: all day.", date=date(2031, 2, 1), source=radio, bears_on=storm, shows="yes", certain=True)
    case.question({strait: "closed"}, by=date(2031, 6, 1), outcome="no")
    return case


TEXT = """\
melian: 1
case: strait
title: Closed?
as_of: 2031-03-01
by: ann

question:
  event: {strait: closed}
  by: 2031-06-01
  outcome: "no"

actors:
  navy: {name: The northern navy, precision: 4..12}

sources:
  radio: {grade: B2, deceptive: 0.1}

judgements:
  grip: {is: 0.2..0.4, why: as in 2019}

factors:
  storm: {states: ["no", "yes"], chances: {"yes": the grip}}

choices:
  strait: {actor: navy, options: [open, {closed: Closed to all}], sees: [storm]}

stakes:
  navy:
    order: [gain, pride = calm]
    gain: {given: [strait], values: {open: 0, closed: 100}}
    pride: {values: [{when: {strait: closed, storm: ["yes"]}, is: 12.5}, {else: true, is: 100}]}
    calm: {given: [storm], values: {"no": 100, "yes": 0}}

evidence:
  - id: r1
    date: 2031-02-01
    claim: "Gales: all day."
    source: radio
    bears_on: storm
    shows: "yes"
    certain: true
"""


def test_values_of_python_stand_in_yaml_as_people_write_them() -> None:
    assert small().to_yaml() == TEXT
    assert same(small().done().judged, read(TEXT))


def test_a_number_is_read_as_the_same_number() -> None:
    for number in (0.1 + 0.2, 1e-7, 1 / 3, 0):
        case = melian.build("c")
        case.question({"x": "b"})
        case.factor("x", states="ab", chances={"b": number} if number else {"b": "0..1"})
        row = case.done().judged.factors[0].table.rules[0].outcome  # type: ignore[union-attr]
        assert row.entries[0][1].low == number


def test_what_is_wrong_points_into_the_yaml_that_the_case_would_be() -> None:
    case = small()
    case.factor("mood", states=["low", "high"], chances={"lo": "likely"})
    case.report("r2", "said", bears_on="storms", shows="yes")
    with pytest.raises(melian.CaseError) as caught:
        case.done()
    found = {(each.code, each.primary.span.text) for each in caught.value.diagnostics if each.severity == "error"}
    assert found == {("unknown-name", "lo"), ("unknown-name", "storms")}
    lines = case.to_yaml().splitlines()
    for each in caught.value.diagnostics:
        assert each.primary.span.source.path == "strait.yaml"
        assert each.primary.span.text in lines[each.primary.span.line - 1]


def test_what_is_said_twice_is_told_and_not_overwritten() -> None:
    case = small()
    case.actor("navy", precision="erratic")
    case.order("navy", "gain", "calm", "pride")
    with pytest.raises(melian.CaseError) as caught:
        case.done()
    assert [each.code for each in caught.value.diagnostics] == ["duplicate-key", "duplicate-key"]


def test_a_case_without_a_question_says_so() -> None:
    with pytest.raises(melian.CaseError) as caught:
        melian.build("nothing").done()
    assert [each.code for each in caught.value.diagnostics] == ["missing-key"]


def test_what_cannot_stand_in_a_case_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match="object cannot stand in a case"):
        melian.build("c").factor("x", states=["a", "b"], chances={"a": object()})  # type: ignore[dict-item]


def test_keys_of_ones_own_are_kept() -> None:
    case = small()
    case.own("team", {"lead": "ann"})
    assert "x-team:\n  lead: ann\n" in case.to_yaml()
    assert "x-team" in case.done().to_yaml()
