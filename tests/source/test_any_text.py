"""Whatever the text, reading it gives a tree or diagnostics, and every place lies in the text."""

import json
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from melian.source import tree
from melian.source.render import as_json, concise, full
from melian.source.text import Source, Span
from melian.source.tree import Mapping, Node, Scalar, Sequence, parse

CASE = """\
melian: 1
case: belarus-2022
title: "Will Belarus enter?"  # the question
question:
  event: {entry: [joins_north, joins_west]}
  outcome: "no"
actors:
  лукашенко: {name: 'Aliaksandr Łukašenka', precision: ordinary}
  習近平: {name: E\u0301mile 😀}
factors:
  offensive: {states: [stalled, advancing], chances: {stalled: likely}}
  army:
    base: {wavers: 20 %}
    influences:
      - {when: {offensive: stalled}, wavers: slightly more}
      - when: {entry: joins_north}
        wavers: 0.2..0.4
evidence:
  - id: ambassador
    date: 2022-03-23
    claim: |
      The ambassador left.

      He said why.
    at: >-
      paragraph
      2
    anyway:
"""
BITS = [
    "\t",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "'",
    "|",
    ">",
    "#",
    " #",
    "&a ",
    "*a",
    "!t ",
]
BITS += [
    "?",
    "? ",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "<<: ",
    "\\",
    "\ufeff",
    "\x85",
    "\u2028",
    "\xa0",
    "\u200b",
    "é",
    "e\u0301",
    "漢",
    "😀",
    "\0",
    "\x1b",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = CASE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from(BITS) | st.just("")) + text[end:]
    return text


def walk(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each node with each of its parts."""
    inner: tuple[Node, ...] = ()
    if isinstance(node, Sequence):
        inner = node.items
    elif isinstance(node, Mapping):
        inner = tuple(part for entry in node.entries for part in (entry.key, entry.value))
    for part in inner:
        yield node, part
        yield from walk(part)


def assert_inside(span: Span, source: Source) -> None:
    assert span.source is source
    assert 0 <= span.start <= span.end <= len(source.text)


def check(text: str) -> None:
    source = Source("case.yaml", text)
    root, found = parse(source)
    assert root is not None or found
    for diagnostic in found:
        for label in (diagnostic.primary, *diagnostic.secondary):
            assert_inside(label.span, source)
    shown = full(found, limit=1000) + concise(found)
    assert all(character == "\n" or character.isprintable() or character >= "\xa0" for character in shown)
    json.dumps(as_json(found))
    if root is not None:
        assert_inside(root.span, source)
        check_tree(root, source)


def check_tree(root: Node, source: Source) -> None:
    for outer, part in walk(root):
        assert_inside(part.span, source)
        assert outer.span.start <= part.span.start
        assert part.span.end <= outer.span.end
        if isinstance(part, Scalar) and not part.quoted and not set(part.span.text) & set("\n\r\x85\u2028\u2029"):
            assert part.span.text == part.text
        if isinstance(part, Scalar) and part.quoted:
            assert part.span.text[0] in "\"'|>"


def test_the_case_itself_is_sound() -> None:
    root, found = parse(Source("case.yaml", CASE))
    assert found == []
    assert isinstance(root, Mapping)
    assert [entry.key.text for entry in root.entries][-1] == "evidence"


@given(mutated())
def test_any_slip_in_a_case_is_survived(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from([*BITS, "a", "b", "key", "1", "no"]), max_size=30).map("".join))
def test_any_mix_of_yaml_signs_is_survived(text: str) -> None:
    check(text)


@given(st.text())
@example("\ufeff")
@example("\ud800")
@example("a: \ufeff\ufeff")
def test_any_text_at_all_is_survived(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from([*BITS, "a", "b", "key", "1", "no"]), max_size=30).map("".join) | mutated())
def test_without_libyaml_the_same_holds(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_LOADER", yaml.SafeLoader)
        check(text)


@given(mutated(), st.sampled_from(["\r\n", "\r"]))
def test_line_ends_change_no_place(text: str, end: str) -> None:
    unix = "\n".join(text.replace("\r\n", "\n").split("\r"))
    ours, theirs = (parse(Source("case.yaml", version)) for version in (unix, unix.replace("\n", end)))
    assert [found.code for found in ours[1]] == [found.code for found in theirs[1]]
    places = [[(d.primary.span.line, d.primary.span.column) for d in found] for _, found in (ours, theirs)]
    assert places[0] == places[1]
    assert ours[0] == theirs[0]
