"""The exceptions of melian: one root, one leaf for each kind of trouble that is not a mistake in the caller's code.

::

    MelianError
    |-- CaseError    the case is wrong: carries every diagnostic, in the user's own names and lines
    |-- PlanError    the case is sound but cannot be solved: it is too large
    |-- AskError     the case is solved but cannot answer this question
    |   `-- RefusalError    so few worlds carry the evidence that no answer is given
    `-- PrintError   the answer is there, but this machine has no browser that puts it on paper

A mistake in the calling code stays a `TypeError` or a `ValueError`. Hard mathematics is no exception at all: it is
counted in the answer.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from melian.source.diagnostic import Diagnostic


SHOWN: Final = 20


class MelianError(Exception):
    """Root of all that melian raises on purpose."""


class CaseError(MelianError):
    """A case that cannot be used as it stands; `diagnostics` says why, all at once."""

    def __init__(self, diagnostics: "Iterable[Diagnostic]") -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        shown = [str(diagnostic) for diagnostic in self.diagnostics[:SHOWN]]
        left = len(self.diagnostics) - len(shown)
        return "\n" + "\n".join([*shown, *([f"... and {left} more"] if left else [])])


class _NotedError(MelianError):
    """A message with notes on what to do about it."""

    def __init__(self, message: str, notes: Iterable[str] = ()) -> None:
        self.message = message
        self.notes = tuple(notes)
        super().__init__(message, self.notes)

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  = help: {note}" for note in self.notes)])


class PlanError(_NotedError):
    """A model that cannot be solved; `notes` says what to do, `nodes` what it is about.

    Attributes
    ----------
    code : such as `too-costly`, so that a check of the case can show it as a diagnostic.
    nodes : names of the factors and choices that are in the way, the foremost first; what is neither is named as
        `melian.plan.bounds.Family` says.
    """

    def __init__(self, message: str, notes: Iterable[str] = (), *, code: str, nodes: Iterable[str]) -> None:
        super().__init__(message, notes)
        self.code = code
        self.nodes = tuple(nodes)

    def __reduce__(self) -> "tuple[object, ...]":
        return _plan_error, (self.message, self.notes, self.code, self.nodes)


class AskError(_NotedError):
    """A question that this solution cannot answer, such as one about an actor that the case has not."""


class RefusalError(AskError):
    """No answer, because so few worlds carry the evidence that any number would be an accident."""


class PrintError(_NotedError):
    """What was to be printed could not be, for want of a browser or because one failed; `notes` says what helps."""


def _plan_error(message: str, notes: tuple[str, ...], code: str, nodes: tuple[str, ...]) -> PlanError:
    """Build one again on the other side of a process border."""
    return PlanError(message, notes, code=code, nodes=nodes)
