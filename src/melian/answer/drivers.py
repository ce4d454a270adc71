"""Drivers: which judgements the spread of the answer comes from, which way each pulls, and what it hangs on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.cruxes import Cruxes, cruxes_of
from melian.answer.judgements import Group, Judged, Member, judgements_of
from melian.answer.ranking import greatest, ranked
from melian.answer.sampling import Sampled
from melian.answer.shares import Share, first_order, quick_first_order, varies
from melian.answer.shown import Answer
from melian.answer.totals import EDGE, even_sample, total_shares
from melian.answer.weighted import monte_carlo_error, weighted_mean, weighted_quantiles
from melian.errors import AskError
from melian.model.diagram import Model
from melian.plan.make import plan_evidence
from melian.plan.plan import Enquiry
from melian.solve.kernel.words import CHUNK, REPLICATES
from melian.solve.population import Population
from melian.solve.weigh import weigh_event

Floats = NDArray[np.float64]
Told = Callable[[str, float], None]

EVEN_ODDS: Final = 0.5
# Worlds that are looked at.
LOOKED_AT: Final = 32_768
# Every judgement is drawn afresh once in a few worlds; those that seem to matter, and groups, then more often.
SCREENED: Final = 128
REFINED: Final = 12
WORLDS, FRESH = 1024, 4
GROUP_WORLDS: Final = 512
# Inputs of a group on which its first-order share is fitted.
FITTED: Final = 8
TENTH: Final = 0.1
# For a glance: worlds that are looked at, and the least share that is worth a line.
GLANCE: Final = 2048
WORTH: Final = 0.1
TOLD_ERRORS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Tenths:
    """The answer where one number of a judgement is in its lowest tenth, and where it is in its highest.

    Attributes
    ----------
    member : the number of the judgement that is meant: of several, that on which the answer turns most.
    below, above : the numbers at the ends of these tenths.
    low, high : the answer in the lower and in the upper tenth, each with its Monte Carlo error.
    """

    member: Member
    below: float
    above: float
    low: float
    low_error: float
    high: float
    high_error: float

    @property
    def is_told(self) -> bool:
        """Whether the two differ by more than the Monte Carlo error."""
        return abs(self.high - self.low) > TOLD_ERRORS * float(np.hypot(self.low_error, self.high_error))


@dataclass(frozen=True, slots=True)
class Driver:
    """A judgement and what of the spread comes from it.

    Attributes
    ----------
    first : share of the variance that would be gone if it were known.
    total : share that would be left if all others were known.
    """

    judged: Judged
    first: Share
    total: Share
    tenths: Tenths


@dataclass(frozen=True, slots=True)
class DrivingGroup:
    """All judgements on one node, actor or source together."""

    group: Group
    judgements: int
    first: Share
    total: Share


@dataclass(frozen=True, slots=True)
class Glance:
    """A judgement with its shares from a first look at all of them."""

    judged: Judged
    first: Share
    total: Share

    @property
    def bears(self) -> bool:
        """Whether it bears on the answer at all: some world's answer changed when it was drawn afresh."""
        return self.total.is_told

    @property
    def height(self) -> float:
        """What it is ranked by."""
        return max(self.total.value, self.first.value if self.first.is_told else 0.0)


@dataclass(frozen=True, slots=True)
class Drivers(Answer):
    """What the spread of the answer comes from.

    Attributes
    ----------
    deviation : standard deviation of the chance over the weighted worlds.
    drivers : judgements that matter most, by their total share.
    groups : nodes, actors and sources that matter most, by theirs.
    screened : every judgement, in the order of the drawing.
    """

    mean: float
    deviation: float
    drivers: tuple[Driver, ...]
    groups: tuple[DrivingGroup, ...]
    screened: tuple[Glance, ...]
    cruxes: Cruxes


def drivers_of(
    model: Model,
    enquiry: Enquiry,
    sampled: Sampled,
    *,
    line: float = EVEN_ODDS,
    n_threads: int | None = None,
    told: Told | None = None,
) -> Drivers:
    """Find what the spread comes from.

    Parameters
    ----------
    line : that the cruxes cross, in (0, 1).
    told : called with what is being done and the share of it that is done.

    Raises
    ------
    AskError
        If no world that is looked at gives the evidence any chance.
    """
    judged = judgements_of(model)
    afresh = _Afresh(model, enquiry, sampled, n_threads, _Progress(told, len(judged)))
    look = afresh.look
    if not look.weight.sum() > 0:
        raise AskError(
            "too few worlds give the evidence any chance to tell what the spread comes from",
            ["draw more worlds (--worlds)"],
        )
    mean, variance = look.mean, look.variance
    if not varies(look.value, look.weight):
        return Drivers(mean, 0.0, (), (), _nothing(judged), Cruxes(line, mean <= line, (), None, 0.0))
    inputs = [look.unit[each.dimensions] for each in judged]
    first = first_order(inputs, look.value, look.weight, blocks=look.blocks)
    totals = afresh.totals([each.dimensions for each in judged], SCREENED, 1)
    screened = tuple(Glance(one, share, total) for one, share, total in zip(judged, first, totals, strict=True))
    leading = ranked((glance for glance in screened if glance.bears), key=lambda glance: glance.height)[:REFINED]
    again = afresh.totals([glance.judged.dimensions for glance in leading], WORLDS, FRESH)
    drivers = [
        Driver(glance.judged, glance.first, total, _tenths(glance.judged, look))
        for glance, total in zip(leading, again, strict=True)
    ]
    drivers = ranked(drivers, key=lambda driver: driver.total.value)
    return Drivers(
        mean=mean,
        deviation=float(np.sqrt(variance)),
        drivers=tuple(drivers),
        groups=_groups(screened, look, afresh),
        screened=screened,
        cruxes=_cruxes(drivers, model, look, line),
    )


