"""Reading one scalar or one record at a time, collecting diagnostics instead of stopping.

Every method returns what it could read, or None after it has said what is wrong; callers go on with the rest.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from melian.case.case import Name, State
from melian.case.grades import Grade, parse_grade
from melian.case.judgement import BASES, EXAMPLES, Judgement, Kind, Problem, Provenance, parse_judgement
from melian.case.language import PROVENANCE_KEYS, RESERVED, Key
from melian.case.words import DEFAULT_SCALE, Scale
from melian.source.diagnostic import Diagnostic, Label, error
from melian.source.suggest import nearest
from melian.source.text import Span
from melian.source.tree import Entry, Mapping, Node, Scalar
from melian.source.tree import Sequence as Items

NAME: Final = re.compile(r"[^\W\d][\w-]*(?:\.[\w-]+)*|\d[\w-]*")
MAX_NAME: Final = 80
MAX_STATES: Final = 50
KINDS: Final = {Scalar: "a text", Items: "a list", Mapping: "a mapping (`key: value`)"}


class Reader:
    """Collects diagnostics while a tree is read; `scale` is the case's scale of words."""

    def __init__(self, scale: Scale = DEFAULT_SCALE) -> None:
        self.scale = scale
        self.diagnostics: list[Diagnostic] = []

    def error(
        self,
        code: str,
        headline: str,
        span: Span,
        label: str = "",
        *,
        help: str | None = None,
        also: Sequence[Label] = (),
    ) -> None:
        """Note an error at a place in the text."""
        self.diagnostics.append(error(code, headline, span, label, secondary=tuple(also), help=help))

    # Shapes

    def mapping(self, node: Node, what: str) -> Mapping | None:
        """Return the node as a mapping, or say that it should be one."""
        if isinstance(node, Mapping):
            return node
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

    def _wrong_kind(self, node: Node, what: str, wanted: str) -> None:
        got = "nothing" if isinstance(node, Scalar) and not node.text else KINDS[type(node)]
        self.error("wrong-shape", f"{what} should be {wanted}", node.span, f"this is {got}")

    def record(self, node: Node, what: str, keys: Sequence[Key], *, open_names: bool = False) -> dict[str, Entry]:
        """Entries of a record by key, after unknown and missing keys are reported.

        With `open_names`, other keys are the user's own names (stakes, states) and are left to the caller.
        """
        mapping = self.mapping(node, what)
        if mapping is None:
            return {}
        known = {key.name for key in keys}
        for entry in mapping.entries:
            if not (open_names or entry.key.text in known or entry.key.text.startswith("x-")):
                near = nearest(entry.key.text, sorted(known))
                cure = (
                    f"did you mean `{near}`?" if near else "known here: " + ", ".join(f"`{key.name}`" for key in keys)
                )
                headline = f"`{entry.key.text}` is not a key of {what}"
                self.error("unknown-key", headline, entry.key.span, "not understood", help=cure)
        found = {entry.key.text: entry for entry in mapping.entries if not entry.key.text.startswith("x-")}
        for key in keys:
            if key.required and key.name not in found:
                place = mapping.entries[0].key.span if mapping.entries else mapping.span
                cure = f"add `{key.name}:` ({key.doc[0].lower()}{key.doc[1:].rstrip('.')})"
                self.error("missing-key", f"{what} has no `{key.name}`", place, "in this record", help=cure)
        return found

    def named(self, node: Node | None, what: str) -> Iterator[tuple[str, Entry]]:
        """Entries of a mapping whose keys are names of the user's."""
        mapping = self.mapping(node, what) if node is not None else None
        for entry in mapping.entries if mapping else ():
            if entry.key.text.startswith("x-"):
                continue
            if self.name(entry.key, what) is not None:
                yield entry.key.text, entry

    # Scalars

    def text(self, node: Node, what: str) -> str | None:
        """Text of a scalar."""
        if isinstance(node, Scalar) and (node.text or node.quoted):
            return node.text
        self._wrong_kind(node, what, "a text")
        return None

    def name(self, node: Node, what: str) -> Name | None:
        """Return a name that the user gives or refers to."""
        text = self.text(node, what)
        if text is None:
            return None
        if not NAME.fullmatch(text) or len(text) > MAX_NAME:
            cure = f"letters, digits, `_` and `-`, at most {MAX_NAME} of them"
            self.error("bad-name", f"`{text[:40]}` cannot be a name", node.span, "here", help=cure)
            return None
        if text in RESERVED:
            cure = f"choose another name, such as `{text}_`"
            self.error(
                "reserved-name", f"`{text}` has a meaning of its own in the language", node.span, "here", help=cure
            )
            return None
        return Name(text, node.span)

    def names(self, node: Node, what: str) -> tuple[Name, ...]:
        """List of names, each once."""
        found: dict[str, Name] = {}
        for item in self.items(node, what):
            name = self.name(item, what)
            if name is None:
                continue
            if name.text in found:
                also = (Label(found[name.text].span, "first here"),)
                self.error("repeated-name", f"`{name}` is listed twice", name.span, "again here", also=also)
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
            self.error("bad-date", f"`{text[:40]}` is not a date", node.span, "here", help="write it as `2022-03-24`")
            return None

    def one_of(self, node: Node, what: str, choices: Sequence[str]) -> str | None:
        """One of a few words."""
        text = self.text(node, what)
        if text is None or text in choices:
            return text
        near = nearest(text, choices)
        cure = f"did you mean `{near}`?" if near else "one of " + ", ".join(f"`{choice}`" for choice in choices)
        self.error(
            "unknown-word", f"{what} cannot be `{text[:40]}`", node.span, "not one of the words for it", help=cure
        )
        return None

    def grade(self, node: Node, what: str) -> Grade | None:
        """Admiralty grade."""
        text = self.text(node, what)
        grade = parse_grade(text) if text is not None else None
        if text is not None and grade is None:
            cure = "a letter A to F for the source and a digit 1 to 6 for the information, such as `B2`"
            self.error("bad-grade", f"`{text[:40]}` is not an Admiralty grade", node.span, "here", help=cure)
        return grade

    def states(self, node: Node, what: str) -> tuple[State, ...]:
        """States or options: names, or `{name: label}`."""
        found: dict[str, State] = {}
        for item in self.items(node, what):
            state = self._state(item, what)
            if state is None:
                continue
            if state.name in found:
                also = (Label(found[state.name].span, "first here"),)
                self.error("repeated-name", f"`{state.name}` is listed twice", state.span, "again here", also=also)
            found.setdefault(state.name, state)
        if len(found) < 2:
            self.error("too-few-states", f"{what} needs at least two", node.span, "fewer than two here")
        if len(found) > MAX_STATES:
            self.error("too-many-states", f"{what} has more than {MAX_STATES}", node.span, f"{len(found)} here")
        return tuple(found.values())[:MAX_STATES]

    def _state(self, item: Node, what: str) -> State | None:
        if isinstance(item, Mapping) and len(item.entries) == 1:
            name, label = self.name(item.entries[0].key, what), self.text(item.entries[0].value, "a label")
            return State(name.text, label or name.text, name.span) if name else None
        name = self.name(item, what)
        return State(name.text, name.text.replace("_", " "), name.span) if name else None

    # Judgements

    def judgement(self, node: Node, kind: Kind, what: str, outer: Provenance) -> Judgement | None:
        """Judgement as a scalar, or written long as `{is: ..., basis: ...}`."""
        if isinstance(node, Mapping):
            inner = node.get("is")
            if inner is None or isinstance(inner.value, Mapping):
                help_text = f"{EXAMPLES[kind]}, or the long form `{{is: ..., basis: judgement}}`"
                self.error(
                    "wrong-shape", f"{what} should be a judgement", node.span, "this is a mapping", help=help_text
                )
                return None
            known = ("is", *PROVENANCE_KEYS)
            for entry in node.entries:
                if entry.key.text not in known and not entry.key.text.startswith("x-"):
                    cure = "known here: " + ", ".join(f"`{key}`" for key in known)
                    self.error(
                        "unknown-key", f"`{entry.key.text}` is not a key of a judgement", entry.key.span, help=cure
                    )
            return self.judgement(inner.value, kind, what, self.provenance(node, outer))
        if not isinstance(node, Scalar):
            self._wrong_kind(node, what, "a judgement")
            return None
        parsed = parse_judgement(node.text, kind, self.scale)
        if isinstance(parsed, Problem):
            self.error(
                parsed.code, f"{what} cannot be read as {_article(kind)}", node.span, parsed.message, help=parsed.help
            )
            return None
        return Judgement(
            parsed.kind, parsed.family, parsed.arguments, parsed.low, parsed.high, parsed.text, node.span, outer
        )

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


def _article(kind: Kind) -> str:
    return {"influence": "an influence"}.get(kind, f"a {kind}")
