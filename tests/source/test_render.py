"""How diagnostics look: goldens, alignment in display cells, and nothing that could steer a terminal."""

import json
import re

import pytest
from rich.cells import cell_len

from melian.source.cells import spread
from melian.source.diagnostic import Diagnostic, Label, error, has_errors, info, warning
from melian.source.render import MAX_CELLS, as_json, concise, full
from melian.source.text import Source, Span

STRAIT = Source(
    "strait.case.yaml",
    "melian: 1\n"
    "actors:\n"
    "  iran: {label: Iran}\n"
    "  oman: {label: Oman}\n"
    "factors:\n"
    "  close_strait: {actor: irn, cost: 0.2 to 0.6}\n"
    "  calm: {chance: 0.5}\n"
    "  storm: {chance: 0.7 to 0.3}\n",
)


def place(source: Source, text: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(text, start + 1)
    return Span(source, start, start + len(text))


def unknown_actor() -> Diagnostic:
    return error(
        "unknown-actor",
        "`irn` is not an actor in this case",
        place(STRAIT, "irn"),
        "no actor has this name",
        secondary=[Label(place(STRAIT, "iran"), "an actor with a similar name is defined here")],
        help="did you mean `iran`?",
    )


def reversed_range() -> Diagnostic:
    return error(
        "reversed-range",
        "the low end of a chance is above its high end",
        place(STRAIT, "0.7 to 0.3"),
        "0.7 is above 0.3",
        help="write `0.3 to 0.7`",
    )


def shown(source: Source, text: str, label: str = "here", nth: int = 0) -> str:
    """Snippet lines: the user's line and the carets below it."""
    lines = full([error("x", "x", place(source, text, nth), label)], summary=False).splitlines()
    return "\n".join(lines[3:])


def test_the_form_of_the_house() -> None:
    assert full([reversed_range(), unknown_actor()]) == (
        "error[unknown-actor]: `irn` is not an actor in this case\n"
        " --> strait.case.yaml:6:25\n"
        "  |\n"
        "3 |   iran: {label: Iran}\n"
        "  |   ---- an actor with a similar name is defined here\n"
        "...\n"
        "6 |   close_strait: {actor: irn, cost: 0.2 to 0.6}\n"
        "  |                         ^^^ no actor has this name\n"
        "  |\n"
        "  = help: did you mean `iran`?\n"
        "\n"
        "error[reversed-range]: the low end of a chance is above its high end\n"
        " --> strait.case.yaml:8:19\n"
        "  |\n"
        "8 |   storm: {chance: 0.7 to 0.3}\n"
        "  |                   ^^^^^^^^^^ 0.7 is above 0.3\n"
        "  |\n"
        "  = help: write `0.3 to 0.7`\n"
        "\n"
        "2 errors in strait.case.yaml\n"
    )


def test_one_line_each() -> None:
    assert concise([reversed_range(), unknown_actor(), warning("w", "two\nlines", place(STRAIT, "oman"))]) == (
        "strait.case.yaml:4:3: warning[w]: two lines\n"
        "strait.case.yaml:6:25: error[unknown-actor]: `irn` is not an actor in this case: no actor has this name\n"
        "strait.case.yaml:8:19: error[reversed-range]: the low end of a chance is above its high end: "
        "0.7 is above 0.3\n"
    )


def test_plain_values_for_programs() -> None:
    (found,) = as_json([unknown_actor()])
    assert json.loads(json.dumps(found)) == {
        "code": "unknown-actor",
        "severity": "error",
        "headline": "`irn` is not an actor in this case",
        "path": "strait.case.yaml",
        "start": {"line": 6, "column": 25},
        "end": {"line": 6, "column": 28},
        "label": "no actor has this name",
        "secondary": [
            {
                "path": "strait.case.yaml",
                "start": {"line": 3, "column": 3},
                "end": {"line": 3, "column": 7},
                "label": "an actor with a similar name is defined here",
            }
        ],
        "notes": [{"kind": "help", "text": "did you mean `iran`?"}],
        "fix": None,
    }


def test_nothing_is_said_about_nothing() -> None:
    assert (full([]), concise([]), as_json([])) == ("", "", [])


def test_a_diagnostic_prints_as_it_is_shown() -> None:
    assert str(unknown_actor()) == full([unknown_actor()], summary=False)


def test_several_labels_on_one_line_share_it() -> None:
    source = Source("c", "a: {x: 1, x: 2, x: 3}\n")
    labels = [Label(place(source, "x"), "first"), Label(place(source, "x", 2), "third")]
    assert full([error("e", "h", place(source, "x", 1), "second", secondary=labels)], summary=False) == (
        "error[e]: h\n"
        " --> c:1:11\n"
        "  |\n"
        "1 | a: {x: 1, x: 2, x: 3}\n"
        "  |     - first\n"
        "  |           ^ second\n"
        "  |                 - third\n"
    )


def test_neighbouring_lines_have_no_dots_between_them() -> None:
    source = Source("c", "a: 1\nb: 2\n")
    text = full([error("e", "h", place(source, "b"), secondary=[Label(place(source, "a"))])], summary=False)
    assert text == "error[e]: h\n --> c:2:1\n  |\n1 | a: 1\n  | -\n2 | b: 2\n  | ^\n"


def test_the_gutter_is_as_wide_as_the_largest_line_number() -> None:
    source = Source("c", "a: 1\n" + "\n" * 98 + "b: 2\n")
    labels = [Label(place(source, "a"), "here")]
    assert full([error("e", "h", place(source, "b"), "there", secondary=labels, help="x")], summary=False) == (
        "error[e]: h\n"
        "   --> c:100:1\n"
        "    |\n"
        "  1 | a: 1\n"
        "    | - here\n"
        "...\n"
        "100 | b: 2\n"
        "    | ^ there\n"
        "    |\n"
        "    = help: x\n"
    )


def test_notes_may_have_several_lines_and_the_cure_comes_first() -> None:
    source = Source("c", "a: 1\n")
    text = full([error("e", "h", place(source, "a"), help="write\n  a: 2", info="because")], summary=False)
    assert text.endswith("  = help: write\n            a: 2\n  = info: because\n")


@pytest.mark.parametrize(
    ("text", "target", "line", "carets"),
    [
        pytest.param("a: É x", "x", "1 | a: É x", "  |      ^", id="accent, one code point"),
        pytest.param("a: E\u0301 x", "x", "1 | a: E\u0301 x", "  |      ^", id="accent, combining"),
        pytest.param("a: 漢字 x", "x", "1 | a: 漢字 x", "  |         ^", id="CJK before"),
        pytest.param("a: 漢字 x", "漢字", "1 | a: 漢字 x", "  |    ^^^^", id="CJK under the carets"),
        pytest.param("a: ｶﾅ x", "x", "1 | a: ｶﾅ x", "  |       ^", id="half-width"),
        pytest.param("a: ＡＢ x", "x", "1 | a: ＡＢ x", "  |         ^", id="full-width"),
        pytest.param("a: 😀 x", "x", "1 | a: 😀 x", "  |       ^", id="astral"),
        pytest.param(
            "a: \u1112\u1161\u11ab x", "x", "1 | a: \u1112\u1161\u11ab x", "  |       ^", id="decomposed Korean"
        ),
        pytest.param("a: \u05d0\u05b8 x", "x", "1 | a: \u05d0\u05b8 x", "  |      ^", id="Hebrew with a vowel"),
        pytest.param("a:\tb\tx", "x", "1 | a:  b   x", "  |         ^", id="tabs"),
        pytest.param("\ta: x", "a", "1 |     a: x", "  |     ^", id="leading tab"),
        pytest.param("\ta: x", "\t", "1 |     a: x", "  | ^^^^", id="the tab itself"),
        pytest.param("a: \x1b[31mx", "x", "1 | a: \u241b[31mx", "  |         ^", id="escape"),
        pytest.param("a: \u202ex", "x", "1 | a: \ufffdx", "  |     ^", id="right-to-left override"),
        pytest.param("a: x\u2028b", "b", "1 | a: x\ufffdb", "  |      ^", id="line separator"),
    ],
)
def test_carets_stand_under_what_they_mean(text: str, target: str, line: str, carets: str) -> None:
    assert shown(Source("c", text + "\n"), target) == f"{line}\n{carets} here"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_are_never_shown(end: str) -> None:
    assert shown(Source("c", f"a: 1{end}b: 2{end}"), "2") == "2 | b: 2\n  |    ^ here"


def test_a_span_over_lines_is_marked_on_its_first() -> None:
    source = Source("c", "a:\n  b: x\n    y\nc: 1\n")
    assert shown(source, "b: x\n    y\nc") == "2 |   b: x\n  |   ^^^^ here"


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        pytest.param("a:\n", 2, "1 | a:\n  |   ^ here", id="after the colon"),
        pytest.param("a:\n", 3, "2 |\n  | ^ here", id="on the empty last line"),
        pytest.param("a: 1", 4, "1 | a: 1\n  |     ^ here", id="at the end of the text"),
        pytest.param("a\r\nb", 2, "1 | a\n  |  ^ here", id="inside a line end"),
    ],
)
def test_a_place_without_width_has_one_caret(text: str, offset: int, expected: str) -> None:
    source = Source("c", text)
    lines = full([error("x", "x", Span(source, offset, offset), "here")], summary=False).splitlines()
    assert "\n".join(lines[3:]) == expected


