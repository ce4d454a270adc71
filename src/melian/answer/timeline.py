"""How the answer moved: the chance of the event after each report, in the order in which they became known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from melian.answer.believed import has_beliefs, with_beliefs
from melian.answer.defaults import ADAPT_BELOW
from melian.answer.likelihood import likelihood_of
from melian.answer.sampling import FLOOR, Told, effective_of, refusal_of, sample
from melian.answer.shown import Answer
from melian.answer.weighted import effective_worlds, monte_carlo_error, weighted_mean, weighted_quantiles
from melian.case.case import Report
from melian.model.build import build_model
from melian.model.diagram import Model, Origin, Testimony
from melian.plan.make import make_plan, plan_subsets
from melian.plan.plan import Enquiry
from melian.solve.draws.draw import Sampler
from melian.solve.population import Population
from melian.solve.weigh import weigh_subsets

Floats = NDArray[np.float64]
QUANTILES: Final = (0.05, 0.95)
Order = Literal["reported", "happened"]


@dataclass(frozen=True, slots=True)
class Moment:
    """The answer once a report is known.

    Attributes
    ----------
    report : name of the report that was added; None before any evidence.
    day : when it was reported, or when it happened, by the order asked for; None where it has no date.
    mean, q05, q95 : chance of the event, and the range over worlds; None where too few worlds carry the evidence.
    error : Monte Carlo standard error of the mean.
    effective_worlds : worlds that carry the answer.
    """

    report: str | None
    day: date | None
    mean: float | None
    q05: float | None
    q95: float | None
    error: float | None
    effective_worlds: float


@dataclass(frozen=True, slots=True)
class Timeline(Answer):
    """The answer after each report, beginning with none."""

    order: Order
    moments: tuple[Moment, ...]


def timeline_of(  # noqa: PLR0913 -- what is solved, and how: named where it is set
    model: Model,
    enquiry: Enquiry,
    *,
    order: Order,
    n_worlds: int,
    seed: int,
    n_threads: int | None = None,
    told: Told | None = None,
) -> Timeline:
    """Weigh the same worlds anew after each known report; reports of one day are added in the order of the case.

    A report counts until that which takes its place is known. Where too few of the worlds are left, others are drawn,
    as for the answer itself.
    """
    model = _with_superseded(model)
    reports = _in_order(model, order)
    known = [_counting(reports[:count]) for count in range(len(reports) + 1)]
    unrolled, subsets = _unrolled(model, known)
    population = Population(Sampler(model.parameters, seed), n_worlds)
    found, _ = weigh_subsets(unrolled, plan_subsets(unrolled, enquiry, subsets), population, n_threads=n_threads)
    moments = []
    for place, (names, held) in enumerate(zip(known, subsets, strict=True)):
        moment = _weighed(found[held].share)
        if has_beliefs(narrowed(model, names)):
            moment = _drawn_anew(narrowed(model, names), enquiry, n_worlds, seed, n_threads)
        elif moment.effective_worlds < max(ADAPT_BELOW * n_worlds, FLOOR):
            if told is not None:
                told("Following the reports", place / len(known))
            moment = _drawn_anew(narrowed(model, names), enquiry, n_worlds, seed, n_threads)
        if place:
            moment = replace(moment, report=reports[place - 1].name, day=_day(reports[place - 1], order))
        moments.append(moment)
    return Timeline(order, tuple(moments))


def _in_order(model: Model, order: Order) -> list[Report]:
    """Reports that are known, by the date asked for; those without one first."""
    counting = {testimony.report for origin in model.evidence for testimony in origin.reports}
    reports = [report for report in model.case.evidence if report.name in counting]
    return sorted(reports, key=lambda report: _day(report, order) or date.min)


def _with_superseded(model: Model) -> Model:
    """Diagram with all reports that are known, also those that others have replaced by now; its worlds are the same."""
    case = model.case
    standing = tuple(replace(report, superseded_by=None) for report in case.evidence)
    return replace(model, evidence=build_model(replace(case, evidence=standing)).evidence)


def _counting(known: Sequence[Report]) -> frozenset[str]:
    """Names of the reports that count when some are known: all but those that one of them takes the place of."""
    names = {report.name for report in known}
    return frozenset(
        report.name for report in known if report.superseded_by is None or report.superseded_by.text not in names
    )


def _day(report: Report, order: Order) -> date | None:
    return (report.happened or report.date) if order == "happened" else report.date


def _unrolled(model: Model, known: Sequence[Collection[str]]) -> tuple[Model, list[frozenset[int]]]:
    """Diagram with every origin as it stood at each time, and which of these make up each time's evidence."""
    places: dict[tuple[str, tuple[Testimony, ...]], int] = {}
    evidence: list[Origin] = []
    subsets = []
    for names in known:
        held = []
        for origin in narrowed(model, names).evidence:
            key = origin.name, origin.reports
            if key not in places:
                places[key] = len(evidence)
                evidence.append(origin)
            held.append(places[key])
        subsets.append(frozenset(held))
    return replace(model, evidence=tuple(evidence)), subsets


def narrowed(model: Model, reports: Collection[str]) -> Model:
    """Return the diagram with some of its reports only; its worlds are the same."""
    origins = [
        Origin(origin.name, tuple(sorted({one.variable for one in held})), held)
        for origin in model.evidence
        if (held := tuple(one for one in origin.reports if one.report in reports))
    ]
    return replace(model, evidence=tuple(origins))


def _weighed(chances: Floats) -> Moment:
    """The answer from the chances [2, W] of the evidence without the event and with it."""
    weight = chances.sum(axis=0)
    if not weight.sum() > 0:
        return Moment(None, None, None, None, None, None, 0.0)
    event = np.divide(chances[1], weight, out=np.zeros(len(weight)), where=weight > 0)
    low, high = weighted_quantiles(event, weight, QUANTILES)
    mean, error = weighted_mean(event, weight), monte_carlo_error(event, weight)
    return Moment(None, None, mean, low, high, error, effective_worlds(weight))


def _drawn_anew(model: Model, enquiry: Enquiry, n_worlds: int, seed: int, n_threads: int | None) -> Moment:
    model = with_beliefs(model, Population(Sampler(model.parameters, seed), n_worlds))
    sampled = sample(model, make_plan(model, enquiry), enquiry, n_worlds=n_worlds, seed=seed, n_threads=n_threads)
    effective = 0.0 if sampled is None else effective_of(sampled.sampling, sampled.worlds)
    if sampled is None or refusal_of(sampled.sampling, effective) is not None:
        return Moment(None, None, None, None, None, None, effective)
    answer = likelihood_of(model.case, sampled)
    return Moment(None, None, answer.mean, answer.q05, answer.q95, answer.error, effective)
