"""What each report moved: the answer with all evidence beside the answer without it."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from melian.answer.ranking import ranked
from melian.answer.shown import Answer
from melian.answer.weighted import weighted_mean
from melian.case.case import Case
from melian.model.diagram import Model
from melian.solve.run import Worlds

# Bits that stand for certainty, as no number of them would.
CERTAIN: Final = 53.0
IMPOSSIBLE: Final = -996.6


@dataclass(frozen=True, slots=True)
class Moved:
    """What the reports of one origin moved.

    Attributes
    ----------
    origin : the origin's name, or the report's where it names none.
    reports : names of its reports.
    with_it : chance of the event given all evidence.
    without_it : chance given all evidence but this.
    bits : base-2 logarithm of the odds with it over the odds without it; above 0 it speaks for the event.
    is_believed : whether it is no report but what the analyst holds after all evidence.
    """

    origin: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    dates: tuple[date | None, ...]
    sources: tuple[str | None, ...]
    grades: tuple[str | None, ...]
    bears_on: tuple[str, ...]
    with_it: float
    without_it: float
    bits: float
    is_believed: bool = False


@dataclass(frozen=True, slots=True)
class Evidence(Answer):
    """Every origin of reports that counts, the one that moved the answer most first, and what was left out.

    Attributes
    ----------
    left_out : names of reports dated after the day of the forecast.
    superseded : names of reports in whose place a later one counts, each with that one's.
    """

    moved: tuple[Moved, ...]
    left_out: tuple[str, ...]
    superseded: tuple[tuple[str, str], ...]


def evidence_of(case: Case, model: Model, worlds: Worlds) -> Evidence:
    """What the reports of each origin moved, by leaving them out."""
    with_it = weighted_mean(worlds.event, worlds.evidence)
    moved = [_moved(case, model, index, with_it, worlds) for index in worlds.without]
    left_out = tuple(report.name for report in case.evidence if not case.is_known(report))
    superseded = tuple(
        (report.name, later.name)
        for report in case.evidence
        if case.is_known(report) and (later := case.replacement(report)) is not None
    )
    return Evidence(tuple(ranked(moved, key=lambda one: abs(one.bits))), left_out, superseded)


def _moved(case: Case, model: Model, index: int, with_it: float, worlds: Worlds) -> Moved:
    origin = model.evidence[index]
    by_name = {report.name: report for report in case.evidence}
    reports = [by_name[testimony.report] for testimony in origin.reports]
    grades = [case.grade_of(report) for report in reports]
    return Moved(
        origin=origin.name,
        reports=tuple(report.name for report in reports),
        claims=tuple(report.claim for report in reports),
        dates=tuple(report.date for report in reports),
        sources=tuple(report.source.text if report.source else None for report in reports),
        grades=tuple(str(grade) if grade else None for grade in grades),
        bears_on=tuple(dict.fromkeys(report.bears_on.text for report in reports)),
        with_it=with_it,
        without_it=worlds.without[index],
        bits=_bits(worlds.log_odds) - _bits(worlds.log_odds_without[index]),
        is_believed=any(report.is_believed for report in reports),
    )


def _bits(log_odds: float) -> float:
    """Base-2 logarithm of odds; certain is as good as the last chance before it, and impossible as one of 1e-300."""
    return log_odds if math.isfinite(log_odds) else CERTAIN if log_odds > 0 else IMPOSSIBLE
