"""Two versions of a case: what the answer of the one and of the other is, and which changes carry the difference.

The difference is shared out over groups of changes by their Shapley values (Shapley 1953; for differences of models
Lundberg and Lee 2017, section 2.4): what a group adds to the answer, averaged over all orders in which the groups could
be taken over. Shares add up to the difference exactly. Changes that make no sound case by themselves, such as a new
state and the tables that name it, form one group.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.believed import with_beliefs
from melian.answer.difference import is_told
from melian.answer.ranking import ranked
from melian.answer.shown import Answer
from melian.answer.weighted import weighted_mean
from melian.case.case import Case
from melian.case.difference import Edit, Part, differing, edits, mixed
from melian.errors import AskError, CaseError, PlanError
from melian.model.build import build_model
from melian.model.parameter import Row, Tied, infeasibility
from melian.model.tied import cuts_of, infeasibility_of_tied
from melian.plan.make import plan_evidence
from melian.solve.draws.draw import Sampler
from melian.solve.population import Population
from melian.solve.run import run_population
from melian.source.diagnostic import has_errors

Floats = NDArray[np.float64]
Groups = tuple[tuple[Part, ...], ...]
Subset = frozenset[int]
Told = Callable[[str, float], None]

RUNS: Final = 8
"""Runs with seeds of their own, from which errors are told: the versions may draw unlike numbers from one seed."""
MOST_EXACT: Final = 6
"""Groups up to which every order is taken; beyond, pairs of an order and its reverse are drawn."""
PAIRS: Final = 5
SURE: Final = 4.5
"""Standard errors, told from eight runs, beyond which a difference is told: as sure as three of a normal variable."""


class _UnsoundError(Exception):
    """That a mix of two versions is no case that can be solved; never leaves this file."""


@dataclass(frozen=True, slots=True)
class Share:
    """Part of the difference that one group of changes carries.

    Attributes
    ----------
    parts : what changed.
    edits : texts that differ, part by part.
    moved : Shapley value: of the chance of the event.
    alone : difference that this group makes to the earlier version by itself.
    error : Monte Carlo standard error of `moved`.
    """

    parts: tuple[Part, ...]
    edits: tuple[tuple[Edit, ...], ...]
    moved: float
    alone: float
    error: float

    @property
    def is_told(self) -> bool:
        """Whether it can be told from none."""
        return is_told(self.moved, self.error, sure=SURE)


@dataclass(frozen=True, slots=True)
class Difference(Answer):
    """What two versions of a case make of the event.

    Attributes
    ----------
    before, after : chance of the event in the one and in the other.
    error : Monte Carlo standard error of the difference.
    shares : of every group of changes, the largest first; they add up to the difference.
    is_exact : whether every order of the groups was taken.
    mixes : versions that were solved.
    worlds : of each.
    """

    before: float
    after: float
    error: float
    shares: tuple[Share, ...]
    is_exact: bool
    mixes: int
    worlds: int

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def is_told(self) -> bool:
        """Whether the difference can be told from none."""
        return is_told(self.difference, self.error, sure=SURE)


def compare(one: Case, other: Case, *, worlds: int, seed: int, told: Told | None = None) -> Difference:
    """Compare two versions of a case.

    Parameters
    ----------
    worlds : in all runs of one version together.

    Raises
    ------
    AskError
        If one of them cannot be solved.
    """
    parts = differing(one, other)
    groups = _groups(one, other, parts)
    while True:
        mixes = _Mixes(one, other, groups, worlds, seed, told)
        try:
            shares, spread = _shapley(mixes, len(groups), seed)
            break
        except _UnsoundError:
            if len(mixes.tried) <= 1 or len(groups) == 1:
                raise AskError(
                    "one of the two versions cannot be solved", ["melian check says what is wrong"]
                ) from None
            groups = _merged(groups, mixes.tried)
    none, everything = mixes.value(frozenset()), mixes.value(frozenset(range(len(groups))))
    found = [
        Share(
            parts=group,
            edits=tuple(edits(part) for part in group),
            moved=float(share.mean()),
            alone=float((mixes.value(frozenset({index})) - none).mean()),
            error=math.hypot(_error(share), spread[index]),
        )
        for index, (group, share) in enumerate(zip(groups, shares, strict=True))
    ]
    return Difference(
        before=float(none.mean()),
        after=float(everything.mean()),
        error=_error(everything - none),
        shares=tuple(ranked(found, key=lambda share: abs(share.moved))),
        is_exact=len(groups) <= MOST_EXACT,
        mixes=len(mixes.known),
        worlds=mixes.n_worlds * RUNS,
    )


class _Mixes:
    """Chance of the event in each mix of two versions, solved when it is first asked for."""

    def __init__(self, one: Case, other: Case, groups: Groups, worlds: int, seed: int, told: Told | None) -> None:
        self.one, self.other, self.groups = one, other, groups
        self.n_worlds, self.seed, self.told = max(1, worlds // RUNS), seed, told
        self.known: dict[Subset, Floats] = {}
        self.tried: Subset = frozenset()

    def value(self, taken: Subset) -> Floats:
        """Chance in each run, [RUNS]."""
        if taken not in self.known:
            self.tried = taken
            case, diagnostics = mixed(
                self.one, self.other, [part for index in sorted(taken) for part in self.groups[index]]
            )
            if has_errors(diagnostics):
                raise _UnsoundError
            self.known[taken] = chances(case, self.n_worlds, self.seed)
            if self.told is not None:
                most = 2 ** len(self.groups) if len(self.groups) <= MOST_EXACT else 2 * PAIRS * len(self.groups)
                self.told("Solving mixes of the two versions", min(1.0, len(self.known) / most))
        return self.known[taken]


def chances(case: Case, n_worlds: int, seed: int) -> Floats:
    """Chance of the event in a sound case, in each of several runs with seeds of their own."""
    model = build_model(case)
    tied = [row for row in model.parameters if isinstance(row, Tied)]
    cuts = cuts_of(tied)
    if any(isinstance(row, Row) and infeasibility(row) for row in model.parameters):
        raise _UnsoundError
    if any(infeasibility_of_tied(row, cuts) for row in tied):
        raise _UnsoundError
    try:
        plan = plan_evidence(model)
    except PlanError:
        raise _UnsoundError from None
    found = []
    for run in range(RUNS):
        try:
            held = with_beliefs(model, Population(Sampler(model.parameters, seed + run), n_worlds))
        except CaseError:
            raise _UnsoundError from None
        worlds = run_population(held, plan, Population(Sampler(held.parameters, seed + run), n_worlds))
        if not worlds.evidence.sum() > 0:
            raise _UnsoundError
        found.append(weighted_mean(worlds.event, worlds.evidence))
    return np.array(found)


def _groups(one: Case, other: Case, parts: Sequence[Part]) -> Groups:
    """Each change by itself where either version is sound with it turned over; all others together."""
    alone: list[Part] = []
    bound: list[Part] = []
    for part in parts:
        others = [each for each in parts if each is not part]
        is_free = not any(has_errors(mixed(one, other, taken)[1]) for taken in ([part], others))
        (alone if is_free else bound).append(part)
    return (*((part,) for part in alone), *([tuple(bound)] if bound else []))


def _merged(groups: Groups, failed: Subset) -> Groups:
    """Groups in which those that make no case together are one; two at the least, so that this ends."""
    least = failed if len(failed) > 1 else frozenset(range(len(groups)))
    kept = tuple(group for index, group in enumerate(groups) if index not in least)
    return (*kept, tuple(chain.from_iterable(groups[index] for index in sorted(least))))


def _shapley(mixes: _Mixes, n_groups: int, seed: int) -> tuple[Floats, Floats]:
    """Shapley value of each group in each run [groups, RUNS], and its error from orders not taken [groups]."""
    if n_groups <= MOST_EXACT:
        return _over_all(mixes.value, n_groups), np.zeros(n_groups)
    return _over_some(mixes.value, n_groups, seed)


def _over_all(value: Callable[[Subset], Floats], n_groups: int) -> Floats:
    """Shapley values by their definition (Shapley 1953, equation 12)."""
    found = np.zeros((n_groups, RUNS))
    for group in range(n_groups):
        others = [each for each in range(n_groups) if each != group]
        for size in range(n_groups):
            weight = math.factorial(size) * math.factorial(n_groups - size - 1) / math.factorial(n_groups)
            for taken in map(frozenset, combinations(others, size)):
                found[group] += weight * (value(taken | {group}) - value(taken))
    return found


def _over_some(value: Callable[[Subset], Floats], n_groups: int, seed: int) -> tuple[Floats, Floats]:
    """Shapley values from drawn orders, each with its reverse (Mitchell and others 2022, section 4.1)."""
    generator = np.random.default_rng(seed)
    by_pair = np.zeros((PAIRS, n_groups, RUNS))
    for pair in by_pair:
        order = generator.permutation(n_groups)
        for way in (order, order[::-1]):
            taken: Subset = frozenset()
            for group in map(int, way):
                pair[group] += (value(taken | {group}) - value(taken)) / 2
                taken |= {group}
    spread: Floats = by_pair.mean(axis=2).std(axis=0, ddof=1) / math.sqrt(PAIRS)
    found: Floats = by_pair.mean(axis=0)
    return found, spread


def _error(values: Floats) -> float:
    """Standard error of a mean over runs."""
    return float(values.std(ddof=1) / math.sqrt(values.size))
