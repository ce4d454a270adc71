"""A case in good order says what it said, with every comment, and stays as it is when it is put in order again."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from melian.case.codes import ALL_CODES
from melian.catalog import case_names, case_path
from melian.errors import CaseError
from melian.source.text import BYTE_ORDER_MARK, Source, read_source
from melian.source.tidy.comments import find_comments
from melian.source.tidy.layout import WIDTH
from melian.source.tidy.quotes import needs_quotes
from melian.source.tidy.tidy import same_meaning, tidy
from melian.source.tree import Scalar, parse
from tests.source.tidy.texts import untidy
from tests.strategies import case_texts

ROOT = Path(__file__).parents[3]
EXAMPLES = [
    text
    for code in ALL_CODES.values()
    for text in (code.bad, code.good)
    if text is not None and parse(Source("case.yaml", text))[0] is not None and not parse(Source("case.yaml", text))[1]
]


def tidied(text: str) -> str:
    return tidy(Source("case.yaml", text))


def comments(text: str) -> Counter[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    root, _ = parse(Source("case.yaml", plain))
    assert root is not None
    return Counter(one.text for one in find_comments(plain, root))


def assert_kept(text: str) -> None:
    """Same tree, same comments, no change the second time, and none of what good order does without."""
    after = tidied(text)
    before_tree, _ = parse(Source("case.yaml", text))
    after_tree, found = parse(Source("case.yaml", after))
    assert not found
    assert before_tree is not None
    assert after_tree is not None
    assert same_meaning(before_tree, after_tree)
    assert comments(after) == comments(text)
    assert tidied(after) == after
    assert after.endswith("\n")
    assert "\r" not in after


@settings(suppress_health_check=list(HealthCheck), max_examples=150)
@given(untidy())
def test_any_text_keeps_its_meaning_and_its_comments(text: str) -> None:
    root, found = parse(Source("case.yaml", text))
    if root is None or found:
        with pytest.raises(CaseError):
            tidied(text)
        return
    assert_kept(text)


@settings(max_examples=40)
@given(case_texts())
def test_any_case_keeps_its_meaning(text: str) -> None:
    assert_kept(text)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_gallery_with_comments_anywhere(data: st.DataObject) -> None:
    """Comments after any line's end and on lines of their own, wherever they are comments at all."""
    path = case_path(data.draw(st.sampled_from(case_names())))
    assert path is not None
    lines = read_source(path).text.splitlines()
    lines = lines[: data.draw(st.integers(1, len(lines)))]
    for number in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        own = " " * data.draw(st.integers(0, 8)) + f"# own {number}"
        lines[at] = f"{lines[at]}  # behind {number}" if data.draw(st.booleans()) else f"{lines[at]}\n{own}"
    text = "\n".join(lines)
    root, found = parse(Source("case.yaml", text))
    if root is not None and not found:
        assert_kept(text)


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_keeps_its_meaning(text: str) -> None:
    assert_kept(text)


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (ROOT / "docs").rglob("*.yaml") if path.stem not in ("untidy", "slips")),
    ids=lambda path: path.name,
)
def test_what_the_pages_show_is_in_good_order(path: Path) -> None:
    source = read_source(path)
    assert tidy(source) == source.text


@pytest.mark.parametrize("name", case_names())
def test_the_gallery_is_in_good_order(name: str) -> None:
    source = read_source(case_path(name) or "")
    assert tidy(source) == source.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {b: 1}   # c", "a: {b: 1}  # c\n"),
        ("a: {b: 1, # c\n  d: 2} # e\n", "a:\n  b: 1  # c\n  d: 2  # e\n"),
        ("a:\n    b: 1\n    # closes a\n# leads c\nc: 2\n", "a:\n  b: 1\n  # closes a\n\n# leads c\nc: 2\n"),
        ("a: # 1\n  - b # 2\n\n\n  # own\n  - c\n# last", "a:  # 1\n  - b  # 2\n\n  # own\n  - c\n# last\n"),
        ("a:\n- b\n# leads c\nc: 1\n", "a:\n  - b\n\n# leads c\nc: 1\n"),
        ("a: # one\n  # two\n  text # three\n", "a:  # one\n  # two\n  text  # three\n"),
        ("# first\n\n\na: 1\n\n# last\n\n", "# first\n\na: 1\n\n# last\n"),
        ("a: |  # header\n   text\n# after\n", "a: |  # header\n  text\n# after\n"),
        ("- # on the dash\n  a: 1\n", "# on the dash\n- a: 1\n"),
        ("a: {} # c\nb: [ # d\n]\n", "a: {}  # c\nb: []  # d\n"),
        ("aa: 1   # x\nb: 2    # y\n", "aa: 1  # x\nb: 2   # y\n"),
    ],
    ids=[
        "behind a value", "in braces", "closing a block", "on key and item", "under a list at its key",
        "between key and value", "before the first and after the last", "on a block text's header",
        "on a dash", "in nothing", "in line",
    ],
)  # fmt: skip
def test_where_comments_go(before: str, after: str) -> None:
    assert tidied(before) == after
    assert_kept(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 'no'\n", 'a: "no"\n'),
        ('a: "yes"\n', 'a: "yes"\n'),
        ("a: '2022-03-24'\n", 'a: "2022-03-24"\n'),
        ('a: "0.2..0.4"\n', "a: 0.2..0.4\n"),
        ('a: "plain words"\n', "a: plain words\n"),
        ('a: {b: "one, two"}\n', 'a: {b: "one, two"}\n'),
        ('a:\n  b: "one, two"\n', "a:\n  b: one, two\n"),
        ("a: 'so: \"b\"'\n", "a: 'so: \"b\"'\n"),
        ("a: 'say \"so\"'\n", 'a: say "so"\n'),
        ('a: "\\u00e9"\n', 'a: "\\u00e9"\n'),
        ("a: ''\n", 'a: ""\n'),
        ("a: '# b'\n", 'a: "# b"\n'),
        ("a: 'b: c'\n", 'a: "b: c"\n'),
        ("'a': b\n", "a: b\n"),
    ],
    ids=lambda text: text.strip(),
)
def test_quotes_stay_only_where_they_are_needed(before: str, after: str) -> None:
    assert tidied(before) == after


