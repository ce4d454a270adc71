"""melian turns a strategic question into a case that can be computed, checked and argued with."""

from melian.answer.solution import Solution
from melian.api import Case, read
from melian.errors import AskError, CaseError, MelianError, PlanError

__version__ = "0.1.0"

__all__ = ["AskError", "Case", "CaseError", "MelianError", "PlanError", "Solution", "__version__", "read"]
