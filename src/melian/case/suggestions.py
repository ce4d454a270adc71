"""`did you mean` within bounds: a near name takes time to find, and a case is untrusted input."""

from collections.abc import Collection
from typing import Final

from melian.source.suggest import MAX_LENGTH, nearest

MOST_NAMES: Final = 50
MOST_CANDIDATES: Final = 2_000
MOST_WORK: Final = 20_000_000  # pairs of letters compared, at worst; a few tenths of a second


class Suggestions:
    """Looks for near names until so many were looked for that more would not be read, or would take too long."""

    def __init__(self) -> None:
        self._names_left = MOST_NAMES
        self._work_left = MOST_WORK

    def nearest(self, name: str, candidates: Collection[str]) -> str | None:
        """Candidate that a mistyped name most likely stood for, or None."""
        if self._names_left <= 0 or len(candidates) > MOST_CANDIDATES:
            return None
        work = min(len(name), MAX_LENGTH) * sum(min(len(candidate), MAX_LENGTH) for candidate in candidates)
        if work > self._work_left:
            return None
        self._names_left -= 1
        self._work_left -= work
        return nearest(name, candidates)
