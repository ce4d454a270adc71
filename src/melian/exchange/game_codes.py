"""The codes about games themselves: who forgets what, what cannot be solved, what cannot be written."""

from typing import Final

from melian.exchange.codes import ENDS, EXCHANGE_CODES, HEAD, MOVE, NFG
from melian.source.codes import Code

FORGETS: Final = (
    HEAD
    + 'p "" 1 1 "" { "in" "out" } 0\n'
    + 'p "" 1 2 "" { "l" "r" } 0\nt "" 1 "a" { 1, 0 }\nt "" 2 "b" { 0, 2 }\n'
    + 'p "" 1 2 0\nt "" 1\nt "" 2\n'
)

# What may stand in the way of solving a game that was read.
GAME_CODES: Final = (
    Code(
        "game-absent-minded",
        "warning",
        "a path meets one information set twice",
        "Who does not know whether it has moved already has forgotten its own move. The literature does not agree on "
        "what it then believes and can decide. melian does as Gambit does: each visit is believed in as often as play "
        "comes there, and weighed as if only this visit were decided (Piccione and Rubinstein 1997). If something else "
        "is meant, give the two places information sets of their own, or one move in all.",
        'EFG 2 R "Driver" { "Driver" }\n""\np "" 1 1 "" { "exit" "on" } 0\nt "" 1 "" { 0 }\n'
        'p "" 1 1 "" { "exit" "on" } 0\nt "" 2 "" { 4 }\nt "" 3 "" { 1 }\n',
        'EFG 2 R "Driver" { "Driver" }\n""\np "" 1 1 "" { "exit" "on" } 0\nt "" 1 "" { 0 }\n'
        'p "" 1 2 "" { "exit" "on" } 0\nt "" 2 "" { 4 }\nt "" 3 "" { 1 }\n',
    ),
    Code(
        "game-imperfect-information",
        "error",
        "backward induction is asked for where a player does not know where it is",
        "What is best at an information set with several members depends on what its player believes, and that on how "
        "the others play. At a precision, by logit responses, such a game has an answer.",
        NFG + "{ 2 2 }\n1 1 0 2 2 0 -1 -1\n",
        HEAD + MOVE + ENDS,
    ),
    Code(
        "game-too-costly",
        "error",
        "the game is too large to be solved",
        "All information sets in which players do not know where they are bear on each other and are solved together; "
        "the time grows with the cube of their number. Games of perfect information are solved at any size.",
    ),
    Code(
        "game-too-precise",
        "error",
        "the precision times the payoffs is too large",
        "Beliefs rest on ratios of tiny chances. Where payoffs differ by more than a million million divided by the "
        "precision, rounding would decide them. Divide the payoffs or lower the precision.",
    ),
    Code(
        "game-imperfect-recall",
        "info",
        "a player has forgotten what it did or knew before",
        "The nodes of one information set look the same to their player. Where it did or knew different things on the "
        "way to them, it must have forgotten. Each information set is then solved as an agent of its own (agent logit "
        "equilibrium), which is what Gambit does; a player who could bind itself beforehand might do better.",
        FORGETS,
        FORGETS.replace('p "" 1 2 0', 'p "" 1 3 "" { "l" "r" } 0'),
    ),
)

# What may stand in the way of writing a game.
WRITING_CODES: Final = (
    Code(
        "game-own-beliefs",
        "error",
        "an actor sees a factor otherwise than the analyst, and a game has one chance for all",
        "In Gambit's formats every player holds the same chances for true. A case in which actors see factors in their "
        "own way is no such game. With `--common-prior` the analyst's chances are written for everybody: another game, "
        "whose players play otherwise than the actors of the case.",
    ),
    Code(
        "game-too-many-nodes",
        "error",
        "the tree of a case's world would be too large to be written",
        "A tree has a branch for every combination of states of all factors and choices, so it grows much faster than "
        "the case, which melian never turns into a tree to solve it. With `--fold` the factors that no choice sees are "
        "summed out; the play is the same.",
    ),
    Code(
        "game-too-many-plans",
        "error",
        "the table of a game would be too large to be written",
        "A strategic form has a cell for every combination of the players' plans, and a plan says what is done at "
        "every information set that it may lead to. Write the game as a tree: `.efg`.",
    ),
)

ALL_GAME_CODES: Final[dict[str, Code]] = {code.code: code for code in (*EXCHANGE_CODES, *GAME_CODES, *WRITING_CODES)}
