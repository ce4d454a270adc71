"""Correlations between judgements: what is wrong with one is said at its place."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import melian
from melian.api import examine_source
from melian.case.rules.together import MAX_LINKED
from melian.source.diagnostic import Diagnostic
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


NAMED = """melian: 1
case: c
question: {event: {x: yes}}
factors: {x: {states: [no, yes], chances: {yes: 0.4}}}
"""


def _linked(ranks: dict[tuple[int, int], float]) -> str:
    """A case with these rank correlations of numbered judgements."""
    numbers = sorted({number for pair in ranks for number in pair})
    judgements = ", ".join(f"j{number}: 0..1" for number in numbers)
    links = "".join(f"  - {{between: [j{a}, j{b}], rank: {rank}}}\n" for (a, b), rank in ranks.items())
    return f"{NAMED}judgements: {{{judgements}}}\ncorrelations:\n{links}"


def _errors(text: str) -> list[Diagnostic]:
    return [d for d in examine_source(Source("c.yaml", text))[1] if d.severity == "error"]


def test_all_that_is_said_of_the_judgements_that_clash_is_named_and_nothing_else() -> None:
    ranks = {(3, 4): 0.5, (0, 1): 0.9, (4, 0): 0.2, (1, 2): 0.9, (0, 2): -0.9}
    (found,) = _errors(_linked(ranks))
    assert found.headline.endswith("`j0` and `j1`: 0.9; `j1` and `j2`: 0.9; `j0` and `j2`: -0.9")
    assert [label.span.line for label in (found.primary, *found.secondary)] == [8, 10, 11]


@pytest.mark.parametrize("third", [-0.9, 0.1, None])
def test_the_cure_of_three_that_clash_mends_them(third: float | None) -> None:
    ranks = {(0, 1): 0.9, (1, 2): 0.8} | ({(0, 2): third} if third is not None else {})
    (found,) = _errors(_linked(ranks))
    least, most = map(float, re.findall(r"(0\.\d+) to (0\.\d+)", found.notes[0].text)[0])
    for rank in (least, most):
        assert not _errors(_linked({**ranks, (0, 2): rank}))
    for rank in (least - 0.02, most + 0.02):
        assert _errors(_linked({**ranks, (0, 2): rank}))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(5, 8)) | st.sampled_from([(0, 1), (2, 3), (5, 6)]),
        st.sampled_from([-0.8, -0.5, 0.3, 0.6, 0.9]),
        min_size=2,
        max_size=9,
    )
)
def test_what_clashes_has_no_smaller_part_that_clashes(ranks: dict[tuple[int, int], float]) -> None:
    """Against the eigenvalues of every part, by numpy."""
    found = _errors(_linked(ranks))
    numbers = sorted({number for pair in ranks for number in pair})
    assert bool(found) == (_least_eigenvalue(numbers, ranks) < 1e-8)
    for one in found:
        named = sorted({int(number) for number in re.findall(r"`j(\d+)`", one.headline)})
        assert _least_eigenvalue(named, ranks) < 1e-8
        for number in named:
            assert _least_eigenvalue([other for other in named if other != number], ranks) > 0


def _least_eigenvalue(numbers: list[int], ranks: dict[tuple[int, int], float]) -> float:
    matrix = np.eye(len(numbers))
    for (a, b), rank in ranks.items():
        if a in numbers and b in numbers:
            row, column = numbers.index(a), numbers.index(b)
            matrix[row, column] = matrix[column, row] = 2 * np.sin(np.pi * rank / 6)
    return float(np.linalg.eigvalsh(matrix)[0]) if numbers else 1.0


def test_correlations_that_share_no_judgement_are_told_apart() -> None:
    ranks = {(0, 1): 0.9, (1, 2): 0.9, (3, 4): 0.9, (4, 5): 0.9}
    assert len(_errors(_linked(ranks))) == 2


def test_a_long_chain_is_told_in_few_words() -> None:
    (found,) = _errors(_linked({(at, at + 1): 0.5 for at in range(400)}))
    assert len(found.secondary) == 9  # ten links of a rank of one half clash, nine do not: cos(pi / 12) > 0.9659
    assert len(found.headline) < 400


def test_more_linked_judgements_than_can_be_drawn_are_refused() -> None:
    (found,) = _errors(_linked({(at, at + 1): 0.1 for at in range(MAX_LINKED)}))
    assert found.code == "case-too-large"


def test_a_case_that_is_built_and_written_says_the_same() -> None:
    text = TABLES + "  - {between: [p, q], rank: 0.5, why: Both come from one study.}\n"
    case = melian.read_text(text)
    again = melian.read_text(case.to_yaml())
    assert again.judged.correlations == case.judged.correlations
    assert again.solve(worlds=512).likelihood() == case.solve(worlds=512).likelihood()
    (only,) = case.judged.correlations
    assert only.provenance.why == "Both come from one study."
