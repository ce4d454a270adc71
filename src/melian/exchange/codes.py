"""The codes of diagnostics about files of other programs, with the text that `melian explain CODE` shows."""

from typing import Final

from melian.exchange.limits import MAX_ACTIONS, MAX_DEPTH, MAX_NODES, MAX_PLAYERS
from melian.exchange.numbers import MAX_DIGITS, MAX_EXPONENT
from melian.source.codes import Code

HEAD: Final = 'EFG 2 R "Entry" { "Firm" "Rival" }\n""\n'
NFG: Final = 'NFG 1 R "Chicken" { "Row" "Column" }\n'
ENDS: Final = 't "" 1 "in" { 1, 0 }\nt "" 2 "out" { 0, 2 }\n'
MOVE: Final = 'p "" 1 1 "" { "in" "out" } 0\n'

EXCHANGE_CODES: Final = (
    Code(
        "game-format",
        "error",
        "the file is no game in one of Gambit's formats",
        "An extensive game begins with `EFG 2 R`, a strategic game with `NFG 1 R`; the file's name does not matter.",
        "gbt 1\n",
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-syntax",
        "error",
        "a word stands where Gambit's format for extensive games has another",
        "The words of such a file have their meaning by their order, so nothing after a word out of place can be "
        "understood with certainty.",
        HEAD + 'p "" 1 1 "" { "in", "out" } 0\n' + ENDS,
        HEAD + MOVE + ENDS,
    ),
    Code(
        "nfg-syntax",
        "error",
        "a word stands where Gambit's format for strategic games has another",
        "The words of such a file have their meaning by their order, so nothing after a word out of place can be "
        "understood with certainty.",
        NFG + '{ "2" "2" }\n1 1 0 2 2 0 -1 -1\n',
        NFG + "{ 2 2 }\n1 1 0 2 2 0 -1 -1\n",
    ),
    Code(
        "efg-missing-node",
        "error",
        "a branch of the game has no node",
        "Nodes stand in prefix order: after each node the subtree of its first action, then that of its second, and so "
        "on. Each action needs a node of its own, if only an end.",
        HEAD + MOVE + 't "" 1 "in" { 1, 0 }\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-extra",
        "warning",
        "text follows the last node of the game",
        "The game is whole before the file ends. What follows is left unread, as Gambit leaves it; often an action is "
        "missing from one of the lists.",
        HEAD + MOVE + ENDS + 't "" 0\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-unknown-player",
        "error",
        "a node belongs to a player that the game has not",
        "Players are numbered from 1 in the order of the list at the head of the file.",
        HEAD + 'p "" 3 1 "" { "in" "out" } 0\n' + ENDS,
        HEAD + 'p "" 2 1 "" { "in" "out" } 0\n' + ENDS,
    ),
    Code(
        "efg-unknown-infoset",
        "error",
        "an information set or an event is used before it is described",
        "Its label and its actions may be left out only where they have been given before. Numbers of information sets "
        "count for each player apart, and those of events apart from both.",
        HEAD + 'p "" 1 1 0\n' + ENDS,
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-infoset-mismatch",
        "error",
        "an information set or an event is described again in another way",
        "Nodes of one information set look the same to their player, so they have the same actions in the same order; "
        "nodes of one event share its chances. Which of two descriptions is meant cannot be known.",
        HEAD + MOVE + 'p "" 2 1 "" { "l" "r" } 0\n' + ENDS + 'p "" 2 1 "" { "r" "l" } 0\nt "" 1\nt "" 2\n',
        HEAD + MOVE + 'p "" 2 1 "" { "l" "r" } 0\n' + ENDS + 'p "" 2 1 "" { "l" "r" } 0\nt "" 1\nt "" 2\n',
    ),
    Code(
        "efg-label-differs",
        "warning",
        "something has another label where it is described again",
        "The game is the same either way and the first label counts. Gambit 17 refuses such a file.",
        HEAD + MOVE + 't "" 1 "in" { 1, 0 }\nt "" 1 "enter" { 1, 0 }\n',
        HEAD + MOVE + 't "" 1 "in" { 1, 0 }\nt "" 1 "in" { 1, 0 }\n',
    ),
    Code(
        "efg-unknown-outcome",
        "error",
        "an outcome is used before it is described",
        "The payoffs of an outcome may be left out only where they have been given before. The number 0 stands for no "
        "payoff at all.",
        HEAD + MOVE + 't "" 1\nt "" 2 "out" { 0, 2 }\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-outcome-mismatch",
        "error",
        "an outcome is described again with other payoffs",
        "One number stands for one outcome. Which of two descriptions is meant cannot be known.",
        HEAD + MOVE + 't "" 1 "in" { 1, 0 }\nt "" 1 "in" { 0, 2 }\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-null-outcome",
        "error",
        "the outcome 0 is given a label or payoffs",
        "The number 0 is kept for places where nothing is paid.",
        HEAD + MOVE + 't "" 0 "in" { 1, 0 }\nt "" 2 "out" { 0, 2 }\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-payoff-count",
        "error",
        "an outcome has not one payoff for each player",
        "Payoffs stand in the order of the players at the head of the file.",
        HEAD + MOVE + 't "" 1 "in" { 1 }\nt "" 2 "out" { 0, 2 }\n',
        HEAD + MOVE + ENDS,
    ),
    Code(
        "efg-chance-range",
        "error",
        "a chance is negative",
        "The chance of an action is 0 to 1.",
        HEAD + 'c "" 1 "" { "up" -1/2 "down" 3/2 } 0\n' + ENDS,
        HEAD + 'c "" 1 "" { "up" 1/2 "down" 1/2 } 0\n' + ENDS,
    ),
    Code(
        "efg-chance-sum",
        "error",
        "the chances of an event do not sum to 1",
        "Numbers in such a file are exact, and so is this sum: three times 0.3333 is not 1. Fractions say what "
        "is meant.",
        HEAD + 'c "" 1 "" { "up" 0.3333 "down" 0.6666 } 0\n' + ENDS,
        HEAD + 'c "" 1 "" { "up" 1/3 "down" 2/3 } 0\n' + ENDS,
    ),
    Code(
        "nfg-cell-count",
        "error",
        "the table has too many or too few entries",
        "There is one cell for each combination of strategies, the first player's strategy moving fastest. In the "
        "version with payoffs a cell has one number for each player, in the version with outcomes one number in all.",
        NFG + "{ 2 2 }\n1 1 0 2 2 0 -1\n",
        NFG + "{ 2 2 }\n1 1 0 2 2 0 -1 -1\n",
    ),
    Code(
        "nfg-unknown-outcome",
        "error",
        "a cell names an outcome that the list has not",
        "Outcomes are numbered from 1 in the order of their list; 0 stands for no payoff at all.",
        NFG + '{ 2 2 }\n{ { "swerve" 1 1 } { "crash" -1 -1 } }\n1 0 3 2\n',
        NFG + '{ 2 2 }\n{ { "swerve" 1 1 } { "crash" -1 -1 } }\n1 0 0 2\n',
    ),
    Code(
        "game-number",
        "error",
        "a number cannot be read",
        "Numbers are integers, decimals or fractions of integers, and are taken as exact. They are bounded, because a "
        f"few letters can name a number that fills any memory: {MAX_DIGITS} characters, and 1e{MAX_EXPONENT}.",
        HEAD + MOVE + 't "" 1 "in" { 1/0, 0 }\nt "" 2 "out" { 0, 2 }\n',
        HEAD + MOVE + 't "" 1 "in" { 1/3, 0 }\nt "" 2 "out" { 0, 2 }\n',
    ),
    Code(
        "game-too-large",
        "error",
        "the game is larger than any that is read",
        f"A file is untrusted input, so its size is bounded: {MAX_NODES:,} nodes, {MAX_DEPTH:,} moves in a row, "
        f"{MAX_ACTIONS:,} actions at one place, {MAX_PLAYERS} players.",
        NFG + "{ 1000 1000 }\n0\n",
        NFG + "{ 1 1 }\n0 0\n",
    ),
)
