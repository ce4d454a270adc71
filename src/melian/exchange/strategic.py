"""The strategic form of an extensive game: every plan that a player may make, and what each combination of plans pays.

Plans that differ only at information sets which they themselves rule out are one (the reduced strategic form; Osborne
and Rubinstein 1994, section 6.4). What is paid is exact; a number too long to be written is rounded to 40 decimals.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from melian.errors import PlanError
from melian.exchange.game import NOBODY, Game, Outcome, Table
from melian.exchange.limits import MAX_ACTIONS, MAX_NODES
from melian.exchange.numbers import MAX_BITS, MAX_DIGITS, common_denominator
from melian.exchange.past import OwnPast, own_past

MAX_CELLS: Final = MAX_NODES // 2
MAX_WORK: Final = 20_000_000  # cells that ends of the tree pay into, counted with repetition: seconds
MAX_KNOWN: Final = 50_000_000  # plans times steps of a player's own past
DECIMALS: Final = 40

Plan = tuple[int, ...]  # action at each of a player's sets; NOBODY where the plan never comes
Groups = Mapping[tuple[int, ...], tuple[Fraction, ...]]


def as_table(game: Game) -> Table:
    """Reduced strategic form of a game.

    Raises
    ------
    PlanError
        `game-too-many-plans` where the table would be beyond bounds, before it is made.
    """
    pasts = [own_past(game, player) for player in range(len(game.players))]
    plans = [_plans(game, past) for past in pasts]
    shape = tuple(len(mine) for mine in plans)
    if prod(shape) > MAX_CELLS:
        raise _too_many(game, f"the table would have {prod(shape):,} cells, more than {MAX_CELLS:,}")
    if any(len(mine) * len(past.above) > MAX_KNOWN for mine, past in zip(plans, pasts, strict=True)):
        raise _too_many(game, "the plans are too many for so large a tree")
    kept = [_followed(past, mine) for past, mine in zip(pasts, plans, strict=True)]
    cells = _filled(game, _ends(game, pasts), kept, shape)
    index = {paid: number for number, paid in enumerate(dict.fromkeys(cells))}
    outcomes = tuple(Outcome(str(number + 1), paid) for paid, number in index.items())
    labels = tuple(_labels(game, past, mine) for past, mine in zip(pasts, plans, strict=True))
    return Table(game.title, game.comment, game.players, labels, outcomes, tuple(index[paid] for paid in cells))


def _too_many(game: Game, message: str) -> PlanError:
    counts = [sum(place.player == player for place in game.information_sets) for player in range(len(game.players))]
    most = max(range(len(counts)), key=counts.__getitem__)
    notes = ["write it as .efg: a tree needs one node for each move, a table one cell for each combination of plans"]
    return PlanError(message, notes, code="game-too-many-plans", nodes=[game.players[most]])


def _plans(game: Game, past: OwnPast) -> list[Plan]:
    """Every plan of a player; sets are decided in the order in which the tree, as far as the plan leads, meets them.

    A set that is met in several parts of the tree may come after another in the one and before it in the other.
    """
    found: list[Plan] = []
    ahead: list[list[int]] = [[NOBODY] * len(past.sets)]
    while ahead:
        plan = ahead.pop()
        place = _undecided(past, plan)
        if place is None:
            found.append(tuple(plan))
            if len(found) > MAX_ACTIONS:
                player = game.players[game.information_sets[past.sets[0]].player]
                raise _too_many(game, f"`{player}` has more than {MAX_ACTIONS:,} plans")
            continue
        actions = range(len(game.information_sets[past.sets[place]].actions))
        ahead += [[*plan[:place], action, *plan[place + 1 :]] for action in reversed(actions)]
    return found


def _undecided(past: OwnPast, plan: list[int]) -> int | None:
    """First set that a plan may lead to and says nothing of."""
    return next((place for place, step in past.met if plan[place] == NOBODY and _leads_to(past, plan, step)), None)


def _leads_to(past: OwnPast, plan: list[int], step: int) -> bool:
    return all(plan[place] == action for place, action in past.back_from(step))


def _followed(past: OwnPast, plans: list[Plan]) -> NDArray[np.bool_]:
    """[steps, plans] whether a plan does what leads to a step of the player's past."""
    table = np.array(plans, dtype=np.int64).reshape(len(plans), len(past.sets))
    kept = np.ones((len(past.above), len(plans)), dtype=np.bool_)
    for at, (before, place, action) in enumerate(past.above):
        if at:
            kept[at] = kept[before] & (table[:, place] == action)
    return kept


