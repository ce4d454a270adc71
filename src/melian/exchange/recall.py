"""Who forgets what: information sets at which a player no longer knows what it did, or knew, before.

A player has perfect recall if, wherever it cannot tell two nodes apart, its own earlier information sets and actions on
the way to both are the same (Osborne and Rubinstein 1994, section 11.1.3).
"""

from dataclasses import dataclass
from typing import Literal

from melian.exchange.game import Game
from melian.exchange.past import OwnPast, own_past

Forgotten = Literal["action", "information", "absent-minded"]


@dataclass(frozen=True, slots=True)
class Lapse:
    """What is forgotten at one information set; indices among the game's information sets.

    Attributes
    ----------
    place : where something is forgotten.
    forgotten : `action`: what was done at `earlier`; `information`: whether play came by `earlier`, and so what was
        known there; `absent-minded`: a path meets the set itself twice.
    """

    place: int
    forgotten: Forgotten
    earlier: int


def lapses(game: Game) -> tuple[Lapse, ...]:
    """Every information set whose player has forgotten something there, with the first thing that it forgot."""
    found = []
    for player in range(len(game.players)):
        past = own_past(game, player)
        found += [lapse for at in range(len(past.sets)) if (lapse := _lapse(past, at)) is not None]
    return tuple(found)


def _lapse(past: OwnPast, at: int) -> Lapse | None:
    """What is forgotten at one set, if anything."""
    steps = past.steps_before(at)
    if any(place == at for step in steps for place, _ in past.back_from(step)):
        return Lapse(past.sets[at], "absent-minded", past.sets[at])
    if len(steps) == 1:
        return None
    one, other = (list(past.back_from(step))[::-1] for step in steps[:2])
    for (place, action), (elsewhere, again) in zip(one, other, strict=False):
        if place != elsewhere:
            return Lapse(past.sets[at], "information", past.sets[place])
        if action != again:
            return Lapse(past.sets[at], "action", past.sets[place])
    longer = max(one, other, key=len)
    return Lapse(past.sets[at], "information", past.sets[longer[min(len(one), len(other))][0]])
