"""Reading case texts in tests: what is said about a text, and where.

A place that a diagnostic should point at is marked in the text itself, as in `chances: {closed: «0.7..0.3»}`; the marks
are taken out before the text is read.
"""

from dataclasses import dataclass

from melian.api import examine_source
from melian.case.case import Case
from melian.case.judgement import Judgement, Provenance
from melian.case.read import read_case
from melian.source.diagnostic import Diagnostic
from melian.source.text import Source

OPEN, CLOSE = "«", "»"


@dataclass(frozen=True)
class Marked:
    """A text with one place in it.

    Attributes
    ----------
    line, column : of the place, from 1.
    inside : what stands there.
    """

    text: str
    line: int
    column: int
    inside: str


def marked(text: str) -> Marked:
    """Take the marks out of a text that has one place marked."""
    before, rest = text.split(OPEN)
    inside, after = rest.split(CLOSE)
    return Marked(before + inside + after, before.count("\n") + 1, len(before) - before.rfind("\n"), inside)


def examined(text: str) -> list[Diagnostic]:
    """Everything that there is to say about a text."""
    return examine_source(Source("case.yaml", text))[1]


def codes(text: str) -> list[str]:
    """Codes of everything that there is to say about a text, in the order of the text."""
    return [one.code for one in sorted(examined(text), key=lambda one: one.primary.span.start)]


def errors(text: str) -> list[str]:
    """Codes of the errors in a text, in its order."""
    found = sorted(examined(text), key=lambda one: one.primary.span.start)
    return [one.code for one in found if one.severity == "error"]


def the_one(text: str, code: str) -> Diagnostic:
    """The only diagnostic of a code about a text, with or without marks."""
    found = [one for one in examined(text.replace(OPEN, "").replace(CLOSE, "")) if one.code == code]
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def points_at_the_mark(text: str, code: str) -> Diagnostic:
    """The only diagnostic of a code about a marked text, which must point at the mark."""
    place, one = marked(text), the_one(text, code)
    span = one.primary.span
    assert (span.line, span.column, span.text) == (place.line, place.column, place.inside), str(one)
    return one


def notes(one: Diagnostic, kind: str = "help") -> list[str]:
    """Notes of a kind."""
    return [note.text for note in one.notes if note.kind == kind]


def read(text: str) -> Case:
    """Case of a text about which there is no error to report."""
    case, found = examine_source(Source("case.yaml", text))
    assert case is not None
    assert [str(one) for one in found if one.severity == "error"] == []
    return case


def read_anyhow(text: str) -> tuple[Case, list[Diagnostic]]:
    """What could be read of a text, and what the reader alone says about it."""
    case, found = read_case(Source("case.yaml", text))
    assert case is not None
    return case, found


def judgement_on(case: Case, factor: str, state: str, rule: int = 0) -> Judgement:
    """Judgement on a state of a factor, in one of its rules."""
    node = next(one for one in case.factors if one.name == factor)
    row = node.table.base if hasattr(node.table, "base") else node.table.rules[rule].outcome
    return next(judgement for name, judgement in row.entries if name.text == state)


def who(provenance: Provenance) -> tuple[str | None, ...]:
    """Provenance as a tuple: by, on, basis, why, at."""
    return provenance.by, provenance.on, provenance.basis, provenance.why, provenance.at
