"""Other self-consistent stories: rules, other than those on the principal branch, that answer each other as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.ranking import ranked
from melian.answer.shown import Answer
from melian.answer.weighted import weighted_mean
from melian.model.diagram import Model
from melian.plan.openings import open_options
from melian.plan.plan import Plan
from melian.plan.steps import Guess, Settle
from melian.solve.kernel.choose import MOST_WAYS
from melian.solve.kernel.seek import MANY_WAYS
from melian.solve.population import Population
from melian.solve.run import Worlds, run_attempts

TRIED_WORLDS: Final = 512
ATTEMPTS: Final = 12
STRIDE: Final = 89  # a prime: so few attempts out of many ways differ in more than the first choices
# Rules that differ by less than this in every chance are the same.
APART: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Pick:
    """Option to which a choice keeps in one situation.

    Attributes
    ----------
    sees : state of what tells its situations apart; empty where there is one only.
    """

    choice: str
    sees: tuple[tuple[str, str], ...]
    option: str


@dataclass(frozen=True, slots=True)
class PureStory:
    """Options that rational actors would keep to: nobody gains by another, as long as the others keep to theirs.

    Attributes
    ----------
    worlds : searched worlds in which that is so.
    played : those of them in which these are the rules of the principal branch.
    event : chance of the event over these worlds if they are kept to.
    """

    picks: tuple[Pick, ...]
    worlds: int
    played: int
    event: float


@dataclass(frozen=True, slots=True)
class OtherStories(Answer):
    """What a search for other solutions found, in the first worlds and from a few starts in each.

    Attributes
    ----------
    worlds : searched; 0 where every choice is solved by itself, so that there is one solution only.
    attempts : starts in each world.
    found : worlds in which other rules answer each other as well.
    event : chance of the event over the searched worlds, with the rules of the principal branch.
    lowest, highest : the same if in each world the rules were played under which the event is least or most likely.
    pure : of rational choices with few ways to pick, every way that is kept to in some world, the most frequent first;
        all ways were tried.
    """

    worlds: int
    attempts: int
    found: int
    event: float
    lowest: float
    highest: float
    pure: tuple[PureStory, ...] = ()


def other_stories_of(model: Model, plan: Plan, population: Population, worlds: Worlds) -> OtherStories:
    """Search the first worlds for other solutions."""
    n_worlds = min(TRIED_WORLDS, len(worlds.event)) if plan.together else 0
    weight, event = worlds.evidence[:n_worlds], worlds.event[:n_worlds]
    if not n_worlds or not weight.sum() > 0:
        return OtherStories(0, 0, 0, 0.0, 0.0, 0.0)
    found = np.zeros(n_worlds, dtype=bool)
    lowest, highest = event.copy(), event.copy()
    pure, n_attempts = [], 0
    for component, tried in _tries(model, plan, population.first(n_worlds)):
        n_attempts += 1
        apart = _apart(worlds, tried, [choice for choices in plan.together for choice in choices], n_worlds)
        holds = ~tried.unsettled & ~worlds.unsettled[:n_worlds]
        found |= apart & holds
        lowest = np.where(apart & holds, np.minimum(lowest, tried.event), lowest)
        highest = np.where(apart & holds, np.maximum(highest, tried.event), highest)
        if _is_listed(model, plan, component) and not tried.unsettled.all():
            pure.append(_pure_story(model, plan, component, tried, apart))
    pure = ranked(pure, key=lambda story: story.worlds)
    return OtherStories(
        worlds=n_worlds,
        attempts=n_attempts,
        found=int(found.sum()),
        event=weighted_mean(event, weight),
        lowest=weighted_mean(lowest, weight),
        highest=weighted_mean(highest, weight),
        pure=tuple(pure),
    )


def _tries(model: Model, plan: Plan, population: Population) -> Iterator[tuple[tuple[int, ...], Worlds]]:
    """Every attempt, with the component of choices that it is about."""
    alone = tried_alone(model, plan)
    for sought, component in enumerate(plan.together):
        if component in alone:
            continue  # its rules were chosen for what they are worth: others that answer each other are no story
        n_ways = _n_ways(model, plan, component)
        n_tried = n_ways if _is_listed(model, plan, component) else min(ATTEMPTS, n_ways)
        attempts = (1 + place * STRIDE % n_ways for place in range(n_tried))
        found = run_attempts(model, plan, population, sought=sought, attempts=attempts)
        yield from ((component, tried) for tried in found)


def tried_alone(model: Model, plan: Plan) -> dict[tuple[int, ...], bool]:
    """Components of choices of one rational actor, and whether every way to choose was tried."""
    worth = {step.guesses: step.worth for step in plan.steps if isinstance(step, Settle)}
    found = {}
    for component in plan.together:
        if worth.get(tuple(plan.rules.get(choice, -1) for choice in component)):
            found[component] = _n_open_ways(model, plan, component[:-1]) <= MOST_WAYS
    return found


def _n_open_ways(model: Model, plan: Plan, component: Sequence[int]) -> int:
    """Ways to pick one open option in every situation that leaves a choice."""
    n_ways = 1
    for choice in component:
        step = plan.steps[plan.rules[choice]]
        assert isinstance(step, Guess)
        n_ways *= prod(map(int, open_options(model, step.axes, choice).sum(axis=1)))
    return n_ways


def _is_listed(model: Model, plan: Plan, component: Sequence[int]) -> bool:
    """Whether every way to keep to options is tried: rational choices with few of them."""
    return model.behaviour == "rational" and _n_ways(model, plan, component) <= MANY_WAYS


def _n_ways(model: Model, plan: Plan, component: Sequence[int]) -> int:
    """Ways to pick one option in every situation of some choices."""
    n_ways = 1
    for choice in component:
        step = plan.steps[plan.rules[choice]]
        assert isinstance(step, Guess)
        situations = prod(model.variables[axis].n_states for axis in step.axes if axis != choice)
        n_ways *= model.variables[choice].n_states ** situations
    return n_ways


def _pure_story(
    model: Model, plan: Plan, component: Sequence[int], tried: Worlds, apart: NDArray[np.bool_]
) -> PureStory:
    """What one way to keep to options came to in the worlds where it is a solution."""
    holds = ~tried.unsettled
    return PureStory(
        picks=tuple(pick for choice in component for pick in _picks(model, tried, choice)),
        worlds=int(holds.sum()),
        played=int((holds & ~apart).sum()),
        event=weighted_mean(tried.event[holds], tried.evidence[holds]) if tried.evidence[holds].sum() > 0 else 0.0,
    )


def _picks(model: Model, tried: Worlds, choice: int) -> Iterator[Pick]:
    """Option of every situation, the same in all worlds."""
    rule, variables = tried.rules[choice], model.variables
    seen = [axis for axis in rule.axes if axis != choice]
    options = rule.kept[..., 0].argmax(axis=rule.axes.index(choice))
    for states in product(*(range(variables[axis].n_states) for axis in seen)):
        at = tuple((variables[axis].name, variables[axis].states[s]) for axis, s in zip(seen, states, strict=True))
        yield Pick(variables[choice].name, at, variables[choice].states[int(options[states])])


def _apart(worlds: Worlds, tried: Worlds, settled: Sequence[int], n_worlds: int) -> NDArray[np.bool_]:
    """[W] whether any chance in any rule that was settled differs."""
    apart = np.zeros(n_worlds, dtype=bool)
    for choice in settled:
        gap = np.abs(worlds.rules[choice].kept[..., :n_worlds] - tried.rules[choice].kept[..., :n_worlds])
        apart |= gap.reshape(-1, n_worlds).max(axis=0) > APART
    return apart
