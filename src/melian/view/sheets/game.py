"""The sheet of `melian behaviour` for a game file: how each player chooses at each information set."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final

from melian.answer import rounding
from melian.answer.game import notes_on
from melian.answer.ranking import ranked
from melian.solve.games.equilibrium import SolvedGame, SolvedSet
from melian.view import wording
from melian.view.sheet import Bar, BarGroups, Bars, Block, Entries, Entry, Heading, Paragraph, Share, Sheet, Words

SHOWN: Final = 3  # other equilibria
SETS: Final = 8  # information sets of each


def game_sheet(solved: SolvedGame, others: Sequence[SolvedGame] | None = None) -> Sheet:
    """What to show of a solved game.

    Parameters
    ----------
    others : other equilibria at the precision; None where they were not sought.
    """
    blocks: list[Block] = [Paragraph(_solved(solved))]
    if solved.status != "solved":
        blocks.append(Paragraph(_not_solved(solved), "warn"))
    for player in dict.fromkeys(place.player for place in solved.sets):
        blocks += [Heading(player), BarGroups(tuple(_sets(solved, player)))]
    blocks.append(Paragraph(_payoffs(solved)))
    blocks += [Paragraph(note) for note in notes_on(solved) if solved.status == "solved"]
    blocks += _others(others)
    blocks.append(Paragraph(_certificate(solved), "quiet"))
    return Sheet(solved.title or "A game", tuple(blocks))


def _others(others: Sequence[SolvedGame] | None) -> Iterator[Block]:
    if others is None:
        return
    if not others:
        yield Paragraph("No other equilibrium was found at this precision.")
        return
    yield Heading("Other self-consistent stories")
    found = (
        f"{wording.counted(len(others), 'other point')} at this precision found, where the players answer each other"
    )
    yield Paragraph(f"{found} as well. The most different first:")
    yield Entries(tuple(Entry(Words("another"), _story(other), _payoffs(other)) for other in others[:SHOWN]))


def _story(other: SolvedGame) -> str:
    """What is done most at each set that play may reach, the likeliest set first."""
    likeliest = ranked((place for place in other.sets if len(place.actions) > 1), key=lambda place: place.reach)
    parts = []
    for place in likeliest[:SETS]:
        most = ranked(range(len(place.actions)), key=place.chances.__getitem__)[0]
        parts.append(f"{place.id} {place.actions[most]} {wording.percent(place.chances[most], rounding.FINE)}")
    return ", ".join(parts)


def _solved(solved: SolvedGame) -> str:
    if not all(isfinite(precision) for precision in solved.precision):
        return "Best responses, by backward induction; payoffs as in the file."
    precisions = dict.fromkeys(f"{precision:g}" for precision in solved.precision)
    said = wording.listed(list(precisions))
    return f"Agent logit equilibrium on the branch from even play, at precision {said}; payoffs as in the file."


def _not_solved(solved: SolvedGame) -> str:
    return (
        f"Not certified ({solved.status}): what follows is the last point on the branch, at"
        f" {wording.percent(solved.reached, rounding.FINE)} of the precision asked for."
    )


def _sets(solved: SolvedGame, player: str) -> Iterator[Bars]:
    for place in solved.sets:
        if place.player == player:
            pairs = zip(place.actions, place.chances, strict=True)
            yield Bars(place.id, tuple(Bar(action, Share(chance)) for action, chance in pairs), _note(place))


def _note(place: SolvedSet) -> str:
    return ", ".join(part for part in (place.label, "never comes about" if place.is_unreached else "") if part)


def _payoffs(solved: SolvedGame) -> str:
    worths = (f"{player} {worth:.6g}" for player, worth in zip(solved.players, solved.payoffs, strict=True))
    return f"Expected payoffs: {wording.listed(list(worths))}."


def _certificate(solved: SolvedGame) -> str:
    found = solved.certificate
    return (
        f"Certificate: log odds are off by at most {found.residual:.1e}; nobody could gain more than"
        f" {found.regret:.1e} of their payoff range at one information set."
    )
