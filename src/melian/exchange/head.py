"""What the two kinds of Gambit's files have in common: how they begin, numbers, and payoffs between braces."""

from fractions import Fraction

from melian.exchange.limits import MAX_PLAYERS
from melian.exchange.scan import FormatError, Scanner
from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Span


def read_head(scan: Scanner, word: str, version: str, found: list[Diagnostic]) -> tuple[str, tuple[str, ...]]:
    """Title and players, after the kind of the file and its version.

    Parameters
    ----------
    word : `EFG` or `NFG`.
    version : the one that is known.
    found : takes what is to be told.
    """
    for text, what in ((word, f"the word {word}, with which such a file begins,"), (version, f"the version {version}")):
        if scan.next.kind != "word" or scan.next.text != text:
            raise scan.expected(what)
        scan.maybe("word")
    if scan.next.kind != "word" or scan.next.text not in ("R", "D"):
        raise scan.expected("the letter R")
    scan.maybe("word")
    title = scan.take("text", "the title, a quoted text,").text
    players = scan.texts("players")
    if len(players) > MAX_PLAYERS:
        headline = f"the game has more than {MAX_PLAYERS} players"
        found.append(error("game-too-large", headline, players[MAX_PLAYERS].span, "the bound is passed here"))
    return title, tuple(player.text for player in players)


def payoffs_in(scan: Scanner, n_players: int, *, opened: bool = False) -> tuple[tuple[Fraction, ...], Span]:
    """Payoffs between braces, with or without commas between them, and where they stand.

    Parameters
    ----------
    opened : whether the opening brace has been read.
    """
    start = scan.next if opened else scan.take("open", "payoffs in braces")
    payoffs: list[Fraction] = []
    while scan.next.kind != "close" and len(payoffs) <= n_players:
        payoffs.append(scan.number("a payoff")[0])
        scan.maybe("comma")  # Gambit takes one after the last payoff, too
    if len(payoffs) != n_players:
        headline = "an outcome has not one payoff for each player"
        has = f"{len(payoffs)} of {n_players}" if len(payoffs) < n_players else f"more than {n_players}"
        span = Span(scan.source, start.span.start, scan.next.span.end)
        raise FormatError(error("efg-payoff-count", headline, span, has))
    end = scan.take("close", "a closing brace")
    return tuple(payoffs), Span(scan.source, start.span.start, end.span.end)