@given(st.text(min_size=1, max_size=12))
def test_a_text_that_needs_no_quotes_reads_the_same_without(text: str) -> None:
    for in_flow, way in ((False, "k: {}\n"), (True, "k: [{}, z]\n")):
        if not needs_quotes(text, in_flow=in_flow):
            bare, quoted = (
                parse(Source("case.yaml", way.format(one))) for one in (text, "'" + text.replace("'", "''") + "'")
            )
            assert not bare[1]
            assert bare[0] is not None
            assert quoted[0] is not None
            assert same_meaning(bare[0], quoted[0])


def test_a_long_mapping_in_braces_is_broken_up_and_a_short_one_kept() -> None:
    fits = "a: {b: " + "x" * (WIDTH - len("a: {b: }")) + "}\n"
    assert tidied(fits) == fits
    assert tidied(fits.replace("x}", "xx}")) == "a:\n  b: " + "x" * (WIDTH - len("a: {b: }") + 1) + "\n"
    assert tidied("a: {b: 1,\n    c: [2,\n    3]}\n") == "a: {b: 1, c: [2, 3]}\n"


def test_sections_stand_apart_and_lines_of_one_section_do_not() -> None:
    assert tidied("melian: 1\ncase: c\nactors:\n  a: {}\n# the rest\nfactors:\n  f: {}\n") == (
        "melian: 1\ncase: c\n\nactors:\n  a: {}\n\n# the rest\nfactors:\n  f: {}\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85"], ids=["LF", "CRLF", "CR", "NEL"])
def test_line_ends_become_line_feeds(end: str) -> None:
    assert tidied("a:\n    - >\n      b\n      c\n".replace("\n", end)) == "a:\n  - >\n    b\n    c\n"


def test_a_byte_order_mark_goes() -> None:
    assert tidied(BYTE_ORDER_MARK + "a: 1\n") == "a: 1\n"


def test_trailing_blanks_go_but_not_those_of_a_block_text() -> None:
    assert tidied("a: 1  \nb: |\n  c  \nd:   \n") == "a: 1\nb: |\n  c  \nd:\n"


def test_marks_of_start_and_end_stay() -> None:
    assert tidied("%YAML 1.1\n--- # c\na:   1\n...\n# after\n") == "%YAML 1.1\n--- # c\na: 1\n...\n# after\n"


def test_a_text_that_is_no_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(CaseError) as caught:
        tidied("a: [1\n")
    assert [one.code for one in caught.value.diagnostics] == ["yaml-syntax"]


@pytest.mark.parametrize(
    "text", ["a: b\u2028c\n", "? |\n  two\n  lines\n: 1\n"], ids=["odd line end", "key of two lines"]
)
def test_what_cannot_be_moved_is_refused(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        tidied(text)
    assert [one.code for one in caught.value.diagnostics] == ["not-tidied"]


def test_quotes_around_nothing_say_something() -> None:
    assert not same_meaning(Scalar("", _span(), quoted=True), Scalar("", _span()))
    assert same_meaning(Scalar("no", _span(), quoted=True), Scalar("no", _span()))
    assert not same_meaning(Scalar("a", _span()), Scalar("b", _span()))


def _span():  # type: ignore[no-untyped-def]
    return parse(Source("case.yaml", "a: 1\n"))[0].span  # type: ignore[union-attr]
