"""What can be said about a case: a code, a severity, one headline, places in the text, and what to do.

The headline states the fact about this case, in lower case, with the user's own words in backticks, and says nothing
of the cure. The label of the primary place gives the particular. `help` notes hold the cure, ready to copy; `info`
notes say why. Nothing here prints: `render` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

if TYPE_CHECKING:
    from melian.source.text import Span

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Label:
    """A place, and what is to be said about it."""

    span: "Span"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence below the places: `help` is what to do, `info` is why."""

    kind: Literal["help", "info"]
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the text and what should stand there instead; of no width where something is put in."""

    span: "Span"
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How a case is mended in the text itself.

    Attributes
    ----------
    what : what is done, as a clause: "write `closed`".
    edits : in the order of the text, none of them overlapping.
    is_safe : whether it keeps what the case means, or can only be what was meant; the others are left to people.
    """

    what: str
    edits: tuple[Edit, ...]
    is_safe: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong with, or to be told about, a case."""

    code: str
    severity: Severity
    headline: str
    primary: Label
    secondary: tuple[Label, ...] = ()
    notes: tuple[Note, ...] = ()
    fix: Fix | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        from melian.source.render import full  # here, because render needs this class first

        return full([self], summary=False)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stands in the way of an answer."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


class Extras(TypedDict, total=False):
    """What a diagnostic may have beside its headline and its place."""

    secondary: Iterable[Label]
    help: str | None
    info: str | None
    fix: Fix | None


def error(code: str, headline: str, span: "Span", label: str = "", **extras: Unpack[Extras]) -> Diagnostic:
    """Diagnostic that leaves no answer possible; takes `secondary` labels, the notes `help` and `info`, and a `fix`."""
    return _make("error", code, headline, Label(span, label), extras)


def warning(code: str, headline: str, span: "Span", label: str = "", **extras: Unpack[Extras]) -> Diagnostic:
    """Diagnostic that leaves an answer possible but suspect; takes what `error` takes."""
    return _make("warning", code, headline, Label(span, label), extras)


def info(code: str, headline: str, span: "Span", label: str = "", **extras: Unpack[Extras]) -> Diagnostic:
    """Diagnostic that only tells; takes what `error` takes."""
    return _make("info", code, headline, Label(span, label), extras)


def _make(severity: Severity, code: str, headline: str, primary: Label, extras: Extras) -> Diagnostic:
    """Diagnostic with its notes in the order in which they are shown: the cure first."""
    texts: tuple[tuple[Literal["help", "info"], str | None], ...] = (
        ("help", extras.get("help")),
        ("info", extras.get("info")),
    )
    notes = tuple(Note(kind, text) for kind, text in texts if text)
    secondary = tuple(extras.get("secondary", ()))
    return Diagnostic(code, severity, headline, primary, secondary, notes, extras.get("fix"))
