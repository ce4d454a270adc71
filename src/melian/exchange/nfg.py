"""Reading Gambit's strategic games (`.nfg`), in the version with payoffs and in the one with outcomes.

The grammar is that of Gambit's documentation, "The strategic game (.nfg) file format". Strategies may be counted or
named, and cells priced directly or by outcomes; as in Gambit, either may go with either.
"""

from fractions import Fraction
from math import prod

from melian.exchange.draft import Draft
from melian.exchange.game import Game, Outcome, Table
from melian.exchange.head import payoffs_in, read_head
from melian.exchange.limits import MAX_ACTIONS, MAX_NODES
from melian.exchange.scan import FormatError, Scanner
from melian.source.diagnostic import Diagnostic, error, has_errors
from melian.source.text import Source, Span


def read_nfg(source: Source) -> tuple[Table | None, list[Diagnostic]]:
    """Table in a text, or None where an error stands in the way; and all that there is to be told about it."""
    found: list[Diagnostic] = []
    try:
        table = _read(source, found)
    except FormatError as trouble:
        found.append(trouble.diagnostic)
        return None, found
    return (None if has_errors(found) else table), found


def as_extensive(table: Table) -> Game:
    """Tree in which the players move one after another, none seeing what the others did."""
    draft = Draft(table.title, table.comment, table.players)
    sets = [draft.information_set(player, "", labels) for player, labels in enumerate(table.strategies)]
    outcomes = [draft.outcome(outcome.label, outcome.payoffs) for outcome in table.outcomes]
    strides = [prod(len(labels) for labels in table.strategies[:player]) for player in range(len(sets))]
    waiting = [(0, 0)]  # (player to move, cell so far), the next one last
    while waiting:
        player, cell = waiting.pop()
        if player == len(sets):
            place = table.cells[cell]
            draft.add("", None, None if place is None else outcomes[place])
            continue
        draft.add("", sets[player], None)
        moves = range(len(table.strategies[player]))
        waiting += [(player + 1, cell + move * strides[player]) for move in reversed(moves)]
    return draft.freeze()


def _read(source: Source, found: list[Diagnostic]) -> Table:
    scan = Scanner(source, "nfg-syntax")
    title, players = read_head(scan, "NFG", "1", found)
    strategies = _strategies(scan, len(players))
    comment = scan.maybe("text")
    n_cells = prod(len(labels) for labels in strategies)
    if n_cells > MAX_NODES // 2:
        headline = f"the table has more than {MAX_NODES // 2:,} cells"
        raise FormatError(error("game-too-large", headline, scan.next.span, "it begins here"))
    outcomes, cells = (_by_outcome if scan.next.kind == "open" else _by_payoff)(scan, len(players), n_cells, found)
    if scan.next.kind != "end":
        label = f"{n_cells} cells were expected, and they end before this"
        found.append(error("nfg-cell-count", "the table has too many entries", scan.next.span, label))
    return Table(title, comment.text if comment else "", players, strategies, outcomes, cells)


def _strategies(scan: Scanner, n_players: int) -> tuple[tuple[str, ...], ...]:
    """Strategies of each player: labels in braces, or their number."""
    start = scan.take("open", "a list of strategies in braces")
    strategies: list[tuple[str, ...]] = []
    while scan.next.kind != "close":
        here = scan.next.span
        if scan.next.kind == "open":
            labels = tuple(token.text for token in scan.texts("strategies"))
            if not labels:
                raise scan.trouble("a player has no strategy", here, "at least one is needed")
        else:
            labels = tuple(str(k + 1) for k in range(min(_many(scan), MAX_ACTIONS + 1)))
        if len(labels) > MAX_ACTIONS:
            headline = f"a player has more than {MAX_ACTIONS:,} strategies"
            raise FormatError(error("game-too-large", headline, here, "the bound is passed here"))
        strategies.append(labels)
    end = scan.take("close", "a closing brace")
    if len(strategies) != n_players:
        span = Span(scan.source, start.span.start, end.span.end)
        headline = "there is not one list of strategies for each player"
        raise scan.trouble(headline, span, f"{len(strategies)} for {n_players} players")
    return tuple(strategies)


def _many(scan: Scanner) -> int:
    return scan.integer("the number of strategies", least=1)[0]


def _by_outcome(
    scan: Scanner, n_players: int, n_cells: int, found: list[Diagnostic]
) -> tuple[tuple[Outcome, ...], tuple[int | None, ...]]:
    """Outcomes in braces, and their numbers for the cells."""
    scan.take("open", "a list of outcomes in braces")
    outcomes = []
    while not scan.maybe("close"):
        scan.take("open", "an outcome in braces")
        name = scan.maybe("text")
        payoffs, _ = payoffs_in(scan, n_players, opened=True)
        outcomes.append(Outcome(name.text if name else "", payoffs))
    cells: list[int | None] = []
    while len(cells) < n_cells:
        _expect_more(scan, len(cells), n_cells)
        number, token = scan.integer("the number of an outcome", least=0)
        if number > len(outcomes):
            has = f"the list has {len(outcomes)}"
            found.append(error("nfg-unknown-outcome", f"there is no outcome {number}", token.span, has))
        cells.append(number - 1 if number else None)
    return tuple(outcomes), tuple(cells)


def _by_payoff(
    scan: Scanner, n_players: int, n_cells: int, found: list[Diagnostic]
) -> tuple[tuple[Outcome, ...], tuple[int | None, ...]]:
    """Payoffs one after another, cell by cell."""
    outcomes = []
    for cell in range(n_cells):
        payoffs: list[Fraction] = []
        while len(payoffs) < n_players:
            _expect_more(scan, cell, n_cells)
            payoffs.append(scan.number("a payoff")[0])
            scan.maybe("comma")
        outcomes.append(Outcome("", tuple(payoffs)))
    return tuple(outcomes), tuple(range(n_cells))


def _expect_more(scan: Scanner, cell: int, n_cells: int) -> None:
    """Refuse a file that ends before its table does."""
    if scan.next.kind == "end":
        label = f"{n_cells} cells were expected, and cell {cell + 1} is not whole"
        raise FormatError(error("nfg-cell-count", "the table has too few entries", scan.next.span, label))