@pytest.mark.parametrize(
    "filler", ["x", "漢", "e\u0301", "\t", "\u0301"], ids=["narrow", "wide", "combining", "tab", "zero"]
)
@pytest.mark.parametrize(("before", "after"), [(0, 5000), (5000, 0), (5000, 5000), (90, 90)])
def test_long_lines_are_shown_around_the_caret(filler: str, before: int, after: int) -> None:
    source = Source("c", f"{filler * before}TARGET{filler * after}\n")
    line, carets = shown(source, "TARGET").splitlines()
    assert "TARGET" in line
    cells = {"x": 1, "漢": 2, "e": 1, "\u0301": 0}
    width = sum(cells.get(character, 1) for character in line[4:])
    assert width <= MAX_CELLS
    assert carets.endswith("^^^^^^ here")
    lead = line[4 : line.index("TARGET")]
    assert len(carets) - len("^^^^^^ here") - 4 == sum(cells.get(character, 1) for character in lead)


def test_a_long_span_is_marked_as_far_as_it_is_shown() -> None:
    source = Source("c", "a: " + "x" * 1000)
    line, carets = shown(source, "x" * 1000).splitlines()
    assert line.endswith("x\u2026")
    assert len(line) == 4 + MAX_CELLS - 1
    assert carets == "  |    " + "^" * (len(line) - 8) + " here"


