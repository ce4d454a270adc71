"""Two reports that look like one: much the same words, or the same source on the same day about the same thing."""

import re
from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from melian.case.case import Case, Report
from melian.case.rules.scope import reported
from melian.source.diagnostic import Diagnostic, Label, warning

CODE = "like-reports"
ALIKE: Final = 0.6  # share of the longer words of both claims that both have
LEAST_WORDS: Final = 3
MOST_PAIRS: Final = 100_000
_WORD: Final = re.compile(r"\w{4,}")


def check(case: Case) -> Iterator[Diagnostic]:
    """Report pairs on one node that are probably one piece of news, unless the case says where each comes from.

    Two reports count as one news if their claims are alike and they share a source, a date or the day of what happened;
    or if they share all three of these. Each report is named once, with the first that it is like.
    """
    counted = [report for report in reported(case) if case.counts(report) and report.superseded_by is None]
    worded = [(report, set(_WORD.findall(report.claim.casefold()))) for report in counted]
    told: set[str] = set()
    for (a, said), (b, also_said) in islice(combinations(worded, 2), MOST_PAIRS):
        if b.name not in told and not _apart(case, a, b) and _is_one(a, b, _alike(said, also_said)):
            told.add(b.name)
            also = [Label(a.span, "like this one")]
            headline = f"reports `{a.name}` and `{b.name}` look like one piece of news told twice"
            cure = "give both the same `origin:`, so that they count once; if they are independent, an `origin:` each"
            yield warning(CODE, headline, b.span, _shared(a, b), secondary=also, help=cure)


def _apart(case: Case, a: Report, b: Report) -> bool:
    """Whether two reports are about different things, or the case says where each of them comes from."""
    if a.bears_on != b.bears_on or case.origins[a.name] == case.origins[b.name]:
        return True
    return a.origin is not None and b.origin is not None


def _is_one(a: Report, b: Report, alike: bool) -> bool:
    same = (
        a.source is not None and a.source == b.source,
        a.date is not None and a.date == b.date,
        a.happened is not None and a.happened == b.happened,
    )
    return all(same) or (alike and any(same))


def _alike(said: set[str], also_said: set[str]) -> bool:
    both = said & also_said
    return len(both) >= LEAST_WORDS and len(both) >= ALIKE * len(said | also_said)


def _shared(a: Report, b: Report) -> str:
    """What two reports have in common, in words."""
    parts = [f"both on `{a.bears_on}`"]
    if a.source is not None and a.source == b.source:
        parts.append(f"from `{a.source}`")
    if a.date is not None and a.date == b.date:
        parts.append(f"of {a.date}")
    if a.happened is not None and a.happened == b.happened:
        parts.append(f"on what happened on {a.happened}")
    return ", ".join(parts)
