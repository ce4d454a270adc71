"""melian turns a strategic question into a case that can be computed, checked and argued with."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.answer.solution import Solution
    from melian.api import Case, diff, read, read_text, solve_many
    from melian.builder import CaseBuilder, build
    from melian.errors import AskError, CaseError, MelianError, PlanError

__version__ = "0.1.0"

__all__ = [
    "AskError",
    "Case",
    "CaseBuilder",
    "CaseError",
    "MelianError",
    "PlanError",
    "Solution",
    "__version__",
    "build",
    "diff",
    "read",
    "read_text",
    "solve_many",
]

# Loaded when first asked for: the command line starts in a tenth of the time that the solver takes to load.
_HOMES = {
    "AskError": "melian.errors",
    "Case": "melian.api",
    "CaseBuilder": "melian.builder",
    "CaseError": "melian.errors",
    "MelianError": "melian.errors",
    "PlanError": "melian.errors",
    "Solution": "melian.answer.solution",
    "build": "melian.builder",
    "diff": "melian.api",
    "read": "melian.api",
    "read_text": "melian.api",
    "solve_many": "melian.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
