"""`did you mean`: the candidate that a mistyped name most likely stood for."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

CUTOFF: Final = 0.6
MAX_LENGTH: Final = 80


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Candidate closest to `name`, or None where none is close.

    A candidate that differs only in case, or in `-`, `_` and spaces, wins over any other. Among equally close ones the
    first in alphabetical order is taken, so that the answer does not hang on the order of the candidates.
    """
    others = sorted({candidate for candidate in candidates if candidate != name})
    folded = _folded(name)
    for candidate in others:
        if _folded(candidate) == folded:
            return candidate
    if len(folded) > MAX_LENGTH:
        return None
    scores = [(_likeness(folded, _folded(candidate)), candidate) for candidate in others]
    best = max((score for score, _ in scores), default=0.0)
    return next(candidate for score, candidate in scores if score == best) if best >= CUTOFF else None


def _folded(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _likeness(name: str, candidate: str) -> float:
    """Share of letters in common and in order, from 0 to 1."""
    if not name or not candidate or len(candidate) > MAX_LENGTH:
        return 0.0
    return SequenceMatcher(None, candidate, name, autojunk=False).ratio()
