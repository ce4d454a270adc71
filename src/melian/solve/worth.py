"""What stakes are worth in every world, and what an actor reckons each option brings it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.openings import open_options
from melian.plan.plan import Plan
from melian.plan.steps import Reckoning
from melian.solve.crew import Block, Crew, padded
from melian.solve.machine import SEGMENT
from melian.solve.population import Population
from melian.solve.powers import Gathered, Powers, levelled
from melian.solve.run import unsettled_of

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

Number = TypeVar("Number", np.float64, np.bool_)

# Worlds of which parameters are drawn at a time.
BLOCK: Final = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What each stake is worth, world by world, with the evidence.

    Attributes
    ----------
    evidence : [W] what each world counts for, as in `melian.solve.run.Worlds`.
    event : [W] chance of the event given the evidence; 0 where the evidence is impossible.
    stakes : by stake, [W] expected value in [0, 1] given the evidence; 0 where the evidence is impossible.
    unsettled : [W] as in `melian.solve.run.Worlds`.
    """

    evidence: Floats
    event: Floats
    stakes: Mapping[int, Floats]
    unsettled: Booleans


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """What the options of one choice bring its actor, as the actor sees it, in one situation and over all.

    Attributes
    ----------
    here : by stake that the choice can change, [O, W] expected value in [0, 1] in the situation asked about; 0 where
        the actor takes it to be impossible.
    everywhere : by stake, [O, W] the same, on average by the analyst's chance of each situation, over those in which
        every option is open that is so in the one asked about.
    is_open : [O] whether each option is open in the situation asked about.
    rule : [O, W] chance of each option there.
    chance_here : [W] chance of the situation and the evidence, times the world's factor; 0 where the actor takes it to
        be impossible.
    chance : [W] the same of all situations that are averaged over.
    """

    here: Mapping[int, Floats]
    everywhere: Mapping[int, Floats]
    is_open: Booleans
    rule: Floats
    chance_here: Floats
    chance: Floats


def weigh_worth(model: Model, plan: Plan, population: Population, *, n_threads: int | None = None) -> Worth:
    """Find what stakes are worth in every world.

    Parameters
    ----------
    plan : of `melian.plan.worth.plan_worth`.
    """
    n_worlds = population.n_worlds
    joint, certificate = Gathered((2, padded(n_worlds))), np.zeros((2, padded(n_worlds)))
    stakes = {index: np.zeros(padded(n_worlds)) for index in plan.stakes}
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(block: Block) -> None:
        count = min(crew.block, certificate.shape[1] - block.start)
        here = slice(block.start, block.start + count)
        joint.put(here, *block.weight(plan.joint, count))
        certificate[:, here] = block.certificate[:, :count]
        for index, register in plan.stakes.items():
            stakes[index][here] = block.given(register, plan.joint, count)

    crew.run(take)
    chance = joint.level(n_worlds)[0]
    return Worth(
        evidence=chance.sum(axis=0),
        event=_given(chance[1], chance.sum(axis=0)),
        stakes={index: worth[:n_worlds] for index, worth in stakes.items()},
        unsettled=unsettled_of(*certificate[:, :n_worlds]),
    )


