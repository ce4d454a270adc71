"""The tree of a case text, its places, and what it refuses."""

import time
from collections.abc import Iterator

import pytest
import yaml

from melian.source import tree
from melian.source.text import Source
from melian.source.tree import MAX_DEPTH, MAX_NODES, Entry, Mapping, Node, Scalar, Sequence, parse

LOADERS = [
    pytest.param(yaml.SafeLoader, id="python"),
    pytest.param(
        getattr(yaml, "CSafeLoader", None),
        id="libyaml",
        marks=pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml"),
    ),
]


@pytest.fixture(params=LOADERS)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", request.param)


either_loader = pytest.mark.usefixtures("_loader")


def read(text: str) -> tuple[Node | None, list[str]]:
    root, found = parse(Source("case.yaml", text))
    return root, [f"{diagnostic.code} {diagnostic.primary.span.text}".strip() for diagnostic in found]


def sound(text: str) -> Mapping:
    root, found = read(text)
    assert found == []
    assert isinstance(root, Mapping)
    return root


def value(text: str) -> Node:
    entry = sound(text).get("a")
    assert entry is not None
    return entry.value


def plain(node: Node | None) -> object:
    """Tree as Python values, without places."""
    match node:
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
    return None


def walk(node: Node) -> Iterator[Node]:
    yield node
    inner: tuple[Node, ...] = ()
    if isinstance(node, Sequence):
        inner = node.items
    elif isinstance(node, Mapping):
        inner = tuple(part for entry in node.entries for part in (entry.key, entry.value))
    for part in inner:
        yield from walk(part)


@either_loader
@pytest.mark.parametrize(
    "text",
    [
        "no",
        "NO",
        "on",
        "y",
        "True",
        "12:30",
        "1e3",
        "0x1F",
        "0o17",
        "007",
        "2022-03-24",
        ".inf",
        "20 %",
        "=",
    ],
)
def test_nothing_is_resolved(text: str) -> None:
    assert value(f"a: {text}") == Scalar(text, sound("a: x").span, quoted=False)


@either_loader
@pytest.mark.parametrize(
    ("text", "expected", "shown", "quoted"),
    [
        pytest.param("a: no", "no", "no", False, id="plain"),
        pytest.param('a: "no"', "no", '"no"', True, id="double quotes"),
        pytest.param("a: 'it''s'", "it's", "'it''s'", True, id="single quotes"),
        pytest.param('a: ""', "", '""', True, id="empty quotes"),
        pytest.param("a: x y  # why\n", "x y", "x y", False, id="comment"),
        pytest.param("a: x\n  y\n\n  z\nb: 1\n", "x y\nz", "x\n  y\n\n  z", False, id="plain over lines"),
        pytest.param("a: |\n  x\n   y\n\n\nb: 1\n", "x\n y\n", "|\n  x\n   y", True, id="block kept"),
        pytest.param("a: >-\n  x\n  y\n# c\nb: 1\n", "x y", ">-\n  x\n  y", True, id="block folded"),
        pytest.param("a: |\nb: 1\n", "", "|", True, id="empty block"),
        pytest.param("a: {b: 1}x".replace("}x", "}"), "", "", False, id="flow"),
    ],
)
def test_texts_and_their_places(text: str, expected: str, shown: str, quoted: bool) -> None:
    node = value(text)
    if isinstance(node, Scalar):
        assert (node.text, node.span.text, node.quoted) == (expected, shown, quoted)
    else:
        assert node.span.text == "{b: 1}"


@either_loader
@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("a:\nb: 1\n", 2, id="block"),
        pytest.param("a:   \n\n# c\nb: 1\n", 2, id="blanks and a comment"),
        pytest.param("a:", 2, id="end of text"),
        pytest.param("\r\na:\r\n", 4, id="CRLF"),
    ],
)
def test_nothing_at_all_stands_right_after_its_colon(text: str, at: int) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert (node.text, node.quoted, node.span.start, node.span.end) == ("", False, at, at)


@either_loader
def test_an_empty_value_in_braces_is_on_its_line() -> None:
    node = value("a: {b: ,\n c}\n")
    assert plain(node) == {"b": "", "c": ""}
    assert isinstance(node, Mapping)
    assert [entry.value.span.line for entry in node.entries] == [1, 2]


@either_loader
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_block_ends_with_its_last_value(end: str) -> None:
    text = "a:\n  b:\n    - c: 1\n      d: x y # why\n    - e\n\n\n  # more\nf: {g: [1, 2]}  # end\n".replace("\n", end)
    root = sound(text)
    outer = value(text)
    assert isinstance(outer, Mapping)
    assert outer.span.text.replace(end, "\n") == "b:\n    - c: 1\n      d: x y # why\n    - e"
    inner = outer.entries[0].value
    assert inner.span.text.replace(end, "\n") == "- c: 1\n      d: x y # why\n    - e"
    assert isinstance(inner, Sequence)
    assert inner.items[0].span.text.replace(end, "\n") == "c: 1\n      d: x y"
    assert root.span.text.replace(end, "\n").endswith("g: [1, 2]}")
    assert root.span.start == 0


