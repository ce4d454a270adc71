"""The sheet of `melian behaviour` for a game file: how each player chooses at each information set."""

from collections.abc import Iterator
from math import isfinite

from melian.solve.games.equilibrium import SolvedGame, SolvedSet
from melian.view import wording
from melian.view.sheet import Bar, BarGroups, Bars, Block, Heading, Paragraph, Share, Sheet


def game_sheet(solved: SolvedGame) -> Sheet:
    """What to show of a solved game."""
    blocks: list[Block] = [Paragraph(_solved(solved))]
    if solved.status != "solved":
        blocks.append(Paragraph(_not_solved(solved), "warn"))
    for player in dict.fromkeys(place.player for place in solved.sets):
        blocks += [Heading(player), BarGroups(tuple(_sets(solved, player)))]
    blocks.append(Paragraph(_payoffs(solved)))
    blocks.append(Paragraph(_certificate(solved), "quiet"))
    return Sheet(solved.title or "A game", tuple(blocks))


def _solved(solved: SolvedGame) -> str:
    if not all(isfinite(precision) for precision in solved.precision):
        return "Best responses, by backward induction; payoffs as in the file."
    precisions = dict.fromkeys(f"{precision:g}" for precision in solved.precision)
    said = wording.listed(list(precisions))
    return f"Agent logit equilibrium on the branch from even play, at precision {said}; payoffs as in the file."


def _not_solved(solved: SolvedGame) -> str:
    return (
        f"Not certified ({solved.status}): what follows is the last point on the branch, at"
        f" {wording.percent(solved.reached, wording.FINE)} of the precision asked for."
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
