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
    best, best_score = None, CUTOFF
    matcher = SequenceMatcher(None, "", folded, autojunk=False)
    for candidate in others if 0 < len(folded) <= MAX_LENGTH else ():
        score = _likeness(matcher, _folded(candidate), best_score)
        if score > best_score or (best is None and score == CUTOFF):
            best, best_score = candidate, score
    return best


def _folded(name: str) -> str:
    """Name without what people mix up: case, and what joins its words."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _likeness(matcher: SequenceMatcher[str], candidate: str, least: float) -> float:
    """Share of letters in common and in order, 0 to 1; 0 where two cheap bounds show that it is below `least`."""
    if len(candidate) > MAX_LENGTH:
        return 0.0
    matcher.set_seq1(candidate)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
