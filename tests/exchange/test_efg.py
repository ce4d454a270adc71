"""Reading extensive games: what is in them, where an error is, and that no text whatever breaks the reader."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.exchange.game import told_apart
from melian.exchange.limits import MAX_DEPTH, MAX_NODES
from melian.exchange.read import parse_game
from melian.exchange.write import write_efg
from melian.source.render import concise, full
from melian.source.text import Source
from tests.exchange.games import games, parsed

ENTRY = """EFG 2 R "Entry" { "Firm" "Rival" }
"Who knows the market?"

c "" 7 "market" { "good" 0.25 "bad" 3/4 } 0
p "known" 1 4 "sees good" { "in" "out" } 3 "fee" { -.5, 1e1 }
p "" 2 1 "hears" { "fight" "yield" } 0
t "" 1 "war" { 1 -2.50 }
t "" 2 "peace" { 4 0 }
t "" 0
p "" 1 9 "sees bad" { "in" "out" } 0
p "" 2 1 0
t "" 1
t "" 2 "peace" { 4, 0 }
t "" 0
"""


def test_a_game_is_read_whole() -> None:
    game = parsed(ENTRY)
    assert (game.title, game.comment, game.players) == ("Entry", "Who knows the market?", ("Firm", "Rival"))
    assert [node.kind for node in game.nodes] == [
        "chance", "player", "player", "end", "end", "end", "player", "player", "end", "end", "end",
    ]  # fmt: skip
    assert [node.children for node in game.nodes[:3]] == [(1, 6), (2, 5), (3, 4)]
    assert [(place.id, place.label, place.members) for place in game.information_sets] == [
        ("1:1", "sees good", (1,)),
        ("1:2", "sees bad", (6,)),
        ("2:1", "hears", (2, 7)),
    ]
    assert game.events[0].chances == (Fraction(1, 4), Fraction(3, 4))
    assert [(outcome.label, outcome.payoffs) for outcome in game.outcomes] == [
        ("fee", (Fraction(-1, 2), Fraction(10))),
        ("war", (Fraction(1), Fraction(-5, 2))),
        ("peace", (Fraction(4), Fraction(0))),
    ]
    assert [node.outcome for node in game.nodes] == [None, 0, None, 1, 2, None, None, None, 1, 2, None]
    assert not game.has_perfect_information


def test_information_sets_are_numbered_as_the_tree_meets_them_whatever_the_file_calls_them() -> None:
    text = ENTRY.replace("1 4 ", "1 900 ").replace("1 9 ", "1 3 ")
    assert parsed(text).information_sets == parsed(ENTRY).information_sets


def test_white_space_carries_no_meaning() -> None:
    packed = " ".join(ENTRY.replace('{ "', '{"').replace('" }', '"}').split())
    assert parsed(packed) == parsed(ENTRY)
    assert parsed(ENTRY.replace("\n", "\r\n\t")).nodes == parsed(ENTRY).nodes


def test_commas_between_and_after_payoffs_carry_no_meaning() -> None:
    text = ENTRY.replace("{ 1 -2.50 }", "{ 1, -2.50, }").replace("{ 4, 0 }", "{ 4 0, }")
    assert parsed(text) == parsed(ENTRY)


def test_quotes_and_backslashes_are_unescaped() -> None:
    text = 'EFG 2 R "a \\"b\\" c:\\\\d\\e" { "x" }\np "" 1 1 "" { "1\\"" "2" } 0\nt "" 0\nt "" 0\n'
    game = parsed(text)
    assert game.title == 'a "b" c:\\d\\e'
    assert game.information_sets[0].actions == ('1"', "2")


@pytest.mark.parametrize(
    ("labels", "apart"),
    [
        (("x", "y"), ("x", "y")),
        (("x", "x"), ("x_1", "x_2")),
        (("x", "x", "x_1"), ("x_2", "x_3", "x_1")),
        (("x", "x", "x_1", "x_1"), ("x_2", "x_3", "x_1_1", "x_1_2")),
        (("", "_1", ""), ("_2", "_1", "_3")),
    ],
)
def test_equal_labels_are_told_apart_as_gambit_does(labels: tuple[str, ...], apart: tuple[str, ...]) -> None:
    assert told_apart(labels) == apart


@dataclass(frozen=True)
class Wrong:
    """One change to the file, and the diagnostics that it should bring."""

    name: str
    old: str
    new: str
    told: str


WRONG = (
    Wrong(
        "player",
        'p "known" 1 4',
        'p "known" 3 4',
        "game.efg:5:11: error[efg-unknown-player]: there is no player 3: the game has 2 players\n",
    ),
    Wrong(
        "chance",
        "3/4",
        "0.749",
        "game.efg:4:26: error[efg-chance-sum]: the chances of an event do not sum to 1: they sum to 0.999\n",
    ),
    Wrong(
        "outcome",
        't "" 0\np',
        't "" 8\np',
        "game.efg:9:6: error[efg-unknown-outcome]: the outcome 8 has not been described: used here first\n",
    ),
    Wrong(
        "payoffs",
        '2 "peace" { 4, 0 }',
        '2 "peace" { 4, 1 }',
        "game.efg:13:16: error[efg-outcome-mismatch]: the outcome 2 is described again with other payoffs\n",
    ),
    Wrong(
        "label",
        '2 "peace" { 4, 0 }',
        '2 "piece" { 4, 0 }',
        "game.efg:13:8: warning[efg-label-differs]: the outcome has another label where it is described again: "
        "this one is left out\n",
    ),
    Wrong(
        "actions",
        'p "" 2 1 0',
        'p "" 2 1 "hears" { "fight" } 0',
        "game.efg:11:20: error[efg-infoset-mismatch]: the information set is described again in another way: "
        "1 action, where the first description has 2\n",
    ),
    Wrong(
        "set",
        'p "" 2 1 0',
        'p "" 2 5 0',
        "game.efg:11:8: error[efg-unknown-infoset]: the information set 5 of player 2 has not been described: "
        "used here for the first time\n",
    ),
    Wrong(
        "number",
        "-2.50",
        "-2,50",
        "game.efg:7:14: error[efg-payoff-count]: an outcome has not one payoff for each player: more than 2\n",
    ),
    Wrong("zero", "3/4", "3/0", "game.efg:4:37: error[game-number]: the chance of the action is divided by zero\n"),
    Wrong("huge", "1e1", "1e999999999", "game.efg:5:57: error[game-number]: a payoff has an exponent beyond 300\n"),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_an_error_says_where_and_what(wrong: Wrong) -> None:
    assert wrong.old in ENTRY
    _, found = parse_game(Source("game.efg", ENTRY.replace(wrong.old, wrong.new, 1)))
    assert concise(found) == wrong.told


def test_several_errors_are_told_at_once_with_carets() -> None:
    text = ENTRY.replace("3/4", "3/5").replace('t "" 0\np', 't "" 8\np')
    told = full(parse_game(Source("game.efg", text))[1])
    assert "^^^^^^^^^^^^^^ they sum to 0.85" in told
    assert told.endswith("2 errors in game.efg\n")


def test_an_open_quote_is_shown_where_it_opens() -> None:
    _, found = parse_game(Source("game.efg", 'EFG 2 R "title\n{ }\n'))
    assert concise(found) == "game.efg:1:9: error[efg-syntax]: a quote is never closed: it opens here\n"


def test_a_missing_branch_is_told_at_the_end_of_the_file() -> None:
    _, found = parse_game(Source("game.efg", ENTRY.rstrip()[: -len('t "" 0')]))
    assert [(diagnostic.code, diagnostic.primary.text) for diagnostic in found] == [
        ("efg-missing-node", "1 move above still waits for a branch")
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('p "" 1 1 "" { "go" } 0\n' * (MAX_DEPTH + 2), "game-too-large"),
        ('c "" 1 "" {' + ' "x" 1/1001' * 1001 + " } 0\n", "game-too-large"),
        ('c "" 1 "" {' + "".join(f' "x" 1/{10**90 + k}' for k in range(1000)) + " } 0\n", "game-number"),
    ],
    ids=["depth", "actions", "denominators"],
)
def test_size_is_bounded(body: str, code: str) -> None:
    _, found = parse_game(Source("game.efg", 'EFG 2 R "" { "x" }\n' + body))
    assert code in {diagnostic.code for diagnostic in found}


def test_the_number_of_nodes_is_bounded() -> None:
    wide = 'p "" 1 1 "" {' + ' "x"' * 400 + " } 0\n"
    rest = ('p "" 1 2 "" {' + ' "x"' * 400 + " } 0\n") + 't"" 0 ' * 400
    again = ('p "" 1 2 0\n' + 't"" 0 ' * 400) * (MAX_NODES // 400)
    _, found = parse_game(Source("game.efg", 'EFG 2 R "" { "x" }\n' + wide + rest + again))
    assert [diagnostic.code for diagnostic in found] == ["game-too-large"]


FRAGMENTS = st.sampled_from(
    [
        "EFG",
        "NFG",
        "2",
        "1",
        "R",
        "0",
        "-1",
        "1/2",
        "1e9",
        "{",
        "}",
        ",",
        '"',
        '"x"',
        "c",
        "p",
        "t",
        "\\",
        "\n",
        "é",
        "\u00a0",
    ]
)


@given(
    st.text(max_size=60)
    | st.lists(FRAGMENTS, max_size=60).map(" ".join)
    | st.lists(FRAGMENTS, max_size=60).map("".join)
)
def test_any_text_gives_a_game_or_says_why_not(text: str) -> None:
    for head in ("", 'EFG 2 R "" { "x" "y" }\n', 'NFG 1 R "" { "x" "y" } { 2 2 }\n'):
        game, found = parse_game(Source("game", head + text))
        assert (game is None) == any(diagnostic.severity == "error" for diagnostic in found)
        full(found)


@given(games(), st.data())
def test_a_file_with_a_slip_gives_a_game_or_says_why_not(game: object, data: st.DataObject) -> None:
    text = write_efg(game).text  # type: ignore[arg-type]
    at = data.draw(st.integers(0, len(text)))
    width = data.draw(st.integers(0, 3))
    slip = text[:at] + data.draw(st.text(max_size=3) | FRAGMENTS) + text[at + width :]
    found_game, found = parse_game(Source("game", slip))
    assert (found_game is None) == any(diagnostic.severity == "error" for diagnostic in found)
    full(found)
