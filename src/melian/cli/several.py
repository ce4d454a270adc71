"""Work on several cases, of which one that fails does not lose the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from melian.cli.guard import WRONG_CASE, WRONG_USAGE, say, show_diagnostics
from melian.errors import AskError, CaseError, PlanError, RefusalError
from melian.source.diagnostic import Diagnostic

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a case has no answer.

    Attributes
    ----------
    code : with which the command would have ended.
    """

    message: str
    code: int
    diagnostics: tuple[Diagnostic, ...] = ()


def attempted(work: Callable[[], T]) -> T | Failure:
    """What the work gives; or why it failed, after that was said on standard error."""
    try:
        return work()
    except CaseError as problem:
        show_diagnostics(problem)
        number = sum(one.severity == "error" for one in problem.diagnostics)
        return Failure(f"{number} error{'s' * (number != 1)}", WRONG_CASE, problem.diagnostics)
    except (PlanError, AskError) as problem:
        say(f"error: {problem}")
        return Failure(problem.message, WRONG_CASE if isinstance(problem, PlanError | RefusalError) else WRONG_USAGE)
