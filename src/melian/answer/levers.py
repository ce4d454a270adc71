"""Levers: what follows from each option of an actor's choices if it is taken openly, and what it is worth to the actor.

An option is brought about, the others know it and answer it, and the same worlds are solved again. What was reported
about a choice that is set is no evidence then: it told what the actor would do, and now it does something of set
purpose. The event's chance is that of `melian whatif`. Worth is compared world by world, with every world counting for
what it does as the answer stands: to take an option tells nothing of what nobody knows.

References
----------
Pearl 2009, Causality, chapter 3 (the do-operator). Savage 1951, The theory of statistical decision, Journal of the
American Statistical Association 46 (regret). Lempert, Groves, Popper and Bankes 2006, A general, analytic method for
generating robust strategies and narrative scenarios, Management Science 52 (options compared over many worlds).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.actors import UNSEEN, check_chooser
from melian.answer.difference import Difference, difference_of
from melian.answer.knowing import Knowledge, knowledge_of, n_trials
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled, Told
from melian.answer.shown import Answer
from melian.answer.trial import Trial, Trials
from melian.answer.weighted import influence_of, weighted_mean, weighted_quantiles
from melian.errors import AskError
from melian.model.diagram import Decision, Model
from melian.plan.plan import Enquiry

Floats = NDArray[np.float64]
Taken = tuple[tuple[int, int], ...]

# Pairs of options that are tried; whole pairs of choices only, the first of them whatever its size up to the second.
MOST_PAIRS: Final = 36
MOST_IN_FIRST: Final = 100
# The greatest regret of a sample grows with its size; that in 99 of 100 worlds does not.
HIGH_REGRET: Final = 0.99
WORST: Final = 0.1
EVEN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Lever:
    """An option, or one of each of two choices, taken openly.

    Attributes
    ----------
    taken : each choice and the option that is taken of it.
    event, q05, q95 : chance of the event; mean, and 5 and 95 % over worlds.
    event_change : against the answer as it stands.
    more_than_apart : of two options, by how much the change exceeds the sum of what each does alone; else None.
    worth : the actor's expected utility, 0 to 100.
    worth_change : against the case as it stands.
    best : share of worlds in which no other option of the same choices is worth more; ties are split.
    regret : how much more the best option of each world is worth, on average.
    high_regret : the same, in all but 1 of 100 worlds at the most.
    worst_decile : worth in the worst tenth of worlds at the most.
    unheard : origins of reports that are no evidence any more.
    """

    taken: tuple[tuple[str, str], ...]
    event: float
    q05: float
    q95: float
    event_change: Difference
    more_than_apart: Difference | None
    worth: float
    worth_change: Difference
    best: float
    regret: float
    high_regret: float
    worst_decile: float
    unheard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """All options of a choice, or of two, beside each other.

    Attributes
    ----------
    lead : by how much the best on average is worth more than the next.
    at_stake : how much more the best option of each world is worth than its worst, on average.
    """

    choices: tuple[str, ...]
    levers: tuple[Lever, ...]
    lead: Difference
    at_stake: float

    @property
    def best_on_average(self) -> Lever:
        """Lever with the greatest worth."""
        return ranked(self.levers, key=lambda lever: lever.worth)[0]

    @property
    def best_at_worst(self) -> Lever:
        """Lever that is worth most in its worst tenth of worlds."""
        return ranked(self.levers, key=lambda lever: lever.worst_decile)[0]

    @property
    def least_regret(self) -> Lever:
        """Lever whose regret is least in all but 1 of 100 worlds."""
        return ranked(self.levers, key=lambda lever: lever.high_regret, least_first=True)[0]


@dataclass(frozen=True, slots=True)
class Levers(Answer):
    """What an actor can do, what it is worth to it, and what it would be worth to it to know more.

    Attributes
    ----------
    partner : actor with whose options its own are paired; None for pairs of its own.
    event, worth : chance of the event and the actor's expected utility as things stand.
    contests : by choice of the actor.
    pairs : by pair of choices.
    contradicted : choices and pairs of choices all of whose options contradict the evidence, so that none is compared.
    left_out : pairs of options that were not tried, being too many.
    worlds : worlds compared.
    unsettled : the most worlds in which choices could not be settled under any lever.
    """

    actor: str
    partner: str | None
    event: float
    worth: float
    contests: tuple[Contest, ...]
    pairs: tuple[Contest, ...]
    contradicted: tuple[tuple[str, ...], ...]
    left_out: int
    knowledge: Knowledge
    worlds: int
    unsettled: int

    @property
    def strongest(self) -> Lever | None:
        """Lever of one choice that moves the event most, of those that can be told to move it at all."""
        told = [lever for contest in self.contests for lever in contest.levers if lever.event_change.is_told]
        return next(iter(ranked(told, key=lambda lever: abs(lever.event_change.value))), None)


def levers_of(
    model: Model,
    enquiry: Enquiry,
    sampled: Sampled,
    actor: str,
    *,
    partner: str | None = None,
    told: Told | None = None,
) -> Levers:
    """Try every option of an actor's choices.

    Parameters
    ----------
    enquiry : what the answer supposes already.
    partner : pair the actor's options with this other actor's, instead of with each other.
    told : called with what is being done and the share of it that is done.

    Raises
    ------
    AskError
        If there is no such actor, or nothing is left for it to choose.
    """
    if enquiry.do and not enquiry.announced:
        raise AskError(*UNSEEN)
    if partner == actor:
        raise AskError(
            f"`{actor}` cannot be paired with itself", ["its own options are paired where no other is named"]
        )
    own = choices_left(model, enquiry, actor)
    others = choices_left(model, enquiry, partner) if partner is not None else ()
    grids, left_out = _grids(model, own, others)
    number = model.actors.index(actor)
    trials = Trials(model, sampled, number)
    singles = [*own, *(decision for decision in others if any(decision in grid for grid in grids))]
    count = 1 + sum(_sizes(model, singles)) + sum(prod(_sizes(model, grid)) for grid in grids)
    trials.telling(told, "Trying levers", count + n_trials(model, enquiry, own))
    tried = _Tried(trials, enquiry)
    for decision in singles:
        tried.take([decision])
    contests, contradicted = _contests(tried, [[decision] for decision in own])
    for grid in grids:
        tried.take(grid)
    pairs, contradicted_too = _contests(tried, grids)
    at_stake = {decision.variable: _at_stake(model, decision, contests) for decision in own}
    return Levers(
        actor=actor,
        partner=partner,
        event=weighted_mean(tried.standing.event, tried.standing.evidence),
        worth=trials.mean(tried.standing.worth),
        contests=contests,
        pairs=pairs,
        contradicted=(*contradicted, *contradicted_too),
        left_out=left_out,
        knowledge=knowledge_of(trials, enquiry, own, at_stake),
        worlds=trials.population.n_worlds,
        unsettled=max(trial.unsettled for trial in tried.found.values()),
    )


def choices_left(model: Model, enquiry: Enquiry, actor: str) -> tuple[Decision, ...]:
    """Choices of an actor that are neither brought about nor observed.

    Raises
    ------
    AskError
        If there is no such actor, or nothing is left for it to choose.
    """
    choices = {
        name: [decision.variable for decision in model.decisions if decision.actor == number]
        for number, name in enumerate(model.actors)
    }
    left = check_chooser(actor, choices, {*enquiry.do, *enquiry.observe})
    return tuple(decision for decision in model.decisions if decision.variable in left)


def _sizes(model: Model, decisions: Sequence[Decision]) -> list[int]:
    """Options of each choice."""
    return [model.variables[decision.variable].n_states for decision in decisions]


def _grids(
    model: Model, own: Sequence[Decision], others: Sequence[Decision]
) -> tuple[list[tuple[Decision, Decision]], int]:
    """Pairs of choices to try together, and how many pairs of options are left out."""
    asked = list(product(own, others)) if others else list(combinations(own, 2))
    grids: list[tuple[Decision, Decision]] = []
    n_tried = left_out = 0
    for pair in asked:
        size = prod(_sizes(model, pair))
        if n_tried + size <= (MOST_PAIRS if grids else MOST_IN_FIRST):
            grids.append(pair)
            n_tried += size
        else:
            left_out += size
    return grids, left_out


class _Tried:
    """Trials by what was taken."""

    def __init__(self, trials: Trials, enquiry: Enquiry) -> None:
        self.trials, self.enquiry = trials, enquiry
        self.standing = trials.run(enquiry)
        self.found: dict[Taken, Trial] = {(): self.standing}

    def take(self, decisions: Sequence[Decision]) -> None:
        """Try every combination of options."""
        for taken in combined(self.trials.model, decisions):
            if taken not in self.found:
                self.found[taken] = self.trials.run(replace(self.enquiry, do={**self.enquiry.do, **dict(taken)}))


def combined(model: Model, decisions: Sequence[Decision]) -> list[Taken]:
    """Every combination of options of some choices."""
    options = (range(model.variables[decision.variable].n_states) for decision in decisions)
    variables = [decision.variable for decision in decisions]
    return [tuple(zip(variables, chosen, strict=True)) for chosen in product(*options)]


def _contests(
    tried: _Tried, asked: Sequence[Sequence[Decision]]
) -> tuple[tuple[Contest, ...], tuple[tuple[str, ...], ...]]:
    """Options of each choice, or pair, beside each other; and those of which none agrees with the evidence."""
    found: list[Contest] = []
    contradicted = []
    for decisions in asked:
        possible = {t: tried.found[t] for t in combined(tried.trials.model, decisions) if tried.found[t].is_possible}
        if possible:
            found.append(_contest(tried, decisions, possible))
        else:
            contradicted.append(_names(tried.trials.model, decisions))
    return tuple(found), tuple(contradicted)


def _names(model: Model, decisions: Sequence[Decision]) -> tuple[str, ...]:
    return tuple(model.variables[decision.variable].name for decision in decisions)


def _at_stake(model: Model, decision: Decision, contests: Sequence[Contest]) -> float:
    """How much more the best option of a choice is worth than its worst; 0 where none could be compared."""
    names = _names(model, [decision])
    return next((contest.at_stake for contest in contests if contest.choices == names), 0.0)


def _contest(tried: _Tried, decisions: Sequence[Decision], found: Mapping[Taken, Trial]) -> Contest:
    """Options beside each other; those that contradict what is observed were left out."""
    trials, model = tried.trials, tried.trials.model
    worth = np.stack([trial.worth for trial in found.values()])
    best = worth.max(axis=0)
    is_best = worth >= best - EVEN
    share = is_best / is_best.sum(axis=0)
    levers = tuple(
        _lever(tried, taken, best - worth[place], trials.mean(share[place])) for place, taken in enumerate(found)
    )
    order = ranked(range(len(levers)), key=lambda place: levers[place].worth)
    ahead = worth[order[0]] - worth[order[1]] if len(order) > 1 else np.zeros(worth.shape[1])
    return Contest(_names(model, decisions), levers, trials.mean_of(ahead), trials.mean(best - worth.min(axis=0)))


def _lever(tried: _Tried, taken: Taken, regret: Floats, best: float) -> Lever:
    trials, trial, weight = tried.trials, tried.found[taken], tried.trials.weight
    low, high = weighted_quantiles(trial.event, trial.evidence, (0.05, 0.95))
    variables = trials.model.variables
    return Lever(
        taken=tuple((variables[v].name, variables[v].states[option]) for v, option in taken),
        event=weighted_mean(trial.event, trial.evidence),
        q05=low,
        q95=high,
        event_change=trials.event_change(trial, tried.standing),
        more_than_apart=_more_than_apart(tried, taken) if len(taken) > 1 else None,
        worth=trials.mean(trial.worth),
        worth_change=trials.mean_of(trial.worth - tried.standing.worth),
        best=best,
        regret=trials.mean(regret),
        high_regret=weighted_quantiles(regret, weight, (HIGH_REGRET,))[0],
        worst_decile=weighted_quantiles(trial.worth, weight, (WORST,))[0],
        unheard=unheard(trials.model, dict(taken)),
    )


def unheard(model: Model, do: Mapping[int, int]) -> tuple[str, ...]:
    """Origins whose reports are no evidence where something is brought about."""
    return tuple(origin.name for origin in model.evidence if set(origin.axes) & do.keys())


def _more_than_apart(tried: _Tried, taken: Taken) -> Difference | None:
    """What two options do to the event together, less what each does by itself."""
    apart = [tried.found[(one,)] for one in taken]
    if not all(trial.is_possible for trial in apart):
        return None
    signed = [(tried.found[taken], 1.0), (tried.standing, 1.0), *((trial, -1.0) for trial in apart)]
    value = sum(sign * weighted_mean(trial.event, trial.evidence) for trial, sign in signed)
    influence = sum(
        (sign * influence_of(trial.event, trial.evidence) for trial, sign in signed),
        start=np.zeros(tried.standing.event.size),
    )
    return difference_of(value, influence)
