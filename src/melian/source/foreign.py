"""What a file is that is no case, told from its first bytes: a wrong file is named, and not its first odd byte."""

import re
from typing import Final

# What a file begins with, what it is then, and what to do about it.
_STARTS: Final = (
    (b"%PDF-", "a PDF", "write the case in a text file: melian new begins one"),
    (b"PK\x03\x04", "a Word, Excel or zip file", "save the case as plain text, in UTF-8, with the ending .yaml"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save the case as plain text, in UTF-8, with the ending .yaml"),
    (b"\x1f\x8b", "packed by gzip", "unpack it first: gunzip"),
    (b"BZh", "packed by bzip2", "unpack it first: bunzip2"),
    (b"\xfd7zXZ\x00", "packed by xz", "unpack it first: unxz"),
    (b"SQLite format 3", "a database of SQLite", "a case is a text file: melian new begins one"),
    (b"\x89PNG", "a picture", "a case is a text file: melian new begins one"),
    (b"\xff\xd8\xff", "a picture", "a case is a text file: melian new begins one"),
    (b"EFG 2", "a game of Gambit", "give it the ending .efg; melian behaviour solves it"),
    (b"NFG 1", "a game of Gambit", "give it the ending .nfg; melian behaviour solves it"),
    (b"{\\rtf", "a text of a word processor (RTF)", "save the case as plain text, in UTF-8, with the ending .yaml"),
)
_NETWORK: Final = "melian does not read networks of other programs: write its nodes as factors"
_PATTERNS: Final = (
    (re.compile(rb"\s*network\s+[^\n{]*\{"), "a Bayesian network (BIF)", _NETWORK),
    (re.compile(rb"\s*net\s*\{"), "a Bayesian network (Hugin)", _NETWORK),
    (re.compile(rb"(?s)\s*<.{0,400}<(?:smile|BIF)\b"), "a Bayesian network (XDSL or XMLBIF)", _NETWORK),
    (re.compile(rb"(?is)\s*<(?:!doctype html|html)"), "a web page", "a case is a text file: melian new begins one"),
    (re.compile(rb"\s*<\?xml|\s*<smile"), "a file in XML", "a case is written in YAML: melian new begins one"),
)


def foreign(data: bytes) -> tuple[str, str] | None:
    """What a file is, as a clause with its article, and what to do; None where it may well be a case."""
    head = data[:4_096].removeprefix(b"\xef\xbb\xbf")
    for start, what, cure in _STARTS:
        if head.startswith(start):
            return what, cure
    return next(((what, cure) for pattern, what, cure in _PATTERNS if pattern.match(head)), None)