@either_loader
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"], ids=["none", "one", "two"])
def test_places_hold_after_a_byte_order_mark(mark: str) -> None:
    (entry,) = sound(f"{mark}é: x\n").entries
    assert (entry.key.span.text, entry.value.span.text) == ("é", "x")


@either_loader
def test_places_hold_whatever_the_characters_and_line_ends() -> None:
    root = sound("😀a: x😀y\r\n漢字: [é, e\u0301, 𝔘]\rb: t\nc: \u05d0\u05d1\n")
    for node in walk(root):
        if isinstance(node, Scalar):
            assert node.span.text == node.text
    assert [entry.key.span.line for entry in root.entries] == [1, 2, 3, 4]


@either_loader
@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
def test_places_hold_where_yaml_breaks_a_line_and_an_editor_does_not(mark: str) -> None:
    root = sound(f"a: x{mark}b: y\nc: z\n")
    assert [(entry.key.span.text, entry.value.span.text) for entry in root.entries] == [
        ("a", "x"),
        ("b", "y"),
        ("c", "z"),
    ]
    assert [entry.key.span.line for entry in root.entries] == [1, 1, 2]


@either_loader
def test_a_value_starts_after_its_anchor_even_with_an_odd_space() -> None:
    _, found = read("- &a \xa0x\n")
    assert found == ["yaml-anchor &a", "odd-space"]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML's own parser takes no tab there")
def test_tabs_may_part_a_value_from_its_key() -> None:
    node = value("a:\tx\t# why\n")
    assert (plain(node), node.span.text, node.span.column) == ("x", "x", 4)


def test_get_finds_a_key_or_none() -> None:
    root = sound("a: 1\nb: 2\n")
    entry = root.get("b")
    assert isinstance(entry, Entry)
    assert plain(entry.value) == "2"
    assert root.get("c") is None


@either_loader
def test_equal_texts_give_equal_trees_wherever_they_stand() -> None:
    assert sound("a: [1, {b: c}]\n") == sound("\n# moved\na:\n- 1\n- b: c\n")
    assert value("a: 1") != value('a: "1"')


@either_loader
@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "--- # x\n...\n", "\ufeff", "  \n"])
def test_a_file_that_says_nothing_is_refused(text: str) -> None:
    root, found = read(text)
    assert root is None
    assert [line.split()[0] for line in found] == ["empty-file"]


