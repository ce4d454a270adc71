"""A case that is split over files of one folder: `include` read, every part checked, and the sections put together.

A part is a mapping with sections of a case and, if it likes, who made its judgements. Everything keeps its place in the
file it stands in, so that the rest of the program need not know of parts at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from melian.case.judgement import Provenance
from melian.case.language import CASE, PART
from melian.case.read_fields import Entries
from melian.case.reader import Reader, is_empty
from melian.errors import CaseError
from melian.source.diagnostic import Label
from melian.source.folder import Folder, Refused
from melian.source.text import MAX_BYTES, Source, Span, read_source
from melian.source.tree import MAX_NODES, Entry, Mapping, Node, Scalar, Sequence, parse

MAX_PARTS: Final = 100
MAX_STEPS: Final = 4
LISTS: Final = frozenset(key.name for key in PART if key.form.startswith("list:"))
SECTIONS: Final = tuple(key.name for key in PART if key.form.startswith(("map:", "list:")))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the parts of a case come to.

    Attributes
    ----------
    entries : of the whole case, by key.
    sources : the case's own text first, then its parts in the order read.
    unread : sections of which something could not be read.
    """

    entries: Entries
    sources: tuple[Source, ...]
    unread: frozenset[str] = frozenset()


def read_parts(reader: Reader, entries: Entries, source: Source, folder: Folder | None, outer: Provenance) -> Parts:
    """Read what a case includes and put it together with what the case says itself.

    Parameters
    ----------
    folder : where the case's file is; None where a case is read from a text.
    outer : who made the case's judgements where nothing else is said.
    """
    if "include" not in entries:
        return Parts(entries, (source,))
    value = entries["include"].value
    if folder is None:
        headline = "a case that is read from a text has no folder to include files from"
        cure = "read it from its file, or write everything into one text"
        reader.error("no-folder", headline, entries["include"].key.span, "cannot be followed here", help=cure)
        return Parts(entries, (source,), frozenset(SECTIONS))
    gathering = _Gathering(reader, folder, outer, [source])
    gathering.seen[folder.identity(folder.own)] = entries["include"].key.span
    gathering.include(value, "", 1)
    whole, unread = _joined(reader, [entries, *gathering.parts])
    if gathering.is_broken:
        unread = frozenset(SECTIONS)
    return Parts(whole, tuple(gathering.sources), unread)


def is_part_alone(reader: Reader, tree: Mapping) -> bool:
    """Whether a file has sections of a case but neither its name nor its question; it says so then, once."""
    keys = {entry.key.text for entry in tree.entries if not entry.key.text.startswith("x-")}
    if not keys & set(SECTIONS) or not keys <= {key.name for key in PART} - {"melian"}:
        return False
    headline, cure = "the file holds only a part of a case", "check the file that includes it"
    cure += "; if it is to be a case, add `melian: 1`, `case:` and `question:`"
    reader.error("part-alone", headline, tree.entries[0].key.span, "no case and no question", help=cure)
    return True


