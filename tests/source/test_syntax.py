"""What is said about texts that are not YAML: one common slip a case, with its place and its cure."""

import pytest
import yaml

from melian.source import tree
from melian.source.render import concise, full
from melian.source.text import Source
from melian.source.tree import parse


def said(text: str) -> str:
    root, found = parse(Source("c", text))
    assert root is None
    assert {diagnostic.code for diagnostic in found} == {"yaml-syntax"}
    full(found)
    return concise(found).replace("error[yaml-syntax]: ", "").rstrip("\n")


TAB = "a tab stands where spaces should: this is a tab"
SLIPS = [
    ("tab under a key", "a:\n\tb: 1\n", f"c:2:1: {TAB}"),
    ("tab on the first line", "\ta: x\n", f"c:1:1: {TAB}"),
    ("tab after spaces", "a:\n  b: 1\n  \tc: 2\n", f"c:3:3: {TAB}"),
    ("tab in a block text", "a: |\n\tx\n", f"c:2:1: {TAB}"),
    ("tab after a dash", "-\ta: 1\n", f"c:1:2: {TAB}"),
    (
        "colon in a value",
        "title: Belarus: will it\n",
        "c:1:15: a colon and a space stand inside a value: YAML reads this as the end of a key",
    ),
    (
        "colon after quotes",
        'a: "x": 1\n',
        "c:1:7: a colon and a space stand inside a value: YAML reads this as the end of a key",
    ),
    ("colon in a list", "a: [b: c: d]\n", "c:1:9: a colon stands inside a value"),
    ("colon alone", "a: :\n", "c:1:4: a colon stands where none can: what is before it is no key"),
    ("colon without key", ": b\n", "c:1:1: a colon has no key before it"),
    (
        "no colon, first line",
        "a\nb: 1\n",
        "c:1:1: a line without a colon stands where a key should: a colon and a space were expected",
    ),
    (
        "no colon, later line",
        "a: 1\n\nb c\n\nd: 2\n",
        "c:3:1: a line without a colon stands where a key should: a colon and a space were expected",
    ),
    (
        "no colon, last line",
        "a: 1\nb\n",
        "c:2:1: a line without a colon stands where a key should: a colon and a space were expected",
    ),
    ("tight colon, first line", "a:1\nb: 2\n", "c:1:2: no space stands after a colon: a space was expected after this"),
    ("tight colon", "x: 1\na:1\nb: 2\n", "c:2:2: no space stands after a colon: a space was expected after this"),
    ("tight dash", "- a\n-b\n- c\n", "c:2:1: no space stands after a dash: a space was expected after this"),
    (
        "key under a value",
        "a: 1\n  b: 2\n",
        "c:2:3: the key `b` is indented under a line that has a value: indented more than the line above",
    ),
    (
        "too little indentation",
        "a:\n    b: 1\n\n  c: 2\n",
        "c:4:3: a line is indented unlike any that it could belong to: indented by 2",
    ),
    (
        "block text that falls back",
        "a: |\n    x\n  y\n",
        "c:3:3: a line is indented unlike any that it could belong to: indented by 2",
    ),
    ("first line indented", "  a: 1\nb: 2\n", "c:2:1: a line is indented less than the first line"),
    ("open double quote", 'a: "x\nb: 1\n', 'c:1:4: a quoted text is never closed: no `"` closes this one'),
    ("open single quote", "a: 'x\nb: 1\n", "c:1:4: a quoted text is never closed: no `'` closes this one"),
    ("quote over documents", 'a: "x\n---\n"\n', 'c:1:4: a quoted text is never closed: no `"` closes this one'),
    ("apostrophe", "a: 'it's'\n", "c:1:8: text follows a closing quote: nothing was expected here"),
    ("quotes in quotes", 'a: "say "hi" now"\n', "c:1:10: text follows a closing quote: nothing was expected here"),
    ("open bracket", "a: [1, 2\nb: 3\n", "c:1:4: `[` is never closed: no `]` closes this one"),
    (
        "bracket and nothing else",
        "[",
        "c:1:2: the text ends inside brackets: a value and a closing bracket were expected",
    ),
    ("end mark alone", "...\n", "c:1:1: the text is not valid YAML: it cannot go on here"),
    (
        "end after a comma",
        "a: {b: [1,\n\n",
        "c:1:11: the text ends inside brackets: a value and a closing bracket were expected",
    ),
    ("open bracket at the end", "a: [1, 2\n", "c:1:4: `[` is never closed: no `]` closes this one"),
    ("open brace", "a: {x: 1, y: 2\n", "c:1:4: `{` is never closed: no `}` closes this one"),
    ("open brace in a list", "a:\n - {b: c\n - {d: e}\n", "c:2:4: `{` is never closed: no `}` closes this one"),
    ("wrong closing", "a: {x: [1, 2}\n", "c:1:13: `[` is closed by `}`: `]` was expected"),
    ("one closing too many", "a: [1]]\n", "c:1:7: `]` closes nothing: no bracket is open here"),
    ("closing alone", "a: }\n", "c:1:4: `}` closes nothing: no bracket is open here"),
    ("text after a bracket", "a: [1] x\n", "c:1:8: text follows a closing `]`: nothing was expected here"),
    ("no comma", "a: {x: 1 y: 2}\n", "c:1:10: no comma stands before `y`: a comma was expected before this"),
    (
        "no comma after quotes",
        'a: ["x" y]\n',
        "c:1:9: a comma or a closing bracket is missing: a comma or `]` was expected",
    ),
    ("two commas", "a: [1, , 2]\n", "c:1:8: no value stands before `,`"),
    ("at sign", "a: @x\n", "c:1:4: a value begins with `@`: this means something else to YAML"),
    ("backtick", "a: `x`\n", "c:1:4: a value begins with a backtick: this means something else to YAML"),
    ("per cent", "a: %x\n", "c:1:4: a value begins with `%`: this means something else to YAML"),
    ("bold", "a: **x**\n", "c:1:4: a value begins with `*`: this means something else to YAML"),
    ("ampersand", "a: & b\n", "c:1:4: a value begins with `&`: this means something else to YAML"),
    ("exclamation", "a: !x!y z\n", "c:1:4: a value begins with `!`: this means something else to YAML"),
    ("question", "a: ? b\n", "c:1:4: a value begins with `?`: this means something else to YAML"),
    ("backslash", 'a: "C:\\Users"\n', "c:1:7: `\\U` is no escape that YAML knows"),
    ("unknown escape", 'a: "\\q"\n', "c:1:5: `\\q` is no escape that YAML knows"),
    ("text after a bar", "a: | text\n", "c:1:6: text stands on the line of `|` or `>`: nothing was expected here"),
    ("dash after a key", "a: - b\n", "c:1:4: a list begins on the line of its key"),
    ("item among keys", "a: 1\n- b\n", "c:2:1: a list item stands among keys: this begins a list"),
    ("key among items", "- b\na: 1\n", "c:2:1: something else stands among list items: no `- ` before this"),
    ("text after the end", "a: 1\n...\nb: 2\n", "c:3:1: text follows the end mark `...`"),
    ("text after a marker", "--- a: 1\n", "c:1:1: text stands on the line of `---`"),
    ("directive", "%YAML 3.0\n---\na: 1\n", "c:1:1: a line at the start is a YAML directive: not a known one"),
    (
        "endless key",
        "a: 1\n" + "y " * 600 + ": 1\n",
        "c:2:1: a key is too long: no colon in the first 1,024 characters",
    ),
]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the wording is tuned to libyaml")
@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, line, id=name) for name, text, line in SLIPS])
def test_a_common_slip_is_named_where_it_is(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, line, id=name) for name, text, line in SLIPS])
def test_without_libyaml_the_same_texts_are_refused(text: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's own parser words some problems otherwise and lets a few slips pass; it never fails."""
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    root, found = parse(Source("c", text))
    assert root is not None or found
    assert {diagnostic.code for diagnostic in found} <= {"yaml-syntax", "yaml-alias", "yaml-tag", "key-not-plain"}


def test_a_value_with_a_colon_is_given_back_in_quotes() -> None:
    assert full(parse(Source("case.yaml", "case: x\ntitle: Belarus: will it enter?  # the question\n"))[1]) == (
        "error[yaml-syntax]: a colon and a space stand inside a value\n"
        " --> case.yaml:2:15\n"
        "  |\n"
        "2 | title: Belarus: will it enter?  # the question\n"
        "  |               ^ YAML reads this as the end of a key\n"
        "  |\n"
        '  = help: put the value in quotes: "Belarus: will it enter?"\n'
        "\n"
        "1 error in case.yaml\n"
    )


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        pytest.param('a: he said: "go"\n', """put the value in quotes: 'he said: "go"'""", id="double quotes inside"),
        pytest.param("a: it's: x\n", """put the value in quotes: "it's: x\"""", id="apostrophe inside"),
        pytest.param("a: \u201cFoo: bar\u201d\n", 'put the value in quotes: "Foo: bar"', id="curly quotes"),
        pytest.param("a:1\nb: 2\n", "write `a: 1`", id="tight colon"),
        pytest.param("a:\n    b: 1\n  c: 2\n", "indent it by 4 or 0", id="indentation"),
        pytest.param("a: [1\n", "add `]`", id="bracket"),
    ],
)
def test_the_cure_is_ready_to_copy(text: str, cure: str) -> None:
    _, (diagnostic,) = parse(Source("c", text))
    assert diagnostic.notes[0].text == cure


def test_curly_quotes_are_explained() -> None:
    assert "curly quotes are ordinary letters to YAML" in full(parse(Source("c", "a: \u201cFoo: bar\u201d\n"))[1])


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\uffff"])
def test_a_control_character_is_named_and_never_shown(character: str) -> None:
    text = f"a: é{character}\n"
    assert said(text) == f"c:1:5: a control character stands in the text: the character U+{ord(character):04X}"
    assert character not in full(parse(Source("c", text))[1])


def test_control_characters_are_all_reported_up_to_a_bound() -> None:
    assert len(said("a: \0\nb: \0\n").splitlines()) == 2
    assert len(said("\0" * 1000).splitlines()) == 20
