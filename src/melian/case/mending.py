"""How slips in names, dates, grades and judgements are mended in the text, and which of the cures are sure.

A cure is sure where the text can only have stood for one thing. `24/03/2022` is such a date, `03/04/2022` is none;
`joins_nort` is such a name beside `joins_north`, `joins_south` is none.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from melian.case.grades import parse_grade
from melian.case.judgement import Judgement, Problem, parse_judgement
from melian.case.quantity import Kind
from melian.case.words import Scale
from melian.source.diagnostic import Fix
from melian.source.fixes import inserted, quoted, written
from melian.source.suggest import obvious
from melian.source.text import Span
from melian.source.tree import Mapping, Node, Scalar, Sequence

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{4})")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_DAY: Final = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_GRADE: Final = re.compile(r"\s*([1-6])?[-/. ]*([A-F])[-/. ]*([1-6])?\s*", re.IGNORECASE)
_LEAST_LETTERS: Final = 3
_MOST_MONTHS: Final = 12


def renamed(place: Span, near: str | None, candidates: Iterable[str], *, is_clear: bool = True) -> Fix | None:
    """Write the near name; sure where no other could have been meant.

    Parameters
    ----------
    near : name that was most likely meant, or None.
    is_clear : whether nothing speaks against it, such as a name that is used more often than the one that is known.
    """
    if near is None:
        return None
    is_sure = is_clear and obvious(place.text.strip("\"'"), candidates) == near
    return written(place, _in_place(place, near), f"write `{near}`", is_safe=is_sure)


def _in_place(place: Span, text: str) -> str:
    """Text with the quotes that stood there, or with those that it needs."""
    mark = place.text[:1]
    needs = re.search(r"[,\[\]{}#:]|^[^\w.+-]", text)
    return quoted(text) if mark in ('"', "'") or needs else text


def versioned(place: Span) -> Fix | None:
    """Put the version of the language first."""
    is_first = place.column == 1 and not place.text.startswith("{")
    return (
        inserted(place.source, place.start, "melian: 1\n", "begin with `melian: 1`", is_safe=True) if is_first else None
    )


def redated(node: Node, text: str) -> Fix | None:
    """Write a date as year-month-day, where its parts cannot be taken for each other."""
    found = _day(" ".join(text.split()))
    if found is None or not isinstance(node, Scalar) or "\n" in node.span.text:
        return None
    return written(node.span, found.isoformat(), is_safe=True)


def _day(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part)
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        if min(first, second) <= _MOST_MONTHS and first != second and max(first, second) <= _MOST_MONTHS:
            return None  # 03/04/2022 is March in one country and April in another
        day, month = (first, second) if first > _MOST_MONTHS else (second, first)
    elif match := _DAY_MONTH.fullmatch(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := _MONTH_DAY.fullmatch(text):
        month, day, year = _month(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    """Number of a month, 0 for a word that is none."""
    word = text.casefold()
    named = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(word)]
    return named[0] if len(named) == 1 and len(word) >= _LEAST_LETTERS else 0


def regraded(node: Node, text: str) -> Fix | None:
    """Write a grade as a letter and a digit, such as `B2` for `2B` or `B-2`."""
    match = _GRADE.fullmatch(text)
    digits = [part for part in match.groups()[::2] if part] if match else []
    if match is None or len(digits) != 1 or not isinstance(node, Scalar):
        return None
    grade = f"{match[2].upper()}{digits[0]}"
    return written(node.span, grade, is_safe=True) if parse_grade(grade) else None


def rejudged(node: Scalar, problem: Problem, kind: Kind, scale: Scale) -> Fix | None:
    """Write a judgement as it was meant, if what is proposed can be read."""
    mended = problem.mended
    if mended is None or "\n" in node.span.text or not isinstance(parse_judgement(mended, kind, scale), Judgement):
        return None
    return written(node.span, _in_place(node.span, mended), f"write `{mended}`", is_safe=problem.is_sure)


def ranged(node: Node, kind: Kind, scale: Scale) -> Fix | None:
    """Write a list of two numbers as a range."""
    if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) for item in node.items):
        return None
    text = "..".join(item.span.text for item in node.items)
    is_range = len(node.items) == 2 and isinstance(parse_judgement(text, kind, scale), Judgement)
    return written(node.span, text, is_safe=True) if is_range and node.span.text.startswith("[") else None


def otherwise_ruled(rule: Mapping) -> Fix | None:
    """Let a rule without a condition hold where no other does."""
    if not rule.entries:
        return None
    first = rule.entries[0].key.span
    parted = ", " if rule.span.text.startswith("{") else "\n" + " " * (first.column - 1)
    return inserted(first.source, first.start, f"else: true{parted}", "begin it with `else: true`", is_safe=True)
