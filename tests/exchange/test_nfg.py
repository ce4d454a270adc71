"""Reading strategic games, in both versions, and their trees."""

from fractions import Fraction

import pytest

from melian.errors import CaseError
from melian.exchange.nfg import as_extensive, read_nfg
from melian.exchange.read import parse_game, read_game
from melian.source.render import concise
from melian.source.text import Source

PAYOFFS = """NFG 1 R "Three by two" { "Row" "Column" } { 3 2 }
"Cell by cell"
1 1  0 2  0 2
1 1  0 3  2 0
"""
OUTCOMES = """NFG 1 R "Three by two" { "Row" "Column" }
{ { "1" "2" "3" } { "1" "2" } }
"Cell by cell"
{ { "even" 1, 1 } { "low" 0 2 } { "" 0, 3 } { "high" 2, 0 } }
1 2 2 1 3 4
"""


def payoffs_of(text: str) -> list[tuple[Fraction, ...]]:
    table, found = read_nfg(Source("game.nfg", text))
    assert found == []
    assert table is not None
    nothing = (Fraction(0),) * len(table.players)
    return [nothing if cell is None else table.outcomes[cell].payoffs for cell in table.cells]


def test_both_versions_give_the_same_table() -> None:
    assert payoffs_of(PAYOFFS) == payoffs_of(OUTCOMES)
    assert payoffs_of(PAYOFFS)[5] == (Fraction(2), Fraction(0))


def test_outcome_0_pays_nothing() -> None:
    assert payoffs_of(OUTCOMES.replace("1 2 2 1 3 4", "0 2 2 1 3 4"))[0] == (Fraction(0), Fraction(0))


def test_the_tree_has_one_information_set_for_each_player_and_the_cells_in_their_places() -> None:
    table, _ = read_nfg(Source("game.nfg", PAYOFFS))
    assert table is not None
    game = as_extensive(table)
    assert [(place.id, len(place.members), place.actions) for place in game.information_sets] == [
        ("1:1", 1, ("1", "2", "3")),
        ("2:1", 3, ("1", "2")),
    ]
    ends = [game.outcomes[node.outcome].payoffs for node in game.nodes if node.outcome is not None]
    assert ends == [tuple(map(Fraction, pair)) for pair in [(1, 1), (1, 1), (0, 2), (0, 3), (0, 2), (2, 0)]]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2 0\n", "2\n", "5:1: error[nfg-cell-count]: the table has too few entries"),
        ("2 0\n", "2 0 7\n", "4:15: error[nfg-cell-count]: the table has too many entries"),
        ("{ 3 2 }", "{ 3 }", "1:43: error[nfg-syntax]: there is not one list of strategies for each player"),
        ("{ 3 2 }", "{ 3 0 }", "1:47: error[nfg-syntax]: the number of strategies is 0"),
        ("{ 3 2 }", "{ 999999999 2 }", "1:45: error[game-too-large]: a player has more than 1,000 strategies"),
        ("0 3", "0 x", "4:8: error[nfg-syntax]: `x` stands out of place"),
    ],
)
def test_an_error_says_where_and_what(old: str, new: str, told: str) -> None:
    assert old in PAYOFFS
    _, found = parse_game(Source("game.nfg", PAYOFFS.replace(old, new, 1)))
    assert concise(found).startswith(f"game.nfg:{told}")


def test_a_file_is_read_by_what_it_begins_with(tmp_path: object) -> None:
    path = tmp_path / "game.txt"  # type: ignore[operator]
    path.write_text(PAYOFFS, encoding="utf-8")
    game, found = read_game(path)
    assert game.players == ("Row", "Column")
    assert found == ()
    path.write_text("<gambit/>", encoding="utf-8")
    with pytest.raises(CaseError, match="no game in one of Gambit's formats"):
        read_game(path)