def _ends(game: Game, pasts: list[OwnPast]) -> Groups:
    """What the ends pay times the chance that chance leads there, summed by the players' own pasts."""
    nothing = (Fraction(0),) * len(game.players)
    found: dict[tuple[int, ...], tuple[Fraction, ...]] = {}
    chance, paid = [Fraction(1)] * len(game.nodes), [nothing] * len(game.nodes)
    for number, node in enumerate(game.nodes):
        if node.outcome is not None:
            paid[number] = _plus(paid[number], game.outcomes[node.outcome].payoffs)
        for branch, child in enumerate(node.children):
            lot = game.events[node.place].chances[branch] if node.kind == "chance" else 1
            chance[child], paid[child] = _bounded(chance[number] * lot), paid[number]
        if not node.children and chance[number]:
            key = tuple(past.of_node[number] for past in pasts)
            worth = tuple(_bounded(chance[number] * value) for value in paid[number])
            found[key] = _plus(found.get(key, nothing), worth)
    return found


def _plus(one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(_bounded(a + b) for a, b in zip(one, other, strict=True))


def _bounded(value: Fraction) -> Fraction:
    if value.denominator.bit_length() > MAX_BITS:
        raise PlanError("expected payoffs are too fine to be computed exactly", code="game-too-many-plans", nodes=())
    return value


def _filled(
    game: Game, groups: Groups, kept: list[NDArray[np.bool_]], shape: tuple[int, ...]
) -> list[tuple[Fraction, ...]]:
    """Payoffs of every cell, the first player's plan moving fastest."""
    where = [tuple(np.flatnonzero(mine[at]) for mine, at in zip(kept, key, strict=True)) for key in groups]
    work = sum(prod(len(index) for index in indices) for indices in where)
    if work > MAX_WORK:
        raise _too_many(game, f"filling the table would take {work:,} additions, more than {MAX_WORK:,}")
    columns: list[list[Fraction]] = []
    for player in range(len(shape)):
        values = [worth[player] for worth in groups.values()]
        common = common_denominator(tuple(values))
        if common is None:
            raise _too_many(game, "expected payoffs are too fine to be added exactly")
        sums: NDArray[Any] = np.zeros(shape, dtype=object)  # integers of any size
        for value, indices in zip(values, where, strict=True):
            sums[np.ix_(*indices)] += int(value * common)
        columns.append([_shortened(Fraction(total, common)) for total in sums.ravel(order="F").tolist()])
    return list(zip(*columns, strict=True)) if columns else [()]


def _shortened(value: Fraction) -> Fraction:
    """Number that a file can hold."""
    if len(str(value)) <= MAX_DIGITS:
        return value
    with localcontext(prec=2 * DECIMALS):
        return Fraction(round(Decimal(value.numerator) / value.denominator, DECIMALS))


def _labels(game: Game, past: OwnPast, plans: list[Plan]) -> tuple[str, ...]:
    """What each plan says: the action where there is one set, else each set's number with the action there."""
    places = [game.information_sets[at] for at in past.sets]
    if len(places) == 1:
        return tuple(places[0].actions[plan[0]] for plan in plans)
    said = (
        ", ".join(f"{place.number} {place.actions[k]}" for place, k in zip(places, plan, strict=True) if k != NOBODY)
        for plan in plans
    )
    return tuple(text or "no move" for text in said)
