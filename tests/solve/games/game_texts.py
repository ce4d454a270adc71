"""Published games, typed in by hand, and random ones; the equations of equilibrium by plain enumeration."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import numpy as np

from melian.exchange.draft import Draft
from melian.exchange.game import NOBODY, Game, Outcome, Table
from melian.exchange.nfg import as_extensive

# Selten (1975), Figure 1
HORSE = """EFG 2 R "Horse" { "One" "Two" "Three" }
p "" 1 1 "" { "C" "D" } 0
p "" 2 1 "" { "c" "d" } 0
t "" 1 "" { 1 1 1 }
p "" 3 1 "" { "L" "R" } 0
t "" 2 "" { 4 4 0 }
t "" 3 "" { 0 0 1 }
p "" 3 1 0
t "" 4 "" { 3 3 2 }
t "" 5 "" { 0 0 0 }
"""

# Cho and Kreps (1987), beer and quiche
BEER = """EFG 2 R "Beer and quiche" { "Sender" "Receiver" }
c "" 1 "" { "surly" 9/10 "wimp" 1/10 } 0
p "" 1 1 "surly" { "beer" "quiche" } 0
p "" 2 1 "beer" { "duel" "leave" } 0
t "" 1 "" { 1 0 }
t "" 2 "" { 3 1 }
p "" 2 2 "quiche" { "duel" "leave" } 0
t "" 3 "" { 0 0 }
t "" 4 "" { 2 1 }
p "" 1 2 "wimp" { "beer" "quiche" } 0
p "" 2 1 0
t "" 5 "" { 0 1 }
t "" 6 "" { 2 0 }
p "" 2 2 0
t "" 7 "" { 1 1 }
t "" 8 "" { 3 0 }
"""

# McKelvey and Palfrey (1992), four moves: the pot doubles at each
CENTIPEDE = """EFG 2 R "Centipede" { "Red" "Blue" }
p "" 1 1 "" { "take" "pass" } 0
t "" 1 "" { .40 .10 }
p "" 2 1 "" { "take" "pass" } 0
t "" 2 "" { .20 .80 }
p "" 1 2 "" { "take" "pass" } 0
t "" 3 "" { 1.60 .40 }
p "" 2 2 "" { "take" "pass" } 0
t "" 4 "" { .80 3.20 }
t "" 5 "" { 6.40 1.60 }
"""

# Goeree and Holt (2001), asymmetric matching pennies, in cents
PENNIES = 'NFG 1 R "Matching pennies" { "Row" "Column" } { 2 2 } 320 40  40 80  40 80  80 40'

SEXES = 'NFG 1 R "Battle of the sexes" { "She" "He" } { 2 2 } 3 2  0 0  0 0  2 3'

# Its branch turns back at precision 2.689 and forward again at 1.908: three points for each precision between them.
TURNING = """NFG 1 R "A branch that turns" { "One" "Two" "Three" } { 2 2 2 }
6 6 8  6 1 2  3 0 0  2 8 7  9 4 8  6 7 1  1 7 0  8 9 5
"""


def kuhn_poker() -> Game:
    """Kuhn (1950): three cards, an ante of one, one bet of one; worth -1/18 to the first player."""
    draft = Draft("Kuhn poker", "", ("First", "Second"))
    deals = list(permutations("JQK", 2))
    deal = draft.event("", tuple(map("".join, deals)), (Fraction(1, 6),) * 6)
    sets = {
        (player, card, seen): draft.information_set(player, f"{card}{seen}", actions)
        for player, seen, actions in [
            (0, "", ("check", "bet")),
            (0, "cb", ("fold", "call")),
            (1, "c", ("check", "bet")),
            (1, "b", ("fold", "call")),
        ]
        for card in "JQK"
    }
    draft.add("", deal, None)
    for first, second in deals:
        won = 1 if "JQK".index(first) > "JQK".index(second) else -1

        def end(gain: int) -> None:
            draft.add("", None, draft.outcome("", (Fraction(gain), Fraction(-gain))))

        draft.add("", sets[0, first, ""], None)
        draft.add("", sets[1, second, "c"], None)
        end(won)
        draft.add("", sets[0, first, "cb"], None)
        end(-1)
        end(2 * won)
        draft.add("", sets[1, second, "b"], None)
        end(1)
        end(2 * won)
    return draft.freeze()


def simultaneous(payoffs: Sequence[Sequence[tuple[float, float]]]) -> Game:
    """Two players; rows are the first one's actions."""
    n_rows, n_columns = len(payoffs), len(payoffs[0])
    cells = [payoffs[row][column] for column in range(n_columns) for row in range(n_rows)]
    outcomes = tuple(Outcome("", (Fraction(a), Fraction(b))) for a, b in cells)
    names = (tuple(map(str, range(n_rows))), tuple(map(str, range(n_columns))))
    return as_extensive(Table("", "", ("Row", "Column"), names, outcomes, tuple(range(len(cells)))))


