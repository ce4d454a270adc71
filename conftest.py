"""Runs every example in the pages and in docstrings, so that none of them goes stale."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

FORGIVEN = ELLIPSIS | NORMALIZE_WHITESPACE

pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=FORGIVEN), SkipParser()],
    patterns=["*.md"],
    excludes=["docs/tutorial/notebook.md"],  # tests/docs/test_notebook.py runs it, in a folder of its own
)
docstrings = Sybil(
    path="src",
    parsers=[DocTestParser(FORGIVEN)],
    patterns=["*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (pages + docstrings).pytest()
