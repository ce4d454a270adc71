"""How much confidence an answer deserves, with the reasons: never from the likelihood itself.

Intelligence Community Directive 203 asks for a level of confidence that is grounded in sources and reasoning and stated
apart from the likelihood. It gives no rule for choosing it; ours is an assumption, and its reasons are always shown.
"""

from dataclasses import dataclass
from typing import Final, Literal

from melian.answer.rounding import gap
from melian.case.case import Case, Report

Level = Literal["low", "moderate", "high"]
Pair = tuple[float, float]

# Thresholds of our own: at least the first is good, less than the second is poor; for spread the other way round.
INDEPENDENT: Final = (6, 3)
SOURCES: Final = (4, 2)
WELL_GRADED: Final = (0.6, 0.3)
SPREAD: Final = (0.25, 0.6)
MOVED: Final = (0.15, 0.05)
EFFECTIVE: Final = (1000.0, 400.0)
# Share of the weight, in worlds that could not be settled, above which only a range is told, with low confidence.
OPEN: Final = 0.05


@dataclass(frozen=True, slots=True)
class Confidence:
    """A level and why, one reason a sentence without its full stop."""

    level: Level
    reasons: tuple[str, ...]


def judge_confidence(
    case: Case, *, spread: Pair, moved: Pair, effective: float, step: float, left_open: Pair = (0.0, 0.0)
) -> Confidence:
    """Level of confidence and its reasons.

    Parameters
    ----------
    spread : 5 and 95 % of the chance over worlds.
    moved : the chance before the evidence and after it.
    effective : effective number of worlds.
    step : points to which chances are rounded, so that differences are those of the numbers shown.
    left_open : ends of what the answer can be, whatever happens in worlds whose choices could not be settled.
    """
    reports = [report for report in case.evidence if case.counts(report) and not report.is_believed]
    if not reports:
        reasons = ("there is no evidence, only judgements", _spread(spread, step)[1], *_unsettled(left_open, step))
        return Confidence("low", reasons)
    checks = [_independence(case, reports), _grades(case, reports), _spread(spread, step), _moved(moved, step)]
    if effective < EFFECTIVE[0]:
        checks.append((int(effective >= EFFECTIVE[1]), f"only about {effective:,.0f} worlds carry the evidence"))
    poor = sum(score == 0 for score, _ in checks)
    good = sum(score == 2 for score, _ in checks)
    level: Level = "low" if poor >= 2 else "high" if good == len(checks) else "moderate"
    if (width := left_open[1] - left_open[0]) > 0:
        level = "low" if level == "low" or width > OPEN else "moderate"
    return Confidence(level, (*(reason for _, reason in checks), *_unsettled(left_open, step)))


def _unsettled(ends: Pair, step: float) -> tuple[str, ...]:
    """Reason why what could not be settled lowers confidence; none where all was."""
    said = f"{_points(ends, step)} of it hang on worlds whose choices could not be settled"
    return (said,) if ends[1] > ends[0] else ()


def _score(value: float, steps: tuple[float, float]) -> int:
    return 2 if value >= steps[0] else 1 if value >= steps[1] else 0


def _independence(case: Case, reports: list[Report]) -> tuple[int, str]:
    n_origins = len({case.origins[report.name] for report in reports})
    named = len({report.source.text for report in reports if report.source})
    unnamed = sum(report.source is None for report in reports)
    plural = "s" * (n_origins != 1)
    said = f"the evidence has {n_origins} independent origin{plural}, {_from_sources(named, unnamed)}"
    return min(_score(n_origins, INDEPENDENT), _score(named + unnamed, SOURCES)), said


def _from_sources(named: int, unnamed: int) -> str:
    """Where reports come from, in words; what names no source is none."""
    if not named:
        return "and no report names a source"
    said = f"from {named} source{'s' * (named != 1)}"
    return (
        f"{said} and {unnamed} report{'s' * (unnamed != 1)} that name{'s' * (unnamed == 1)} none" if unnamed else said
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _grades(case: Case, reports: list[Report]) -> tuple[int, str]:
    grades = [case.grade_of(report) for report in reports]
    certain = sum(report.is_certain for report in reports)
    good = certain + sum(
        grade is not None and grade.letter in "AB" and not report.is_certain
        for report, grade in zip(reports, grades, strict=True)
    )
    said = f"{good} of {_counted(len(reports), 'report')} come{'s' * (good == 1)} from sources graded usually or"
    said += " completely reliable"
    said += ", or are beyond doubt" if certain else ""
    return _score(good / len(reports), WELL_GRADED), said


def _spread(ends: Pair, step: float) -> tuple[int, str]:
    spread = ends[1] - ends[0]
    score = 2 if spread <= SPREAD[0] else 1 if spread <= SPREAD[1] else 0
    verb = ("hangs heavily", "hangs in part", "hangs little")[score]
    return score, f"the answer {verb} on what nobody knows ({_points(ends, step)} between its 5 % and 95 % worlds)"


def _moved(ends: Pair, step: float) -> tuple[int, str]:
    score = _score(abs(ends[1] - ends[0]), MOVED)
    verb = (
        "rests almost wholly on judgements",
        "rests more on judgements than on evidence",
        "rests in good part on evidence",
    )
    return score, f"it {verb[score]}: on balance the reports moved it by {_points(ends, step)}"


def _points(ends: Pair, step: float) -> str:
    """Difference between two chances, as a reader reckons it who sees both."""
    points = abs(gap(*ends, step))
    return f"{points:g} point{'' if points == 1 else 's'}" if points else "less than a point"
