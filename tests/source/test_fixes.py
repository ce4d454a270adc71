"""Fixes are edits that never conflict; a sure slip is told from a name that could be another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.api import examine_source
from melian.case.codes import ALL_CODES
from melian.source.diagnostic import Diagnostic, Edit, Fix, error
from melian.source.fixes import applied, removed, without_conflict
from melian.source.suggest import nearest, obvious
from melian.source.text import Source, Span
from melian.source.tree import parse
from tests.source.test_any_text import mutated

# Codes of which some example is mended by a safe fix; a test below holds the list to what is so.
MENDED = {
    "bad-date",
    "look-alike",
    "odd-space",
    "out-of-bounds",
    "repeated-name",
    "reversed-range",
    "rule-without-when",
    "tight-colon",
    "unknown-key",
    "unknown-name",
    "yaml-alias",
    "yaml-anchor",
    "yaml-syntax",
    "yaml-tag",
}


def said(text: str) -> list[Diagnostic]:
    return examine_source(Source("case.yaml", text))[1]


def mended(text: str) -> str:
    return applied(Source("case.yaml", text), without_conflict(said(text)))


@pytest.mark.parametrize("code", [code for code in ALL_CODES.values() if code.bad], ids=lambda code: code.code)
def test_the_example_of_a_code_that_is_mended_loses_its_fault(code) -> None:  # type: ignore[no-untyped-def]
    assert code.bad is not None
    own = [one for one in said(code.bad) if one.code == code.code and one.fix and one.fix.is_safe]
    assert bool(own) == (code.code in MENDED)
    if own:
        assert code.code not in {one.code for one in said(mended(code.bad))}


@given(mutated())
def test_fixes_of_any_text_apply_together_and_break_nothing(text: str) -> None:
    source = Source("case.yaml", text)
    found = said(text)
    for one in found:
        for edit in one.fix.edits if one.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)
    after = applied(source, without_conflict(found))
    if parse(source)[0] is not None:
        assert parse(Source("case.yaml", after))[0] is not None


def test_fixes_that_touch_are_not_applied_at_once() -> None:
    source = Source("case.yaml", "abcdef")

    def one(start: int, end: int, text: str, *, is_safe: bool = True) -> Diagnostic:
        span = Span(source, start, end)
        return error("bad-name", "x", span, fix=Fix("y", (Edit(span, text),), is_safe))

    found = [
        one(0, 2, "A"),
        one(1, 3, "B"),
        one(2, 2, "C"),
        one(4, 5, "E"),
        one(0, 2, "A"),
        one(5, 6, "F", is_safe=False),
    ]
    kept = without_conflict(found)
    assert kept == [found[0], found[3], found[4]]
    assert applied(source, kept) == "AcdEf"


@pytest.mark.parametrize(
    ("text", "item", "after"),
    [
        ("[a, b, a]", 7, "[a, b]"),
        ("[a, b, a] # c", 7, "[a, b] # c"),
        ("- a\n- b\n- a\n- c\n", 10, "- a\n- b\n- c\n"),
        ("[a,\n b,\n a]\n", 9, "[a,\n b]\n"),
        ("- a\n- b\n- a # c\n", 10, None),
        ("[a, # c\n a]\n", 9, None),
    ],
    ids=["in brackets", "before a comment", "on its line", "in brackets over lines", "with a comment", "after one"],
)
def test_an_item_is_taken_out_but_no_comment(text: str, item: int, after: str | None) -> None:
    source = Source("case.yaml", text)
    fix = removed(Span(source, item, item + 1), "take it out")
    if after is None:
        assert fix is None
    else:
        assert fix is not None
        assert applied(source, [error("repeated-name", "x", Span(source, item, item + 1), fix=fix)]) == after


@pytest.mark.parametrize(
    ("name", "candidates", "meant"),
    [
        ("clsed", ["open", "closed"], "closed"),
        ("colsed", ["open", "closed"], "closed"),
        ("closedd", ["open", "closed"], "closed"),
        ("closet", ["open", "closed"], "closed"),
        ("Stays-Out", ["stays_out", "joins"], "stays_out"),
        ("joins_south", ["joins_north", "stays_out"], None),
        ("phase_3", ["phase_2", "end"], None),
        ("moral", ["amoral", "legal"], None),
        ("unlikely", ["likely"], None),
        ("east", ["west"], None),
        ("up", ["us"], None),
        ("stalked", ["stalled", "stacked"], None),
        ("closed", ["closed"], None),
        ("", ["closed"], None),
    ],
)  # fmt: skip
def test_what_can_only_be_a_slip(name: str, candidates: list[str], meant: str | None) -> None:
    assert obvious(name, candidates) == meant


@given(st.text("abc1_", max_size=8), st.lists(st.text("abc1_", min_size=1, max_size=8), max_size=5))
def test_what_is_obvious_is_near_and_alone(name: str, candidates: list[str]) -> None:
    meant = obvious(name, candidates)
    if meant is not None:
        assert meant in candidates
        assert nearest(name, [meant]) == meant
        assert obvious(name, [one for one in candidates if one != meant]) is None
