"""`did you mean` within bounds: a near name takes time to find, and a case is untrusted input."""

from collections.abc import Collection
from typing import Final

from melian.source.suggest import nearest

MOST_NAMES: Final = 50
MOST_CANDIDATES: Final = 2_000


class Suggestions:
    """Looks for near names until so many were looked for that more would not be read."""

    def __init__(self) -> None:
        self._left = MOST_NAMES

    def nearest(self, name: str, candidates: Collection[str]) -> str | None:
        """Candidate that a mistyped name most likely stood for, or None."""
        if self._left <= 0 or len(candidates) > MOST_CANDIDATES:
            return None
        self._left -= 1
        return nearest(name, candidates)
