"""Source grades: the Admiralty letter and digit, and what reliability a letter stands for.

No authority publishes a table from grades to numbers. Ours is an assumption: how often a source of each letter reports
truly, as a distribution that is drawn once a world. The digit is kept and shown but never multiplied in: in practice
letter and digit are nearly the same grade (Baker, McKendry and Mace 1968 found 87 % of reports on the diagonal).
"""

import re
from dataclasses import dataclass
from typing import Final

LETTERS: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
DIGITS: Final = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
# Beta distributions of the share of reports that are true: an assumption, replaceable by `grades:` in a case.
RELIABILITY: Final = {
    "A": (19.0, 1.0),
    "B": (8.0, 2.0),
    "C": (6.0, 4.0),
    "D": (3.5, 6.5),
    "E": (1.0, 9.0),
    "F": (1.0, 1.0),
}
UNGRADED: Final = "F"


@dataclass(frozen=True, slots=True)
class Grade:
    """An Admiralty grade; the digit may be missing."""

    letter: str
    digit: str | None = None

    def __str__(self) -> str:
        return self.letter + (self.digit or "")

    @property
    def meaning(self) -> str:
        """What letter and digit say, in words."""
        return LETTERS[self.letter] + (f", {DIGITS[self.digit]}" if self.digit else "")


def parse_grade(text: str) -> Grade | None:
    """Grade such as `B2` or `b`, or None where the text is none."""
    match = re.fullmatch(r"\s*([A-Fa-f])\s*([1-6])?\s*", text)
    return Grade(match[1].upper(), match[2]) if match else None


def mean_reliability(letter: str) -> float:
    """How often a source of a letter reports truly, on average: the mean of its beta distribution."""
    true, false = RELIABILITY[letter]
    return true / (true + false)