def foremost_of(model: Model, enquiry: Enquiry, sampled: Sampled) -> tuple[Judged, Member, float] | None:
    """Find the judgement from which most of the spread comes by itself, at a glance; None where none stands out.

    Returns
    -------
    The judgement, that number of it on which the answer turns most, and its first-order share to within a few points.
    """
    judged = judgements_of(model)
    look = _Afresh(model, enquiry, sampled, None, _Progress(None, 0), GLANCE).look
    if not judged or not look.weight.sum() > 0 or not varies(look.value, look.weight):
        return None
    first = quick_first_order([look.unit[each.dimensions] for each in judged], look.value, look.weight)
    (place,) = greatest(np.asarray(first))
    # Chance explains a hundredth of the variance with so many worlds, and less than a tenth with the fewest there are.
    return (judged[place], _tenths(judged[place], look).member, first[place]) if first[place] >= WORTH else None


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """Worlds that are looked at.

    Attributes
    ----------
    unit : [D, W] points of the unit cube, those of judgements that err together as they do.
    numbers : [P, W].
    value, weight : [W] chance of the event, and of the evidence.
    """

    unit: Floats
    numbers: Floats
    value: Floats
    weight: Floats
    sampled: Sampled

    @property
    def mean(self) -> float:
        return weighted_mean(self.value, self.weight)

    @property
    def variance(self) -> float:
        return weighted_mean(np.square(self.value - self.mean), self.weight)

    @property
    def variance_error(self) -> float:
        return monte_carlo_error(np.square(self.value - self.mean), self.weight)

    @property
    def blocks(self) -> NDArray[np.intp] | None:
        """Replicate [W] of each world that was drawn anew; None for independent points."""
        return np.arange(self.value.size) // CHUNK % REPLICATES if self.sampled.sampling.is_adapted else None


class _Afresh:
    """Worlds solved at other points: those that are looked at, and those with some of their judgements drawn afresh.

    Scrambled Sobol points are even, but a few pairs of their later dimensions are correlated by up to a tenth. To a
    mean that is nothing; but an idle judgement would borrow a hundredth of what a strong one explains. So where worlds
    were not drawn anew by a walk, independent points are looked at instead, each the same for one seed.
    """

    def __init__(
        self,
        model: Model,
        enquiry: Enquiry,
        sampled: Sampled,
        n_threads: int | None,
        progress: "_Progress",
        most: int = LOOKED_AT,
    ) -> None:
        self.model, self.plan, self.n_threads = model, plan_evidence(model, enquiry), n_threads
        self.sampler, self.progress = sampled.before.sampler, progress
        self.look = self._look(sampled, most)

    def _joined(self, unit: Floats) -> Floats:
        """Points from which judgements are drawn, each in its own place: joined where judgements err together."""
        copula = self.sampler.copula
        if copula is None:
            return unit
        found = unit.copy()
        found[copula.dimensions] = copula.joined(unit[copula.dimensions])
        return found

    def _parted(self, points: Floats) -> Floats:
        """Points of the sampler from those of judgements: `_joined` undone."""
        copula = self.sampler.copula
        if copula is None:
            return points
        found = points.copy()
        found[copula.dimensions] = np.clip(copula.parted(points[copula.dimensions]), EDGE, 1.0 - EDGE)
        return found

    def _look(self, sampled: Sampled, most: int) -> _Look:
        population, worlds = sampled.population, sampled.worlds
        if population.unit is not None:
            numbers = self.sampler.transform(population.unit)
            return _Look(self._joined(population.unit), numbers, worlds.event, worlds.evidence, sampled)
        n_worlds = min(most, population.n_worlds)
        random = np.random.Generator(np.random.Philox(key=self.sampler.seed, counter=[0, 0, 2, 0]))
        unit = np.clip(random.random((self.sampler.n_dimensions, n_worlds)), EDGE, 1.0 - EDGE)
        points = self._joined(unit)
        value, chance = self.solve(points)
        return _Look(points, self.sampler.transform(unit), value, chance, sampled)

    def totals(self, groups: Sequence[NDArray[np.intp]], n_worlds: int, n_fresh: int) -> tuple[Share, ...]:
        """Total share of each group of dimensions."""
        chosen = even_sample(self.look.weight, n_worlds)
        return total_shares(
            groups,
            self.look.unit[:, chosen],
            self.look.value[chosen],
            (self.look.variance, self.look.variance_error),
            self.solve,
            n_fresh=n_fresh,
            seed=self.sampler.seed,
            beside=self._beside,
            done=self.progress.tell,
        )

    def _beside(self, dimensions: NDArray[np.intp], points: Floats) -> None:
        copula = self.sampler.copula
        if copula is not None and copula.touches(dimensions):
            drawn = np.isin(copula.dimensions, dimensions)
            points[copula.dimensions[drawn]] = copula.given_rest(drawn, points[copula.dimensions])

    def solve(self, points: Floats) -> tuple[Floats, Floats]:
        """Chance of the event, and of the evidence, at points of the unit cube: of judgements as they are judged."""
        population = Population(self.sampler, points.shape[1], self._parted(points))
        joint = weigh_event(self.model, self.plan, population, n_threads=self.n_threads)
        chance = joint.sum(axis=0)
        return np.divide(joint[1], chance, out=np.zeros_like(chance), where=chance > 0), chance


