"""Correlations between judgements: what is wrong with one is said at its place."""

import pytest

import melian
from melian.api import examine_source
from melian.source.text import Source

TABLES = """melian: 1
case: c
question: {event: {x: yes}}
judgements: {p: 0.1..0.4, q: 0.2..0.6, r: 0.3..0.9, fixed: 0.3}
factors:
  x:
    states: [no, yes]
    chances: [{when: {y: yes, z: yes}, yes: the p}, {when: {y: yes}, yes: the r}, {else: true, yes: the q}]
  y: {states: [no, yes], chances: {yes: the fixed}}
  z: {states: [no, yes], chances: {yes: 0.5}}
correlations:
"""


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("{between: [p, qq], rank: 0.5}", "unknown-name", "did you mean"),
        ("{between: [p, p], rank: 0.5}", "repeated-name", ""),
        ("{between: [p], rank: 0.5}", "wrong-correlation", "two judgements"),
        ("{between: [p, q], rank: 1}", "wrong-correlation", "one judgement"),
        ("{between: [p, q], rank: strong}", "wrong-correlation", "0.6"),
        ("{between: [p, fixed], rank: 0.4}", "wrong-correlation", "plain number"),
        ("{between: [p, q], rank: 0.4}\n  - {between: [q, p], rank: 0.4}", "wrong-correlation", "twice"),
        ("{between: [p, q], rank: 0.9}\n  - {between: [q, r], rank: 0.9}", "impossible-correlations", "cannot hold"),
    ],
)  # fmt: skip
def test_a_correlation_that_cannot_be_is_told_at_its_place(line: str, code: str, said: str) -> None:
    _, diagnostics = examine_source(Source("c.yaml", f"{TABLES}  - {line}\n"))
    found = [d for d in diagnostics if d.severity == "error"]
    assert [d.code for d in found] == [code]
    assert said in " ".join([found[0].headline, *(note.text for note in found[0].notes)])
    assert found[0].primary.span.line >= 10


def test_only_what_clashes_is_named() -> None:
    lines = "  - {between: [p, q], rank: 0.9}\n  - {between: [q, r], rank: 0.9}\n  - {between: [p, r], rank: 0.1}\n"
    _, diagnostics = examine_source(Source("c.yaml", TABLES + lines))
    (found,) = [d for d in diagnostics if d.severity == "error"]
    assert len(found.secondary) == 1  # p and r are as good as not correlated without being said to be


def test_a_case_that_is_built_and_written_says_the_same() -> None:
    text = TABLES + "  - {between: [p, q], rank: 0.5, why: Both come from one study.}\n"
    case = melian.read_text(text)
    again = melian.read_text(case.to_yaml())
    assert again.judged.correlations == case.judged.correlations
    assert again.solve(worlds=512).likelihood() == case.solve(worlds=512).likelihood()
    (only,) = case.judged.correlations
    assert only.provenance.why == "Both come from one study."