def random_game(
    random: np.random.Generator,
    *,
    payoff: int = 10,
    denominator: int = 1,
    size: int = 60,
    least_chance: int = 1,
    absent_minded: bool = False,
) -> Game:
    """A tree of two to five moves in a row for two or three players, most information sets with several members.

    Members of a set stand at one depth, unless paths may meet it twice.
    """
    players = tuple(f"P{k}" for k in range(random.integers(2, 4)))
    depth, share, ends = int(random.integers(2, 6)), float(random.choice([0.5, 0.8, 0.95])), random.choice([0, 0.15])
    draft = Draft("random", "", players)
    made: dict[tuple[int, int, int], list[int]] = {}
    while not draft.is_complete:
        at = draft.depth
        if at >= depth or draft.n_nodes > size or (at > 0 and random.random() < ends):
            values = random.integers(-payoff * denominator, payoff * denominator + 1, size=len(players))
            paid = tuple(Fraction(int(value), denominator) for value in values)
            draft.add("", None, draft.outcome(f"o{draft.n_nodes}", paid))
            continue
        mover = NOBODY if random.random() < 0.15 else int(random.integers(len(players)))
        count = int(random.integers(2, 4))
        known = made.setdefault((0 if absent_minded else at, mover, count), [])
        if not known or random.random() > share:
            names = tuple("abc"[:count])
            if mover == NOBODY:
                weights = [int(weight) for weight in random.integers(least_chance, 5, size=count)]
                weights[0] += not any(weights)
                known.append(draft.event("", names, tuple(Fraction(weight, sum(weights)) for weight in weights)))
            else:
                known.append(draft.information_set(mover, "", names))
        draft.add("", known[int(random.integers(len(known)))], None)
    return draft.freeze()


def worths(game: Game, chances: dict[str, tuple[float, ...]]) -> dict[str, list[float]]:
    """Expected payoff of each action to who picks it, given its set: every path by itself, nothing shared.

    A set that cannot be reached is left out.
    """
    weight = [1.0] * len(game.nodes)
    for number, node in enumerate(game.nodes):
        for k, child in enumerate(node.children):
            weight[child] = weight[number] * _chance(game, number, k, chances)
    found = {}
    for place in game.information_sets:
        total = sum(weight[member] for member in place.members)
        if total > 0:
            found[place.id] = [
                sum(
                    weight[member] * _expected(game, game.nodes[member].children[k], place.player, chances)
                    for member in place.members
                )
                / total
                for k in range(len(place.actions))
            ]
    return found


def _expected(game: Game, number: int, player: int, chances: dict[str, tuple[float, ...]]) -> float:
    """Expected payoff from a node on, its own outcome included; payoffs before it are the same for every action."""
    node = game.nodes[number]
    own = float(game.outcomes[node.outcome].payoffs[player]) if node.outcome is not None else 0.0
    return own + sum(
        _chance(game, number, k, chances) * _expected(game, child, player, chances)
        for k, child in enumerate(node.children)
    )


def _chance(game: Game, number: int, k: int, chances: dict[str, tuple[float, ...]]) -> float:
    node = game.nodes[number]
    if node.kind == "chance":
        return float(game.events[node.place].chances[k])
    return chances[game.information_sets[node.place].id][k]


def off_by(game: Game, chances: dict[str, tuple[float, ...]], precision: Sequence[float]) -> float:
    """Largest difference between a chance and the logit response to all of them."""
    worst = 0.0
    for name, values in worths(game, chances).items():
        player = int(name.split(":")[0]) - 1
        score = precision[player] * (np.array(values) - max(values))
        response = np.exp(score) / np.exp(score).sum()
        worst = max(worst, float(np.abs(response - chances[name]).max()))
    return worst