class _Progress:
    """Tells how far it has come, by the points that are to be solved at the most."""

    def __init__(self, told: Told | None, n_judged: int) -> None:
        self._told, self._done = told, 0
        self._all = n_judged * SCREENED + REFINED * WORLDS * FRESH + REFINED * GROUP_WORLDS * FRESH

    def tell(self, points: int) -> None:
        """Say that so many more points are solved."""
        self._done += points
        if self._told is not None:
            self._told("Finding what drives the answer", min(self._done / self._all, 1.0))


def _nothing(judged: Sequence[Judged]) -> tuple[Glance, ...]:
    none = Share(0.0, 0.0, 0.0, is_told=False)
    return tuple(Glance(each, none, none) for each in judged)


def _tenths(judged: Judged, look: _Look) -> Tenths:
    """The answer at both ends of that number of a judgement on which it turns most."""
    found = [_tenths_of(member, look) for member in judged.members]
    return ranked(found, key=lambda tenths: abs(tenths.high - tenths.low))[0]


def _tenths_of(member: Member, look: _Look) -> Tenths:
    number = look.numbers[member.slot]
    below, above = weighted_quantiles(number, look.weight, (TENTH, 1.0 - TENTH))
    low, high = (np.where(inside, look.weight, 0.0) for inside in (number <= below, number >= above))
    return Tenths(
        member=member,
        below=below,
        above=above,
        low=weighted_mean(look.value, low),
        low_error=monte_carlo_error(look.value, low),
        high=weighted_mean(look.value, high),
        high_error=monte_carlo_error(look.value, high),
    )


def _groups(screened: Sequence[Glance], look: _Look, afresh: _Afresh) -> tuple[DrivingGroup, ...]:
    """Nodes, actors and sources that bear on the answer, those that matter most first."""
    members: dict[Group, list[Glance]] = {}
    for glance in screened:
        members.setdefault(glance.judged.group, []).append(glance)
    bearing = [group for group, each in members.items() if any(glance.bears for glance in each)]
    bearing = ranked(bearing, key=lambda group: sum(glance.height for glance in members[group]))
    members = {group: members[group] for group in bearing[:REFINED]}
    inputs = [look.unit[_fitted(each)] for each in members.values()]
    first = first_order(inputs, look.value, look.weight, blocks=look.blocks)
    dimensions = [np.concatenate([glance.judged.dimensions for glance in each]) for each in members.values()]
    totals = afresh.totals(dimensions, GROUP_WORLDS, FRESH)
    found = [
        DrivingGroup(group, len(members[group]), share, total)
        for group, share, total in zip(members, first, totals, strict=True)
    ]
    return tuple(ranked(found, key=lambda each: each.total.value))


def _fitted(glances: Sequence[Glance]) -> NDArray[np.intp]:
    """Dimensions of a group on which its first-order share is fitted: those of its judgements that matter most."""
    leading = ranked(ranked(glances, key=lambda one: one.total.value), key=lambda one: one.first.value)
    return np.concatenate([glance.judged.dimensions for glance in leading])[:FITTED]


def _cruxes(drivers: Sequence[Driver], model: Model, look: _Look, line: float) -> Cruxes:
    return cruxes_of([look.numbers[driver.tenths.member.slot] for driver in drivers], look.value, look.weight, line)