@either_loader
@pytest.mark.parametrize(
    ("text", "found", "left"),
    [
        pytest.param("a: 1\na: 2\nb: 3\n", ["duplicate-key a"], {"a": "1", "b": "3"}, id="twice"),
        pytest.param("{a: 1, 'a': 2, a: 3}", ["duplicate-key 'a'", "duplicate-key a"], {"a": "1"}, id="thrice, quoted"),
        pytest.param("b: {a: 1}\nc: {a: 1}\n", [], {"b": {"a": "1"}, "c": {"a": "1"}}, id="in two mappings"),
        pytest.param("a: !!int 1\n", ["yaml-tag !!int"], {"a": "1"}, id="tag"),
        pytest.param("a: !x {b: 1}\n", ["yaml-tag !x"], {"a": {"b": "1"}}, id="tag on a mapping"),
        pytest.param(
            "a: !!python/object:os.system x\n", ["yaml-tag !!python/object:os.system"], {"a": "x"}, id="python"
        ),
        pytest.param(
            "a: !<tag:yaml.org,2002:str> x\n", ["yaml-tag !<tag:yaml.org,2002:str>"], {"a": "x"}, id="verbatim tag"
        ),
        pytest.param("!x a: 1\n", ["yaml-tag !x"], {"a": "1"}, id="tag on a key"),
        pytest.param("a: !x # why\n  b\n", ["yaml-tag !x"], {"a": "b"}, id="tag, comment"),
        pytest.param("a: !x\nb: 1\n", ["yaml-tag !x"], {"a": "", "b": "1"}, id="tag on nothing"),
        pytest.param("a: &x 1\n", ["yaml-anchor &x"], {"a": "1"}, id="anchor"),
        pytest.param("a: [&x, &y b]\n", ["yaml-anchor &x", "yaml-anchor &y"], {"a": ["", "b"]}, id="anchors in a list"),
        pytest.param("a: &x !y\n  b: 1\n", ["yaml-anchor &x", "yaml-tag !y"], {"a": {"b": "1"}}, id="both"),
        pytest.param("? [b]\n: 1\na: 2\n", ["key-not-plain [b]"], {"a": "2"}, id="list as key"),
        pytest.param("{{a: 1}: 2}", ["key-not-plain {a: 1}"], {}, id="mapping as key"),
        pytest.param("'': 1\na: 2\n", ["key-not-plain ''"], {"a": "2"}, id="empty key"),
        pytest.param("a: 1\n--- \nb: 2\n", ["several-documents ---"], {"a": "1"}, id="two documents"),
        pytest.param("a: 1\n---\n", ["several-documents ---"], {"a": "1"}, id="second one empty"),
        pytest.param("a: *x\n", ["yaml-alias *x"], None, id="alias"),
        pytest.param("*x : 1\n", ["yaml-alias *x"], None, id="alias as key"),
        pytest.param("a: {<<: {b: 1}}\n", ["merge-key <<"], None, id="merge key"),
        pytest.param("a: {'<<': 1}\n", [], {"a": {"<<": "1"}}, id="quoted, it is a key like others"),
        pytest.param(
            "a: {b:1, c:d e}\n", ["tight-colon :", "tight-colon :"], {"a": {"b": "1", "c": "d e"}}, id="tight"
        ),
        pytest.param('a: {"b":1}\n', [], {"a": {"b": "1"}}, id="tight after quotes is fine"),
        pytest.param("a: {b:1: 2}\n", [], {"a": {"b:1": "2"}}, id="a colon inside a key is fine"),
        pytest.param("a: {https://x.org/y}\n", [], {"a": {"https://x.org/y": ""}}, id="an address is none"),
        pytest.param("a:\n\xa0\xa0b: 1\n", ["odd-space"], None, id="no-break spaces that indent"),
        pytest.param("a\xa0: 1\n", ["odd-space"], None, id="no-break space after a key"),
        pytest.param("a: \u200bx\n", ["odd-space \u200b"], None, id="zero-width space before a value"),
        pytest.param("a: x\xa0y\n", [], {"a": "x\xa0y"}, id="a no-break space inside is fine"),
        pytest.param("a: '\xa0x'\n", [], {"a": "\xa0x"}, id="in quotes, too"),
    ],
)
def test_what_is_refused_and_what_is_left(text: str, found: list[str], left: object) -> None:
    root, said = read(text)
    assert said == found
    assert plain(root) == left


@either_loader
def test_all_is_reported_in_one_go() -> None:
    text = "a: &x 1\nb: !t 2\na: *x\nc: {<<: *x, {d: 1}: 2}\n---\n"
    assert [line.split()[0] for line in read(text)[1]] == [
        "yaml-anchor",
        "yaml-tag",
        "yaml-alias",
        "duplicate-key",
        "merge-key",
        "yaml-alias",
        "key-not-plain",
        "several-documents",
    ]


def test_a_duplicate_points_at_both_places() -> None:
    _, (diagnostic,) = parse(Source("case.yaml", "a: 1\n\nb: 2\na: 3\n"))
    assert diagnostic.primary.span.line == 4
    assert [label.span.line for label in diagnostic.secondary] == [1]


def test_what_came_before_a_syntax_error_is_reported_too() -> None:
    assert [line.split()[0] for line in read("a: &x 1\na: 2\nb: [1\n")[1]] == [
        "yaml-anchor",
        "duplicate-key",
        "yaml-syntax",
    ]


@either_loader
@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")], ids=["lists", "mappings", "blocks"]
)
def test_depth_is_bounded(opening: str, closing: str) -> None:
    root, found = read(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH)
    assert found == []
    assert root is not None
    deeper = MAX_DEPTH + 1
    root, found = read(opening * deeper + "x" + closing * deeper)
    assert root is None
    assert [line.split()[0] for line in found] == ["too-deep"]


@pytest.mark.parametrize("text", ["[" * 900_000, "{a: " * 250_000, "- " * 450_000, "? " * 450_000, "!x " * 300_000])
def test_hostile_depth_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    assert read(text)[0] is None
    assert time.perf_counter() - start < 5  # a loose bound: linear is 0.02 s, quadratic would be hours


def test_nodes_are_bounded() -> None:
    root, found = read("[" + "a," * (MAX_NODES - 1) + "]")
    assert found == []
    assert isinstance(root, Sequence)
    assert len(root.items) == MAX_NODES - 1
    root, found = read("[" + "a," * MAX_NODES + "]")
    assert root is None
    assert found == ["too-many-nodes"]


def test_the_laughs_are_counted_once() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    root, found = read("\n".join(lines))
    assert root is None
    assert len(found) == 10 + 9 * 9