def test_far_labels_on_a_long_line_are_shown_apart() -> None:
    source = Source("c", "a" + " " * 500 + "b")
    text = full(
        [error("e", "h", place(source, "b"), "two", secondary=[Label(place(source, "a"), "one")])], summary=False
    )
    rows = text.splitlines()[3:]
    assert [row[:3] for row in rows] == ["1 |", "  |", "1 |", "  |"]
    assert (rows[1], rows[3].lstrip(" |")) == ("  | - one", "^ two")


def test_places_in_other_files_follow() -> None:
    other = Source("other.yaml", "b: 2\n")
    text = full([error("e", "h", place(STRAIT, "iran"), secondary=[Label(place(other, "b"), "there")])])
    assert text == (
        "error[e]: h\n"
        " --> strait.case.yaml:3:3\n"
        "  |\n"
        "3 |   iran: {label: Iran}\n"
        "  |   ^^^^\n"
        " ::: other.yaml:1:1\n"
        "  |\n"
        "1 | b: 2\n"
        "  | - there\n"
        "\n"
        "1 error in strait.case.yaml\n"
    )


def test_files_are_counted_where_there_are_several() -> None:
    other = Source("other.yaml", "b: 2\n")
    text = full([error("e", "h", place(STRAIT, "iran")), warning("w", "h", place(other, "b"))])
    assert text.splitlines()[0] == "warning[w]: h"
    assert text.endswith("\n1 error, 1 warning in 2 files\n")


