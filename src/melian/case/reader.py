"""Reading one scalar or one record at a time, collecting diagnostics instead of stopping.

Every method returns what it could read, or None after it has said what is wrong; callers go on with the rest.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import replace
from datetime import date
from typing import Final

from melian.case.case import UNREAD_NAME, Name, State
from melian.case.grades import Grade, parse_grade
from melian.case.judgement import (
    BASES,
    Judgement,
    Problem,
    Provenance,
    parse_judgement,
    shared_name,
    shortened,
    unread_judgement,
)
from melian.case.language import LONG_JUDGEMENT, PROVENANCE_KEYS, RESERVED, Key
from melian.case.mending import ranged, redated, regraded, rejudged, renamed, versioned
from melian.case.numeric import Numeric
from melian.case.placeholder import meant
from melian.case.quantity import EXAMPLES, Kind
from melian.case.shared import NEEDS_ITS_OWN, STATE_IT, STATED_BY_ANOTHER, SharedJudgements
from melian.case.suggestions import Suggestions
from melian.case.words import DEFAULT_SCALE, Scale
from melian.source.diagnostic import Diagnostic, Fix, Label, error
from melian.source.fixes import removed, written
from melian.source.lookalikes import oddity
from melian.source.slips import split_tight_colon, tight_colon
from melian.source.text import Source, Span
from melian.source.tree import Entry, Mapping, Node, Scalar
from melian.source.tree import Sequence as Items

NAME: Final = re.compile(r"[^\W\d][\w-]*(?:\.[\w-]+)*|\d[\w-]*")
MAX_NAME: Final = 80
LEAST_STATES: Final = 2
KINDS: Final = {Scalar: "a text", Items: "a list", Mapping: "a mapping (`key: value`)"}


class Reader:
    """Collects diagnostics while a tree is read.

    Attributes
    ----------
    scale : the case's scale of words.
    shared : judgements that are stated once and used by their names.
    numerics : quantities that factors' states are of, with the states; None where they could not be read.
    outers : who made the judgements of each file where nothing else is said.
    """

    def __init__(self, scale: Scale = DEFAULT_SCALE) -> None:
        self.scale = scale
        self.diagnostics: list[Diagnostic] = []
        self.suggestions = Suggestions()
        self.shared = SharedJudgements()
        self.outers: dict[Source, Provenance] = {}
        self.numerics: Mapping_[str, tuple[Numeric | None, tuple[str, ...]]] = {}
        self._noted: set[Diagnostic] = set()

    def error(  # noqa: PLR0913 - what a diagnostic may have
        self,
        code: str,
        headline: str,
        span: Span,
        label: str = "",
        *,
        help: str | None = None,
        also: Sequence[Label] = (),
        fix: Fix | None = None,
    ) -> None:
        """Note an error at a place in the text, once."""
        found = error(code, headline, span, label, secondary=tuple(also), help=help, fix=fix)
        if found not in self._noted:
            self._noted.add(found)
            self.diagnostics.append(found)

    # Shapes

    def mapping(self, node: Node, what: str) -> Mapping | None:
        """Return the node as a mapping, or say that it should be one."""
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Scalar) and not node.quoted and node.text == node.span.text:
            parts = split_tight_colon(node.text)
            if parts is not None:
                self.diagnostics.append(tight_colon("tight-colon", node.span, parts))
                return _split(node, parts)
        self._wrong_kind(node, what, "a mapping (`key: value`)")
        return None

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """Items of a list; a lone scalar counts as a list of one."""
        if isinstance(node, Items):
            return node.items
        if isinstance(node, Scalar):
            return (node,) if node.text or node.quoted else ()
        self._wrong_kind(node, what, "a list")
        return ()

    def _wrong_kind(self, node: Node, what: str, wanted: str, help: str | None = None, fix: Fix | None = None) -> None:
        got = "nothing" if isinstance(node, Scalar) and not node.text else KINDS[type(node)]
        is_null = got == "nothing" and node.span.text.casefold() == "null"
        cure = "put it in quotes if it is meant as a word" if is_null else help
        self.error("wrong-shape", f"{what} should be {wanted}", node.span, f"this is {got}", help=cure, fix=fix)

    def record(self, node: Node, what: str, keys: Sequence[Key], *, open_names: bool = False) -> dict[str, Entry]:
        """Entries of a record by key, after unknown and missing keys are reported.

        With `open_names`, other keys are the user's own names (stakes, states) and are left to the caller. A mistyped
        key is read as the one it was most likely meant to be, so that nothing else is said to be missing.
        """
        mapping = self.mapping(node, what)
        if mapping is None:
            return {}
        found = {entry.key.text: entry for entry in mapping.entries if not entry.key.text.startswith("x-")}
        known = {key.name for key in keys}
        for name in [name for name in found if not open_names and name not in known]:
            entry = found.pop(name)
            near = self.nearest(name, known)
            cure = f"did you mean `{near}`?" if near else "known here: " + ", ".join(f"`{key.name}`" for key in keys)
            headline = f"`{shortened(name)}` is not a key of {what}"
            fix = renamed(entry.key.span, near, known) if near not in found else None
            self.error("unknown-key", headline, entry.key.span, "not understood", help=cure, fix=fix)
            if near is not None:
                found.setdefault(near, entry)
        for key in keys:
            if key.required and key.name not in found:
                place = mapping.entries[0].key.span if mapping.entries else mapping.span
                cure = f"add `{key.name}:` ({key.doc[0].lower()}{key.doc[1:].rstrip('.')})"
                fix = versioned(place) if key.form == "version" else None
                self.error("missing-key", f"{what} has no `{key.name}`", place, "in this record", help=cure, fix=fix)
        return found

    def nearest(self, name: str, candidates: Collection[str]) -> str | None:
        """Candidate that a mistyped name most likely stood for; no longer looked for after many mistakes."""
        return self.suggestions.nearest(name, candidates)

    def named(self, node: Node | None, what: str) -> Iterator[tuple[str, Entry]]:
        """Entries of a mapping whose keys are names of the user's."""
        mapping = self.mapping(node, what) if node is not None else None
        for entry in mapping.entries if mapping else ():
            if entry.key.text.startswith("x-"):
                continue
            if self.name(entry.key, what, is_key=True) is not None:
                yield entry.key.text, entry

    def outer(self, entry: Entry) -> Provenance:
        """Who made the judgements around an entry of a section: what its file says at the top."""
        return self.outer_at(entry.key.span)

    def outer_at(self, place: Span) -> Provenance:
        """Who made the judgements of a file where nothing else is said."""
        return self.outers.get(place.source, Provenance())

    # Scalars

    def text(self, node: Node, what: str) -> str | None:
        """Text of a scalar."""
        if isinstance(node, Scalar) and (node.text or node.quoted):
            return meant(node.text)
        self._wrong_kind(node, what, "a text")
        return None

    def name(self, node: Node, what: str, *, is_key: bool = False) -> Name | None:
        """Return a name that the user gives or refers to; a key is no place for a placeholder."""
        text = node.text if is_key and isinstance(node, Scalar) else self.text(node, what)
        if text is None:
            return None
        if text in RESERVED or text.startswith("x-"):
            meaning = (
                "is kept for your own keys" if text.startswith("x-") else "has a meaning of its own in the language"
            )
            cure = f"choose another name, such as `{text.removeprefix('x-') or 'x'}_`"
            self.error("reserved-name", f"`{shortened(text)}` {meaning}", node.span, "here", help=cure)
            return None
        if not is_name(text):
            composed = unicodedata.normalize("NFC", text)
            cure = f"letters, digits, `_` and `-`, at most {MAX_NAME} of them"
            if is_name(composed):
                cure = f"its accents are characters of their own; type it anew as `{composed}`"
            fix = written(node.span, composed, is_safe=True) if is_name(composed) else None
            place, label, odd = node.span, "here", oddity(node.span)
            if odd and is_name(odd[2].edits[0].text):
                label, place, fix = odd
                cure = f"write `{fix.edits[0].text}`"
            self.error("bad-name", f"`{shortened(text)}` cannot be a name", place, label, help=cure, fix=fix)
            return None
        return Name(text, node.span)

    def name_or_gap(self, node: Node, what: str, *, is_key: bool = False) -> Name:
        """Return a name, or what keeps its place."""
        return self.name(node, what, is_key=is_key) or Name(UNREAD_NAME, node.span)

    def names(self, node: Node, what: str) -> tuple[Name, ...]:
        """List of names, each once; one that cannot be read keeps its place."""
        found: dict[str, Name] = {}
        for item in self.items(node, what):
            name = self.name_or_gap(item, what)
            if name.text in found and name.text != UNREAD_NAME:
                also = (Label(found[name.text].span, "first here"),)
                fix = removed(name.span, "take out the second")
                self.error("repeated-name", f"`{name}` is listed twice", name.span, "again here", also=also, fix=fix)
            found.setdefault(name.text, name)
        return tuple(found.values())

    def date(self, node: Node, what: str) -> date | None:
        """Date written as year-month-day."""
        text = self.text(node, what)
        if text is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            fix, cure = redated(node, text), "write it as `2022-03-24`"
            self.error("bad-date", f"`{text[:40]}` is not a date", node.span, "here", help=cure, fix=fix)
            return None

    def one_of(self, node: Node, what: str, choices: Sequence[str]) -> str | None:
        """One of a few words."""
        text = self.text(node, what)
        if text is None or text in choices:
            return text
        near = self.nearest(text, choices)
        cure = f"did you mean `{near}`?" if near else "one of " + ", ".join(f"`{choice}`" for choice in choices)
        headline, label = f"{what} cannot be `{text[:40]}`", "not one of the words for it"
        self.error("unknown-word", headline, node.span, label, help=cure, fix=renamed(node.span, near, choices))
        return None

    def grade(self, node: Node, what: str) -> Grade | None:
        """Admiralty grade."""
        text = self.text(node, what)
        grade = parse_grade(text) if text is not None else None
        if text is not None and grade is None:
            cure = "a letter A to F for the source and a digit 1 to 6 for the information, such as `B2`"
            fix = regraded(node, text)
            self.error("bad-grade", f"`{text[:40]}` is not an Admiralty grade", node.span, "here", help=cure, fix=fix)
        return grade

    def states(
        self, node: Node, what: str, most: int, read_long: Callable[[Entry], State | None] | None = None
    ) -> tuple[State, ...]:
        """States or options: names, or `{name: label}`; none where any of them cannot be read.

        Parameters
        ----------
        most : number of them that is allowed.
        read_long : reads one that is written as `{name: {...}}`; where None, none may be.
        """
        found: dict[str, State] = {}
        n_before = len(self.diagnostics)
        for item in self.items(node, what):
            state = self._state(item, what, read_long)
            if state is None:
                continue
            if state.name in found:
                also = (Label(found[state.name].span, "first here"),)
                headline, is_bare = f"`{state.name}` is listed twice", state == found[state.name]
                fix = removed(state.span, "take out the second") if is_bare and isinstance(item, Scalar) else None
                self.error("repeated-name", headline, state.span, "again here", also=also, fix=fix)
            found.setdefault(state.name, state)
        if len(self.diagnostics) > n_before:
            return ()
        if len(found) < LEAST_STATES:
            self.error("too-few-states", f"{what} needs at least two", node.span, f"{len(found) or 'none'} here")
            return ()
        if len(found) > most:
            cure = "let those that lead to the same be one"
            self.error("too-many-states", f"{what} has more than {most}", node.span, f"{len(found)} here", help=cure)
        return tuple(found.values())

    def _state(self, item: Node, what: str, read_long: Callable[[Entry], State | None] | None) -> State | None:
        if isinstance(item, Mapping) and len(item.entries) == 1:
            if read_long is not None and isinstance(item.entries[0].value, Mapping):
                return read_long(item.entries[0])
            name, label = self.name(item.entries[0].key, what, is_key=True), self.text(item.entries[0].value, "a label")
            return State(name.text, label or name.text, name.span) if name else None
        name = self.name(item, what)
        return State(name.text, name.text.replace("_", " "), name.span) if name else None

    # Judgements

    def judgement(self, node: Node, kind: Kind, what: str, outer: Provenance) -> Judgement:
        """Judgement as a scalar, or written long as `{is: ..., basis: ...}`; what keeps its place if it is none."""
        if isinstance(node, Mapping):
            return self._long_judgement(node, kind, what, outer)
        if not isinstance(node, Scalar):
            help_text = EXAMPLES[kind]
            if all(isinstance(item, Scalar) for item in node.items) and len(node.items) == 2:
                help_text = "write a range as `" + "..".join(item.span.text for item in node.items) + "`"
            self._wrong_kind(node, what, "a judgement", help_text, fix=ranged(node, kind, self.scale))
            return unread_judgement(kind, node.span.text, node.span)
        node = replace(node, text=meant(node.text))
        if shared_name(node.text) is not None:
            return self._shared_judgement(node, kind, what, outer)
        parsed = parse_judgement(node.text, kind, self.scale)
        if isinstance(parsed, Problem):
            headline = f"{what} cannot be read as {_article(kind)}"
            fix = rejudged(node, parsed, kind, self.scale)
            self.error(parsed.code, headline, node.span, parsed.message, help=parsed.help, fix=fix)
            return unread_judgement(kind, node.text, node.span)
        return replace(parsed, span=node.span, provenance=outer)

    def _long_judgement(self, node: Mapping, kind: Kind, what: str, outer: Provenance) -> Judgement:
        inner = node.get("is")
        if inner is None or isinstance(inner.value, Mapping):
            help_text = f"{EXAMPLES[kind]}, or the long form `{{is: ..., basis: judgement}}`"
            self.error("wrong-shape", f"{what} should be a judgement", node.span, "this is a mapping", help=help_text)
            return unread_judgement(kind, node.span.text, node.span)
        self.record(node, "a judgement", LONG_JUDGEMENT)
        return self.judgement(inner.value, kind, what, self.provenance(node, outer))

    def _shared_judgement(self, node: Scalar, kind: Kind, what: str, outer: Provenance) -> Judgement:
        """Judgement that is stated once, at one of its uses; each use says of itself who put it there and why."""
        name = shared_name(node.text) or ""
        stated = self.shared.stated.get(name)
        if stated is None and not self.shared.is_readable:
            return unread_judgement(kind, node.text, node.span)
        if stated is None:
            near = self.nearest(name, self.shared.stated)
            cure = (
                f"did you mean `the {near}`?"
                if near
                else f"state it once at the top: `judgements: {{{name}: 0.2..0.4}}`"
            )
            fix = renamed(node.span, near and f"the {near}", [f"the {one}" for one in self.shared.stated])
            headline = f"no judgement is called `{shortened(name)}`"
            self.error("unknown-name", headline, node.span, what, help=cure, fix=fix)
            return unread_judgement(kind, node.text, node.span)
        if self.shared.ahead is not None:
            headline = STATED_BY_ANOTHER.format(self.shared.ahead)
            self.error("bad-judgement", headline, node.span, NEEDS_ITS_OWN, help=STATE_IT)
            return unread_judgement(kind, node.text, node.span)
        if stated.judgement is None:
            self.shared.ahead, entry = name, stated.entry
            found = self.judgement(entry.value, kind, f"the judgement `{name}`", self.outer(entry))
            self.shared.ahead = None
            stated.judgement, stated.first = found, node.span
        if stated.judgement.is_unread:
            return unread_judgement(kind, node.text, node.span)
        if stated.judgement.kind != kind:
            headline = f"`{name}` is {_article(stated.judgement.kind)} in one place and {_article(kind)} in another"
            also = [Label(stated.first or stated.entry.key.span, f"{_article(stated.judgement.kind)} here")]
            cure = "a quantity has one scale: state the two under two names"
            if not stated.is_clashing:
                self.error("mixed-kinds", headline, node.span, f"{_article(kind)} here", help=cure, also=also)
            stated.is_clashing = True
            return unread_judgement(kind, node.text, node.span)
        return replace(stated.judgement, text=node.text, span=node.span, provenance=outer, shared=name)

    def provenance(self, node: Node, outer: Provenance) -> Provenance:
        """Who, when, on what basis, of a mapping; what it does not say comes from around it."""
        if not isinstance(node, Mapping):
            return Provenance().over(outer)
        said: dict[str, str | None] = {}
        for key in PROVENANCE_KEYS:
            entry = node.get(key)
            if entry is None:
                continue
            if key == "basis":
                said[key] = self.one_of(entry.value, "a basis", BASES)
            elif key == "on":
                day = self.date(entry.value, "`on`")
                said[key] = day.isoformat() if day else None
            else:
                said[key] = self.text(entry.value, f"`{key}`")
        return Provenance(**said).over(outer)


def is_empty(node: Node) -> bool:
    """Whether nothing is written after a key."""
    return isinstance(node, Scalar) and not node.text and not node.quoted


def is_name(text: str) -> bool:
    """Whether a text can be a name: letters of any script with their marks, in the one form that Unicode composes."""
    marks = [unicodedata.category(letter) in ("Mn", "Mc") for letter in text]
    bare = "".join(letter for place, letter in enumerate(text) if not (place and marks[place]))
    return bool(NAME.fullmatch(bare)) and len(text) <= MAX_NAME and unicodedata.is_normalized("NFC", text)


def _split(node: Scalar, parts: tuple[str, str]) -> Mapping:
    """Read `stalled:0.3` as it was meant."""
    source, start, middle = node.span.source, node.span.start, node.span.start + len(parts[0])
    key, value = Span(source, start, middle), Span(source, middle + 1, node.span.end)
    return Mapping((Entry(Scalar(parts[0], key, False), Scalar(parts[1], value, False)),), node.span)


def _article(kind: Kind) -> str:
    return {"influence": "an influence"}.get(kind, f"a {kind}")
