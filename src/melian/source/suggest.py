"""`did you mean`: the candidate that a mistyped name most likely stood for."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

CUTOFF: Final = 0.6
MAX_LENGTH: Final = 80
LEAST_LENGTH: Final = 4


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


def obvious(name: str, candidates: Iterable[str]) -> str | None:
    """Candidate that a mistyped name can only have stood for, or None.

    It differs only in case or in what joins its words, or by one slip of the fingers (a letter too many, too few or
    wrong, or two swapped) in a name of at least four letters that begins alike and has the same digits; and it is the
    only one like that. `phase_3` for `phase_2`, `moral` for `amoral` and `east` for `west` are no slips.
    """
    others = {candidate for candidate in candidates if candidate != name}
    alike = [candidate for candidate in others if _folded(candidate) == _folded(name)]
    close = alike or [candidate for candidate in others if _is_one_slip(name.casefold(), candidate.casefold())]
    return close[0] if len(close) == 1 else None


def _is_one_slip(name: str, other: str) -> bool:
    """Whether one letter was added, left out or taken for another, or two neighbours were swapped."""
    if min(len(name), len(other)) < LEAST_LENGTH or abs(len(name) - len(other)) > 1 or name[0] != other[0]:
        return False
    if [sign for sign in name if sign.isdigit()] != [sign for sign in other if sign.isdigit()]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    if len(name) != len(other):
        longer, shorter = sorted((name, other), key=len, reverse=True)
        return longer[at + 1 :] == shorter[at:]
    swapped = name[at : at + 2] == other[at : at + 2][::-1]
    return name[at + 1 :] == other[at + 1 :] or (swapped and name[at + 2 :] == other[at + 2 :])


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