@dataclass(slots=True)
class _Gathering:
    """Parts as they are read, within bounds on their number, depth and size in all."""

    reader: Reader
    folder: Folder
    outer: Provenance
    sources: list[Source]
    parts: list[Entries] = field(default_factory=list)
    seen: dict[str, Span] = field(default_factory=dict)
    n_nodes: int = 0
    n_bytes: int = 0
    is_broken: bool = False
    is_over: bool = False

    def __post_init__(self) -> None:
        self.n_bytes = len(self.sources[0].text.encode("utf-8", "surrogatepass"))

    def include(self, value: Node, beside: str, step: int) -> None:
        """Read every file that a list of paths names."""
        for item in self.reader.items(value, "`include`"):
            path = self.reader.text(item, "a path in `include`")
            found = self.folder.find(path, beside) if path is not None else []
            if isinstance(found, Refused):
                self.refuse(found.code, found.headline, item.span, found.help)
                continue
            self.is_broken |= path is None
            for name in found:
                if self.is_over:
                    return
                self.take(name, item.span, step)

    def refuse(self, code: str, headline: str, place: Span, help: str, before: Span | None = None) -> None:
        """Note that something is not included, so that what is missing is not said to be unknown."""
        labels = [Label(before, "first included here")] if before is not None and before != place else []
        self.reader.error(code, headline, place, help=help, also=labels)
        self.is_broken = True

    def take(self, name: str, place: Span, step: int) -> None:
        """Read one file, unless it was read already or a bound is met."""
        identity = self.folder.identity(name)
        if identity in self.seen:
            self.repeat(name, identity, place)
            return
        self.seen[identity] = place
        if len(self.seen) > MAX_PARTS + 1 or step > MAX_STEPS:
            bound = f"{MAX_STEPS} steps deep" if step > MAX_STEPS else f"{MAX_PARTS} files"
            self.refuse("too-many-parts", f"the case includes more than {bound}", place, "put some files together")
            self.is_over = True
            return
        source = self.open(name, place)
        if source is not None:
            self.add(source, name, place, step)

    def repeat(self, name: str, identity: str, place: Span) -> None:
        """Refuse a file that is part of the case already."""
        if identity == self.folder.identity(self.folder.own):
            self.refuse("included-twice", f"`{name}` is the case itself", place, "take it out of `include`")
            return
        headline = f"`{name}` is included twice"
        self.refuse("included-twice", headline, place, "take one of the two out", self.seen[identity])

    def open(self, name: str, place: Span) -> Source | None:
        """Text of a part, or None after it is said why there is none."""
        try:
            source = read_source(self.folder.path(name), lambda _, flags: self.folder.open(name, flags))
        except CaseError as problem:
            for found in problem.diagnostics:
                label = Label(place, "included here")
                self.reader.diagnostics.append(
                    replace(found, secondary=(*found.secondary, label))
                    if found.primary.span.source.text
                    else replace(found, primary=label)
                )
            self.is_broken = True
            return None
        self.n_bytes += len(source.text.encode("utf-8", "surrogatepass"))
        if self.n_bytes > MAX_BYTES:
            headline = f"the case and its parts have more than {MAX_BYTES:,} bytes together"
            self.refuse("too-large", headline, place, "keep data and long quotations outside the case")
            self.is_over = True
            return None
        return source

    def add(self, source: Source, name: str, place: Span, step: int) -> None:
        """Take in the text of a part, and what it includes itself."""
        tree, found = parse(source)
        self.reader.diagnostics.extend(found)
        part = self.reader.mapping(tree, f"the part `{name}`") if tree is not None else None
        if part is None:
            self.is_broken = True
            return
        self.n_nodes += _n_nodes(part)
        if self.n_nodes > MAX_NODES:
            headline = f"the parts of the case have more than {MAX_NODES:,} keys, values and lists together"
            self.refuse("too-many-nodes", headline, place, "tables of data belong elsewhere")
            self.is_over = True
            return
        self.sources.append(source)
        entries = self.reader.record(Mapping(tuple(self.sections(part)), part.span), f"the part `{name}`", PART)
        self.reader.outers[source] = self.reader.provenance(part, self.outer)
        self.parts.append(entries)
        if "melian" in entries:
            self.reader.one_of(entries["melian"].value, "the version of the case language", ("1",))
        if "include" in entries:
            self.include(entries["include"].value, name.rpartition("/")[0], step + 1)

    def sections(self, part: Mapping) -> Iterator[Entry]:
        """Entries that a part may have; the others are told."""
        of_the_case = {key.name for key in CASE} - {key.name for key in PART}
        for entry in part.entries:
            if entry.key.text not in of_the_case:
                yield entry
                continue
            headline = f"`{entry.key.text}` stands in a part of a case"
            label, cure = "holds for the whole case", "move it to the file that includes this one, or take it out"
            self.reader.error("not-in-a-part", headline, entry.key.span, label, help=cure)


def _n_nodes(tree: Node) -> int:
    """Keys, values and lists of a tree."""
    n_nodes, ahead = 0, [tree]
    while ahead:
        node = ahead.pop()
        n_nodes += 1
        if isinstance(node, Mapping):
            n_nodes += len(node.entries)
            ahead += (entry.value for entry in node.entries)
        elif isinstance(node, Sequence):
            ahead += node.items
    return n_nodes


def _joined(reader: Reader, files: list[Entries]) -> tuple[Entries, frozenset[str]]:
    """Sections of all files put together, and those of which some could not be read."""
    whole, unread = dict(files[0]), set()
    for section in SECTIONS:
        said = [entries[section] for entries in files if section in entries and not is_empty(entries[section].value)]
        if len(said) == 0 or (len(said) == 1 and said[0] is whole.get(section)):
            continue
        if section in LISTS:
            items = [item for entry in said for item in reader.items(entry.value, f"`{section}`")]
            whole[section] = Entry(said[0].key, Sequence(tuple(items), said[0].value.span))
            continue
        mappings = [reader.mapping(entry.value, f"`{section}`") for entry in said]
        if None in mappings:
            unread.add(section)
        joined = tuple(_defined_once(reader, [mapping for mapping in mappings if mapping is not None]))
        whole[section] = Entry(said[0].key, Mapping(joined, said[0].value.span))
    return whole, frozenset(unread)


def _defined_once(reader: Reader, mappings: list[Mapping]) -> Iterator[Entry]:
    """Entries of mappings in several files; a name that two of them define is told, and the first kept."""
    first: dict[str, Scalar] = {}
    for mapping in mappings:
        for entry in mapping.entries:
            name = entry.key.text
            before = first.setdefault(name, entry.key)
            if before is entry.key:
                yield entry
            elif not name.startswith("x-"):
                also = (Label(before.span, "it stands here already"),)
                headline, cure = f"`{name}` is defined in two files", "keep one of the two, or rename one"
                reader.error("duplicate-key", headline, entry.key.span, "and again here", help=cure, also=also)
