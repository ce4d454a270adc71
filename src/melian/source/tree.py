"""YAML to a tree of texts, each with its place; a safe subset, without recursion.

The tree is built from the parser's events, so that nothing is resolved on the way: `no`, `12:30` and `1e3` stay the
texts that the user wrote, duplicate keys are seen, and no depth of nesting can exhaust the stack. Refused, each with
a diagnostic: tags, anchors, aliases and merge keys (a case says things once, where they are read), keys that are not
plain texts, several documents, and more depth or nodes than the bounds below.

Places come from the parser's `mark.index`, which counts code points and is right for every kind of line end. Three
spans are not the parser's: a block mapping or list ends with its last value (its end mark is on a later line), a
block text ends with its last character, and a value starts after its tag or anchor.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import yaml

from melian.source.diagnostic import Diagnostic, Label, error
from melian.source.fixes import removed, without_property, written
from melian.source.lookalikes import decimal_comma, odd_colon
from melian.source.slips import odd_space, split_tight_colon, tight_colon
from melian.source.syntax import control_characters, explain
from melian.source.text import BYTE_ORDER_MARK, Source, Span

MAX_DEPTH: Final = 24
MAX_NODES: Final = 100_000
NOTHING: Final = frozenset(("~", "null", "Null", "NULL"))  # plain texts that YAML 1.2's core schema takes for none
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROPERTY: Final = re.compile(r"!<[^>\s]*>|&[\w-]*|![^\s,\[\]{}]*")
_PLAIN_TAGS: Final = frozenset(f"!!{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq"))
_BLANKS: Final = " \t\r\n\x85\u2028\u2029"
_BLANK: Final = re.compile(rf"(?:[{_BLANKS}]+#[^\r\n]*|[{_BLANKS}]+)*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `quoted` tells `"no"` and block texts from a plain `no`.

    A plain text that is empty stands for nothing: where nothing is written (then it has no width), or `~` or `null`.
    """

    text: str
    span: Span = field(compare=False, repr=False)
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: "tuple[Node, ...]"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries in the user's order; no two have the same key."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False, repr=False)

    def get(self, name: str) -> Entry | None:
        """Entry of that key, or None."""
        return next((entry for entry in self.entries if entry.key.text == name), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def parse(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Tree of a case text and everything that is wrong with it as YAML.

    Returns
    -------
    The tree, and the diagnostics in order of discovery. The tree is None where too much is missing for it to be worth a
    look: after a syntax error, an alias, a merge key, or a bound that was exceeded, and for an empty text. After other
    errors (duplicate keys, tags, anchors, odd keys, a second document) it is whole but for what was refused.

    Notes
    -----
    Never raises, whatever the text. Time and memory are linear in the text.
    """
    found = control_characters(source)
    if found:
        return None, found
    builder = _Builder(source)
    return builder.build(), builder.found


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    is_mapping: bool
    is_flow: bool
    start: int
    end: int
    key: Scalar | None = None
    awaits_value: bool = False
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)


class _Builder:
    """One pass over the events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.last: Span | None = None
        self.anchored: dict[str, str] = {}
        self.n_nodes = 0
        self.n_documents = 0
        self.is_usable = True
        self.is_over = False
        # libyaml drops a leading mark without counting it: cut it here, so that both loaders count alike.
        self.text = source.text.lstrip(BYTE_ORDER_MARK)
        self.shift = len(source.text) - len(self.text)

    def build(self) -> Node | None:
        """Tree, or None where it is not worth a look."""
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                self.take(event)
                if self.is_over:
                    break
        except yaml.YAMLError as problem:
            self.refuse(explain(problem, self.source, self.shift, self.last))
        if self.is_usable and (self.root is None or self.root == Scalar("", self.span(0, 0))):
            cure = "begin with `melian: 1`"
            self.refuse(error("empty-file", "the file says nothing", self.span(0, 0), help=cure))
        return self.root if self.is_usable else None

    def take(self, event: Any) -> None:
        """Go on by one event."""
        match event:
            case yaml.ScalarEvent():
                self.take_scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.close(self.offset(event.end_mark))
            case yaml.AliasEvent():
                self.take_alias(event)
            case yaml.DocumentStartEvent():
                self.start_document(event)
            case _:
                pass

    def take_scalar(self, event: Any) -> None:
        """Add a text, cut to what it shows."""
        self.count(event)
        end = self.offset(event.end_mark)
        start = self.after_properties(event, end)
        if event.style in ("|", ">"):
            end = start + len(self.source.text[start:end].rstrip(_BLANKS))
        self.last = self.span(start, end)
        if event.anchor is not None and "\n" not in self.last.text:
            self.anchored[event.anchor] = self.last.text
        if not event.style and (odd := odd_space(self.last, is_key=self.awaits_key())):
            self.refuse(odd)
        is_nothing = not event.style and event.value in NOTHING
        self.add(Scalar("" if is_nothing else event.value, self.last, bool(event.style)))

    def open(self, event: Any) -> None:
        """Begin a mapping or a list."""
        self.count(event)
        start = self.after_properties(event, len(self.source.text))
        if len(self.stack) == MAX_DEPTH:
            label = "this would be one level more"
            headline = f"mappings and lists are nested more than {MAX_DEPTH} deep"
            self.refuse(error("too-deep", headline, self.span(start, start + 1), label))
            self.is_over = True
        self.stack.append(_Frame(isinstance(event, yaml.MappingStartEvent), bool(event.flow_style), start, start))

    def close(self, end: int) -> None:
        """End the innermost mapping or list."""
        frame = self.stack.pop()
        span = self.span(frame.start, end if frame.is_flow else max(frame.start, frame.end))
        if frame.is_mapping:
            self.add(Mapping(tuple(frame.entries.values()), span))
        else:
            self.add(Sequence(tuple(frame.items), span))

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.end = node.span.end
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.awaits_value:
            self.add_entry(frame, node)
        else:
            frame.key = self.as_key(node)
            frame.awaits_value = True

    def awaits_key(self) -> bool:
        """Whether the next node is a key."""
        return bool(self.stack) and self.stack[-1].is_mapping and not self.stack[-1].awaits_value

    def add_entry(self, frame: _Frame, value: Node) -> None:
        """Pair a value with its key, unless that key was refused or is there already."""
        key, frame.key, frame.awaits_value = frame.key, None, False
        if key is None:
            return
        if not key.quoted and value == Scalar("", key.span):
            if self.is_fraction(frame, key):
                return
            if odd := odd_colon(key.span):
                head, tail, said = odd
                self.found.append(said)
                key, value = Scalar(head.text, head), Scalar(tail.text, tail)
            elif parts := split_tight_colon(key.text):
                key, value = self.split(key, parts)
        first = frame.entries.setdefault(key.text, Entry(key, value))
        if first.key is not key:
            before = Label(first.key.span, "it stands here already")
            place = Span(self.source, key.span.start, value.span.end)
            fix = removed(place, "take out the second, which says the same") if first.value == value else None
            self.found.append(
                error(
                    "duplicate-key",
                    f"the key `{key.text}` stands twice in one mapping",
                    key.span,
                    "and again here",
                    secondary=[before],
                    help="keep one of the two, or rename one",
                    fix=fix,
                )
            )

    def is_fraction(self, frame: _Frame, key: Scalar) -> bool:
        """Read `{ja: 0,3}` as it was meant, and say that YAML does not; whether it was so."""
        last = next(reversed(frame.entries.values()), None)
        said = decimal_comma(last.value.span, key.span) if last and isinstance(last.value, Scalar) else None
        if last is None or said is None:
            return False
        self.found.append(said)
        span = self.span(last.value.span.start, key.span.end)
        frame.entries[last.key.text] = Entry(last.key, Scalar(span.text.replace(",", "."), span))
        return True

    def split(self, key: Scalar, parts: tuple[str, str]) -> tuple[Scalar, Scalar]:
        """Read `{stalled:0.3}` as it was meant, and say that YAML does not."""
        self.found.append(tight_colon("tight-colon", key.span, parts))
        middle = key.span.start + len(parts[0])
        head, tail = self.span(key.span.start, middle), self.span(middle + 1, key.span.end)
        return Scalar(parts[0], head), Scalar(parts[1], tail)

    def as_key(self, node: Node) -> Scalar | None:
        """Refuse what cannot be a key."""
        if not isinstance(node, Scalar):
            kind = "a mapping" if isinstance(node, Mapping) else "a list"
            self.found.append(error("key-not-plain", f"{kind} is used as a key", node.span, "a key must be one text"))
            return None
        if not node.text:
            self.found.append(error("key-not-plain", "a key is empty", node.span, "a key must be one text"))
            return None
        if node.text == "<<" and not node.quoted:
            cure = "write the keys out where they are needed"
            self.refuse(error("merge-key", "a merge key `<<` is used", node.span, help=cure))
            return None
        return node

    def take_alias(self, event: Any) -> None:
        """Refuse an alias; the tree has a hole there."""
        self.count(event)
        self.last = self.span(self.offset(event.start_mark), self.offset(event.end_mark))
        cure = "write the value out again, or put it in quotes if `*` is meant as itself"
        meant = self.anchored.get(event.anchor)
        fix = written(self.last, meant, is_safe=True) if meant else None
        self.refuse(error("yaml-alias", f"an alias `{self.last.text}` is used", self.last, help=cure, fix=fix))
        self.add(Scalar("*", self.last))

    def start_document(self, event: Any) -> None:
        """Refuse a second document; the first is kept."""
        self.n_documents += 1
        if self.n_documents == 1:
            return
        span = self.span(self.offset(event.start_mark), self.offset(event.end_mark))
        cure = "keep one case a file: take out the line `---`, or move what follows it to its own file"
        self.found.append(
            error("several-documents", "the file holds several documents", span, "the second starts here", help=cure)
        )
        self.is_over = True

    def after_properties(self, event: Any, limit: int) -> int:
        """Refuse tag and anchor; offset of what they stand before."""
        at = self.offset(event.start_mark)
        if event.anchor is None and event.tag is None:
            return at
        while at < limit and (match := _PROPERTY.match(self.source.text, at, limit)):
            self.refuse_property(self.span(at, match.end()), is_text=isinstance(event, yaml.ScalarEvent))
            blank = _BLANK.match(self.source.text, match.end(), limit)
            at = blank.end() if blank else match.end()
        return at

    def refuse_property(self, span: Span, *, is_text: bool) -> None:
        """One diagnostic for one tag or anchor; an anchor of a mapping says what its aliases mean, so it is kept."""
        if span.text.startswith("&"):
            cure = "take it out; aliases are not allowed either"
            fix = without_property(span, is_safe=is_text or f"*{span.text[1:]}" not in self.source.text)
            self.found.append(error("yaml-anchor", f"an anchor `{span.text}` is used", span, help=cure, fix=fix))
        else:
            cure = "take it out, or put the value in quotes if `!` is meant as itself"
            fix = without_property(span, is_safe=span.text in _PLAIN_TAGS)
            self.found.append(error("yaml-tag", f"a tag `{span.text}` is used", span, help=cure, fix=fix))

    def count(self, event: Any) -> None:
        """Count a node, and stop where there are too many."""
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            start = self.offset(event.start_mark)
            headline = f"the file has more than {MAX_NODES:,} keys, values and lists"
            self.refuse(error("too-many-nodes", headline, self.span(start, start), "this would be one more"))
            self.is_over = True

    def refuse(self, diagnostic: Diagnostic) -> None:
        """Note what leaves no tree worth a look."""
        self.found.append(diagnostic)
        self.is_usable = False

    def offset(self, mark: Any) -> int:
        """Offset in the source of a mark of the parser."""
        return min(int(mark.index) + self.shift, len(self.source.text))

    def span(self, start: int, end: int) -> Span:
        """Place in this source."""
        return Span(self.source, start, min(end, len(self.source.text)))
