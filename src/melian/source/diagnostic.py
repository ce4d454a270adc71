"""What can be said about a case: a code, a severity, one headline, places in the text, and what to do.

The headline states the fact about this case, in lower case, with the user's own words in backticks, and says nothing of the
cure. The label of the primary place gives the particular. `help` notes hold the cure, ready to copy; `info` notes say why.
Nothing here prints: `render` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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
class Diagnostic:
    """One thing wrong with, or to be told about, a case."""

    code: str
    severity: Severity
    headline: str
    primary: Label
    secondary: tuple[Label, ...] = ()
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        from melian.source.render import full  # here, because render needs this class

        return full([self], summary=False)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stands in the way of an answer."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def error(
    code: str,
    headline: str,
    span: "Span",
    label: str = "",
    *,
    secondary: Iterable[Label] = (),
    help: str | None = None,
    info: str | None = None,
) -> Diagnostic:
    """Diagnostic without whose cure no answer is possible."""
    return Diagnostic(code, "error", headline, Label(span, label), tuple(secondary), _notes(help, info))


def warning(
    code: str,
    headline: str,
    span: "Span",
    label: str = "",
    *,
    secondary: Iterable[Label] = (),
    help: str | None = None,
    info: str | None = None,
) -> Diagnostic:
    """Diagnostic that leaves an answer possible but suspect."""
    return Diagnostic(code, "warning", headline, Label(span, label), tuple(secondary), _notes(help, info))


def info(
    code: str,
    headline: str,
    span: "Span",
    label: str = "",
    *,
    secondary: Iterable[Label] = (),
    help: str | None = None,
    info: str | None = None,
) -> Diagnostic:
    """Diagnostic that only tells."""
    return Diagnostic(code, "info", headline, Label(span, label), tuple(secondary), _notes(help, info))


def _notes(help: str | None, info: str | None) -> tuple[Note, ...]:
    """Notes in the order in which they are shown: the cure first."""
    cure = (Note("help", help),) if help else ()
    return cure + ((Note("info", info),) if info else ())