def test_a_diagnostic_without_a_text_has_no_snippet() -> None:
    assert full([error("e", "h", Span(Source("c", ""), 0, 0), "label", help="x")], summary=False) == (
        "error[e]: h\n--> c\n = help: x\n = info: label\n"
    )
    assert concise([error("e", "h", Span(Source("c", ""), 0, 0))]) == "c:1:1: error[e]: h\n"


def test_the_rest_is_counted_and_errors_are_kept() -> None:
    source = Source("c", "".join(f"k{i}: 1\n" for i in range(60)))
    found: list[Diagnostic] = [warning("w", f"number {i}", place(source, f"k{i}:")) for i in range(50)]
    found += [info("i", "told", place(source, "k50")), error("e", "late", place(source, "k59"))]
    text = full(found)
    assert text.count("warning[w]") == 19
    assert text.index("number 18") < text.index("error[e]: late") < text.index("... and 32 more")
    assert "number 19" not in text
    assert text.endswith("\n\n... and 32 more\n\n1 error, 50 warnings, 1 remark in c\n")
    assert full(found, limit=1).startswith("error[e]: late\n")


def test_order_is_by_position_and_then_as_found() -> None:
    spans = [place(STRAIT, "oman"), place(STRAIT, "iran"), place(STRAIT, "iran"), place(STRAIT, "iran")]
    makers = [error, warning, error, error]
    found = [make(f"c{i}", "h", span) for i, (make, span) in enumerate(zip(makers, spans, strict=True))]
    assert [line.split("[")[1][:2] for line in concise(found).splitlines()] == ["c2", "c3", "c1", "c0"]


def test_colour_changes_nothing_but_colour() -> None:
    found = [unknown_actor(), reversed_range()]
    coloured = full(found, colour=True)
    assert "\x1b[1;31merror[unknown-actor]\x1b[0m" in coloured
    assert "\x1b[1;31m^^^ no actor has this name\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == full(found)


def test_nothing_of_a_case_reaches_the_terminal_raw() -> None:
    nasty = "\x1b[2J\x9b\x07\u202e\ud800"
    source = Source(f"c{nasty}.yaml", f"a: {nasty}\n")
    text = full(
        [error("e", nasty, Span(source, 0, 3), nasty, secondary=[Label(Span(source, 3, 5), nasty)], help=nasty)]
    )
    for shown_text in (text, concise([error("e", nasty, Span(source, 0, 3), nasty)])):
        assert not set(nasty[0] + nasty[4:]) & set(shown_text)
        shown_text.encode()


def test_only_errors_stand_in_the_way() -> None:
    span = place(STRAIT, "iran")
    assert has_errors([info("i", "h", span), error("e", "h", span)])
    assert not has_errors([info("i", "h", span), warning("w", "h", span)])
    assert not has_errors([])


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "❤️",
        "❤",
        "🇫🇷",
        "👩‍❤️‍👨",
        "🏳️‍🌈",
        "क्षि",
        "e\u0301",
        "한국",
        "ｶﾞ",
        "漢字",
        "лес",
        "🧑🏿‍🚀 x",
        "ﷺ",
        "שלום",
    ],
)
def test_texts_are_as_wide_as_rich_takes_them_to_be(text: str) -> None:
    assert spread(text)[1][-1] == cell_len(text)


def test_a_caret_stands_under_what_follows_a_family_of_pictures() -> None:
    text = "👩‍👩‍👧: [👍🏽, «x»]"
    source = Source("case.yaml", text.replace("«", "").replace("»", ""))
    at = text.index("«")
    shown = full([error("yaml-syntax", "so", Span(source, at, at + 1))], summary=False)
    line, caret = shown.splitlines()[3:5]
    assert cell_len(line[: line.index("x")]) == cell_len(caret[: caret.index("^")])
