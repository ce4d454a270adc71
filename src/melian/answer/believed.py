"""What the analyst holds after all evidence: findings whose strength is found, so that the answer is what is believed.

A report has a likelihood, and the answer follows. Here the answer is given, and the likelihood follows: of all ways of
changing the worlds and what happens in them, the one that changes least (in relative entropy) makes the chances of
these states what they are believed to be, and leaves everything as it was given each of them. For one node that is
Jeffrey's rule; for several it is found by iterative proportional fitting, whose limit does not hang on their order.

References
----------
Jeffrey 1965, The Logic of Decision, chapter 11.
Csiszar 1975, I-divergence geometry of probability distributions and minimization problems, Annals of Probability 3,
theorems 3.1 and 3.2: the limit of iterative proportional fitting is the nearest distribution, whatever the order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.courses import sums_of
from melian.answer.sampling import Sampled
from melian.case.case import Case, Report
from melian.errors import CaseError
from melian.model import distribution as family
from melian.model.diagram import Model, Origin
from melian.model.evidence import strength_key
from melian.model.parameter import Parameter, Scalar
from melian.plan.plan import Enquiry, Plan
from melian.solve.draws.draw import Sampler
from melian.solve.population import Population
from melian.solve.run import run_population
from melian.source.diagnostic import Label, error

Floats = NDArray[np.float64]

CLOSE: Final = 1e-12  # of each chance that is believed
MAX_ROUNDS: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    """What is believed of one variable: [C] chance of each class of its states, and [S] the class of each state."""

    report: Report
    variable: int
    chances: Floats
    class_of: NDArray[np.intp]


def with_beliefs(model: Model, population: Population) -> Model:
    """Return the diagram in which everything that is believed has the strength that makes it so in some worlds.

    Raises
    ------
    CaseError
        If what is believed cannot be so: it contradicts itself or the other evidence.
    """
    targets = [_target(model, origin) for origin in model.evidence if _is_believed(model.case, origin)]
    if not targets:
        return model
    others = tuple(origin for origin in model.evidence if not _is_believed(model.case, origin))
    axes = tuple(sorted({target.variable for target in targets}))
    joint = sums_of(replace(model, evidence=others), Enquiry(), population, [axes])[axes].sum(axis=-1)
    return _with_strengths(model, targets, _fitted(joint, axes, targets))


def held_to(model: Model, plan: Plan, sampled: Sampled, threads: int | None) -> tuple[Model, Sampled]:
    """Make what is believed so in worlds that were drawn anew; all others hold to it already."""
    if not (has_beliefs(model) and sampled.sampling.is_adapted):
        return model, sampled
    model = with_beliefs(model, sampled.population)
    population = replace(sampled.population, sampler=Sampler(model.parameters, sampled.population.sampler.seed))
    worlds = run_population(model, plan, population, n_threads=threads)
    return model, replace(sampled, population=population, worlds=worlds)


def has_beliefs(model: Model) -> bool:
    """Whether anything is believed."""
    return any(_is_believed(model.case, origin) for origin in model.evidence)


def _is_believed(case: Case, origin: Origin) -> bool:
    return any(report.is_believed for report in case.evidence if report.name == origin.reports[0].report)


def _target(model: Model, origin: Origin) -> _Target:
    (testimony,) = origin.reports
    report = next(report for report in model.case.evidence if report.name == testimony.report)
    states = model.variables[testimony.variable].states
    said = {name.text: judgement.low for name, judgement in report.likelihood.entries}
    named = [state for state in states if state in said]
    chances = [said[state] for state in named]
    if len(named) < len(states):
        chances.append(max(1.0 - sum(chances), 0.0))
    class_of = np.array([named.index(state) if state in said else len(named) for state in states])
    return _Target(report, testimony.variable, np.array(chances) / sum(chances), class_of)


def _fitted(joint: Floats, axes: Sequence[int], targets: Sequence[_Target]) -> list[Floats]:
    """Strength of each class of states, by what is believed; the greatest is 1."""
    strengths = [np.ones(target.chances.size) for target in targets]
    fitted = joint / joint.sum() if joint.sum() > 0 else joint
    for _ in range(MAX_ROUNDS):
        worst = 0.0
        for number, target in enumerate(targets):
            place = axes.index(target.variable)
            margin = fitted.sum(axis=tuple(other for other in range(len(axes)) if other != place))
            now = np.bincount(target.class_of, weights=margin, minlength=target.chances.size)
            if ((now <= 0) & (target.chances > 0)).any():
                raise _clash(targets)
            worst = max(worst, float(np.abs(now - target.chances).max()))
            factor = np.divide(target.chances, now, out=np.zeros_like(now), where=now > 0)
            strengths[number] = strengths[number] * factor
            shape = [-1 if other == place else 1 for other in range(len(axes))]
            fitted = fitted * factor[target.class_of].reshape(shape)
        if worst < CLOSE:
            return [strength / strength.max() for strength in strengths]
    raise _clash(targets)


def _clash(targets: Sequence[_Target]) -> CaseError:
    labels = [Label(target.report.likelihood.span, f"believed in `{target.report.name}`") for target in targets]
    if len(targets) == 1:
        headline = f"what `{targets[0].report.name}` believes cannot be so: the other evidence rules it out"
    else:
        headline = "what is believed cannot all be so at once, given the other evidence"
    cure = "give nothing a chance that is ruled out by other statements, or leave one of these out"
    return CaseError(
        [error("impossible-evidence", headline, labels[0].span, labels[0].text, secondary=tuple(labels[1:]), help=cure)]
    )


def _with_strengths(model: Model, targets: Sequence[_Target], strengths: Sequence[Floats]) -> Model:
    found: dict[str, float] = {}
    for target, strength in zip(targets, strengths, strict=True):
        for state, kind in zip(model.variables[target.variable].states, target.class_of, strict=True):
            found[strength_key(target.report, state)] = float(strength[kind])
    return replace(model, parameters=tuple(_set(parameter, found) for parameter in model.parameters))


def _set(parameter: Parameter, strengths: Mapping[str, float]) -> Parameter:
    if parameter.name in strengths and isinstance(parameter, Scalar):
        return replace(parameter, distribution=family.point(strengths[parameter.name]))
    return parameter