def weigh_situations(
    model: Model, plan: Plan, population: Population, *, n_threads: int | None = None
) -> Mapping[int, Floats]:
    """Find how likely each situation is in which a choice is made, with the evidence.

    Parameters
    ----------
    plan : of `melian.plan.worth.plan_reckoning`.

    Returns
    -------
    By choice, [states of each axis of its rule but its own] sum over worlds.
    """
    n_segments = padded(population.n_worlds) // SEGMENT
    shapes = {choice: _lengths(model, plan, each.situations) for choice, each in plan.reckonings.items()}
    sums = {choice: Gathered((*shape, n_segments)) for choice, shape in shapes.items()}
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(block: Block) -> None:
        count = min(crew.block, n_segments * SEGMENT - block.start)
        segments = slice(block.start // SEGMENT, (block.start + count) // SEGMENT)
        for choice, each in plan.reckonings.items():
            sums[choice].put(segments, *block.segments(each.situations, count))

    crew.run(take)
    return {choice: each.level()[0].sum(axis=-1) for choice, each in sums.items()}


def weigh_reckoning(
    model: Model,
    plan: Plan,
    population: Population,
    at: Mapping[int, tuple[int, ...]],
    *,
    n_threads: int | None = None,
) -> Mapping[int, Reckoned]:
    """Find what every option brings, by choice.

    Parameters
    ----------
    plan : of `melian.plan.worth.plan_reckoning`.
    at : by choice, the situation that is asked about: a state for each axis of its rule but its own.
    """
    n_worlds = population.n_worlds
    opens = {choice: _openings(model, plan, choice, each) for choice, each in plan.reckonings.items()}
    found = {choice: _empty(_at(opens[choice], at[choice]), each, n_worlds) for choice, each in plan.reckonings.items()}
    chances = {choice: Gathered((2, n_worlds)) for choice in found}
    crew = Crew(model, plan, population, n_threads=n_threads)

    def take(block: Block) -> None:
        count = min(crew.block, n_worlds - block.start)
        worlds = slice(block.start, block.start + count)
        for choice, each in plan.reckonings.items():
            looked_at = _Looked(plan, choice, block, worlds)
            chances[choice].put(worlds, *_fill(looked_at, each, found[choice], at[choice], opens[choice]))

    crew.run(take)
    for choice, each in found.items():
        each.chance_here[...], each.chance[...] = chances[choice].level()[0]
    return found


def parameters_of(population: Population, slots: Sequence[int]) -> Floats:
    """Parameters [slots, W] of every world."""
    blocks = [population.block(start, BLOCK)[list(slots)] for start in range(0, population.n_worlds, BLOCK)]
    return np.concatenate(blocks, axis=1)[:, : population.n_worlds]


def _given(part: Floats, whole: Floats) -> Floats:
    """Part over whole; 0 where the whole is."""
    return np.divide(part, whole, out=np.zeros_like(part), where=np.broadcast_to(whole > 0, part.shape))


def _at(array: NDArray[Number], situation: tuple[int, ...]) -> NDArray[Number]:
    """Array [O, states of what is seen, ...] in one situation."""
    place: tuple[slice | int, ...] = (slice(None), *situation)
    return array[place]


def _lengths(model: Model, plan: Plan, register: int) -> tuple[int, ...]:
    return tuple(model.variables[axis].n_states for axis in plan.axes[register])


def _openings(model: Model, plan: Plan, choice: int, reckoning: Reckoning) -> Booleans:
    """Which options are open, [O, states of each axis of the rule but its own]."""
    is_open = open_options(model, plan.axes[reckoning.rule], choice)
    return is_open.T.reshape(-1, *_lengths(model, plan, reckoning.situations))


def _empty(is_open: Booleans, reckoning: Reckoning, n_worlds: int) -> Reckoned:
    shape = (is_open.size, n_worlds)
    here, everywhere = ({term.utility: np.zeros(shape) for term in reckoning.terms} for _ in range(2))
    return Reckoned(here, everywhere, is_open, np.zeros(shape), np.zeros(n_worlds), np.zeros(n_worlds))


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one block left in its registers; the axis of the choice is moved to the front, before its situations."""

    plan: Plan
    choice: int
    block: Block
    worlds: slice

    @property
    def count(self) -> int:
        """Worlds of the block that there are."""
        return int(self.worlds.stop - self.worlds.start)

    def over(self, register: int, axes: tuple[int, ...]) -> Floats:
        """Register [O or 1, states of the other axes or 1, W]."""
        return self._spread(self.block.registers[register][..., : self.count], register, axes)

    def situations(self, register: int, axes: tuple[int, ...]) -> tuple[Floats, Powers | None]:
        """Weight of every situation, [states of the other axes or 1, W], over a power of two for each world."""
        weight, powers = self.block.weight(register, self.count)
        if powers is None:
            return self._spread(weight, register, axes)[0], None
        level, top = levelled(weight, powers, tuple(range(weight.ndim - 1)))
        return self._spread(level, register, axes)[0], top.reshape(-1)

    def _spread(self, array: Floats, register: int, axes: tuple[int, ...]) -> Floats:
        lengths = dict(zip(self.plan.axes[register], array.shape, strict=False))
        spread = array.reshape(*(lengths.get(axis, 1) for axis in axes), self.count)
        return np.moveaxis(spread, axes.index(self.choice), 0)


def _fill(
    looked_at: _Looked, reckoning: Reckoning, into: Reckoned, at: tuple[int, ...], openings: Booleans
) -> tuple[Floats, Powers | None]:
    """Take in one block; only what can come about, by the actor's lights, counts.

    Returns
    -------
    [2, W] chance of the situation asked about and of all, and powers of two.
    """
    axes, worlds, n_worlds = looked_at.plan.axes[reckoning.rule], looked_at.worlds, looked_at.count
    rule = looked_at.over(reckoning.rule, axes)
    compared: Booleans = np.all(openings[into.is_open], axis=0)
    possible = np.broadcast_to(compared[..., np.newaxis], rule.shape[1:])
    expected = {}
    for term in reckoning.terms:
        expected[term.utility] = np.broadcast_to(looked_at.over(term.expectation, axes), rule.shape)
        if term.reach is not None:
            reach = np.broadcast_to(looked_at.over(term.reach, axes), rule.shape)
            possible = possible & (reach[into.is_open] > 0).all(axis=0)
            expected[term.utility] = _given(expected[term.utility], reach)
    weight, powers = looked_at.situations(reckoning.situations, axes)
    situations = weight * possible
    chance = situations.reshape(-1, n_worlds).sum(axis=0)
    into.rule[:, worlds] = _at(rule, at)
    for utility, worth in expected.items():
        by_situation = worth.reshape(len(rule), -1, n_worlds)
        into.here[utility][:, worlds] = _at(worth, at)
        summed = np.einsum("osw,sw->ow", by_situation, situations.reshape(-1, n_worlds))
        into.everywhere[utility][:, worlds] = _given(summed, chance)
    found = np.stack([situations[at], chance])
    return found, None if powers is None else np.broadcast_to(powers, found.shape)
