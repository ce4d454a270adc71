"""The way in: a case's text put in good order, and proof that it still says the same.

What the layout gives is read again, and given away only if the tree is equal and every comment is there: the promise
does not rest on the layout alone.
"""

import re
from collections import Counter
from typing import Final

from melian.errors import CaseError
from melian.source.diagnostic import error
from melian.source.text import BYTE_ORDER_MARK, Source, Span
from melian.source.tidy.comments import find_comments
from melian.source.tidy.layout import Layout, UnmovableError
from melian.source.tree import Mapping, Node, Scalar, Sequence, parse

_LINE_END: Final = re.compile("\r\n|\r|\x85")
_ODD_END: Final = re.compile("[\u2028\u2029]")


def tidy(source: Source) -> str:
    """Text of a case in good order, with line feeds as line ends; unchanged where it is in good order already.

    Raises
    ------
    CaseError
        If the text is not valid YAML, or holds what cannot be moved without changing what it says.
    """
    if odd := _ODD_END.search(source.text):
        place = Span(source, odd.start(), odd.end())
        label = f"U+{ord(odd[0]):04X}, which YAML takes for the end of a line"
        cure = "replace it by an ordinary line end or a space"
        raise CaseError([error("not-tidied", "a line ends in a way that editors do not show", place, label, help=cure)])
    root, found = parse(source)
    if root is None or found:
        raise CaseError(found)
    plain = Source(source.path, _LINE_END.sub("\n", source.text.lstrip(BYTE_ORDER_MARK)))
    moved = root if plain == source else parse(plain)[0]
    if moved is not None and same_meaning(root, moved):
        for requote in (True, False):
            text = _laid_out(plain, moved, requote=requote)
            if text is not None and _says_the_same(plain, moved, text):
                return text
    headline = "the text cannot be put in order without changing what it says"
    raise CaseError([error("not-tidied", headline, Span(source, 0, 0), "left as it is")])


def _laid_out(source: Source, root: Node, *, requote: bool) -> str | None:
    try:
        return Layout(source, root, find_comments(source.text, root), requote=requote).text()
    except UnmovableError:
        return None


def _says_the_same(before: Source, root: Node, text: str) -> bool:
    """Whether a new text has the same tree and every comment."""
    after, found = parse(Source(before.path, text))
    if after is None or found or not same_meaning(root, after):
        return False
    kept, had = (Counter(c.text for c in find_comments(*pair)) for pair in ((text, after), (before.text, root)))
    return kept == had


def same_meaning(one: Node, other: Node) -> bool:
    """Whether two trees say the same; quotes say something only around nothing."""
    match one, other:
        case Scalar(), Scalar():
            return one.text == other.text and (bool(one.text) or one.quoted == other.quoted)
        case Sequence(), Sequence():
            items = zip(one.items, other.items, strict=False)
            return len(one.items) == len(other.items) and all(same_meaning(*pair) for pair in items)
        case Mapping(), Mapping():
            entries = zip(one.entries, other.entries, strict=False)
            return len(one.entries) == len(other.entries) and all(
                before.key.text == after.key.text and same_meaning(before.value, after.value)
                for before, after in entries
            )
    return False
