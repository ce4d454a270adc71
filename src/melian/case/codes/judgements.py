"""Codes of judgements, and of the rows, rules and orders that hold them."""

from typing import Final

from melian.case.codes.examples import HEAD, NAVY, PRIDE, STORMY, STRAIT, TOP, TRADE
from melian.source.codes import Code

JUDGEMENTS: Final = (
    Code(
        "bad-judgement",
        "error",
        "a judgement cannot be read",
        "A judgement is a number, a range, a word of the case's scale, `about` a number, or one of a few "
        "distributions. It is never run as a formula.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: quite likely}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: likely}}\n",
    ),
    Code(
        "reversed-range",
        "error",
        "the low end of a range is above its high end",
        "Most often the ends are swapped, which changes nothing about what is meant: `melian check --fix` turns them. "
        "Look once whether one of them is rather mistyped.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0.4..0.2}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0.2..0.4}}\n",
    ),
    Code(
        "mixed-scales",
        "error",
        "a word belongs to another scale than the case's",
        "The scales give words different bands: `unlikely` is 20 to 45 % in ICD 203 and 25 to 35 % on the PHIA "
        "yardstick. In one case each word must mean one thing.",
        HEAD
        + "words: icd203\nfactors:\n  strait: {states: [open, closed], chances: {closed: realistic possibility}}\n",
        HEAD + "words: phia\nfactors:\n  strait: {states: [open, closed], chances: {closed: realistic possibility}}\n",
    ),
    Code(
        "out-of-bounds",
        "error",
        "a number is off its scale",
        "Chances lie between 0 and 1, values between 0 and 100. A chance of 30 most often means 30 %.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 30}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 30 %}}\n",
    ),
    Code(
        "impossible-row",
        "error",
        "the chances or weights of one row cannot be met together",
        "The chances of one row sum to 1. If even the least that was said sums to more, or the most to less, no set of "
        "numbers fits, and one of the statements has to give way.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0.7..0.8, open: 0.5..0.6}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0.4..0.5, open: 0.5..0.6}}\n",
    ),
    Code(
        "wrong-table",
        "error",
        "a factor has no chances, or has them in two forms",
        "Chances are given by rules (`chances`), by a base that influences shift (`base`, `influences`), or by a "
        "`function` of other nodes. Two of them at once would say two things about the same.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0.3}, base: {closed: 0.2}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], base: {closed: 0.2}}\n",
    ),
    Code(
        "empty-row",
        "error",
        "a row or a list of rules says nothing",
        "Left like this it would mean that anything goes, which is seldom meant. Where nothing is known, say so: the "
        "range `0..1` of one state leaves all open.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: 0..1}}\n",
    ),
    Code(
        "rule-without-when",
        "error",
        "a rule does not say when it holds",
        "The first rule that matches counts, so each needs its condition; the last may be `else: true`.",
        STORMY + "  strait:\n    states: [open, closed]\n    chances:\n"
        "      - {when: {storm: strong}, closed: likely}\n      - {closed: unlikely}\n",
        STORMY + "  strait:\n    states: [open, closed]\n    chances:\n"
        "      - {when: {storm: strong}, closed: likely}\n      - {else: true, closed: unlikely}\n",
    ),
    Code(
        "others-in-influence",
        "error",
        "an influence is on `others`",
        "An influence shifts the odds of the states that it names against the rest. A shift of all the others says the "
        "same as the opposite shift of the one state, so name that.",
        STORMY + "  strait:\n    states: [open, closed]\n    base: {closed: unlikely}\n"
        "    influences:\n      - {when: {storm: strong}, others: less}\n",
        STORMY + "  strait:\n    states: [open, closed]\n    base: {closed: unlikely}\n"
        "    influences:\n      - {when: {storm: strong}, closed: more}\n",
    ),
    Code(
        "else-in-influence",
        "error",
        "an influence has no condition",
        "Rules come in turn, and the first that matches counts; influences all add up where they apply, so there is no "
        "`else` among them. What holds always belongs into `base`, and what holds where a condition does not into the "
        "`otherwise` of the influence that has it.",
        STORMY + "  strait:\n    states: [open, closed]\n    base: {closed: unlikely}\n"
        "    influences:\n      - {when: {storm: strong}, closed: more}\n      - {else: true, closed: less}\n",
        STORMY + "  strait:\n    states: [open, closed]\n    base: {closed: unlikely}\n"
        "    influences:\n      - {when: {storm: strong}, closed: more, otherwise: {closed: less}}\n",
    ),
    Code(
        "mixed-kinds",
        "error",
        "one named judgement stands for two kinds of quantity",
        "A chance runs from 0 to 1, a value from 0 to 100, an influence over odds. One draw cannot be two of them, so "
        "what is used in both places needs two names.",
        HEAD
        + "judgements: {grip: 0.2..0.4}\nactors: {navy: {precision: the grip}}\n"
        + "factors:\n  strait: {states: [open, closed], chances: {closed: the grip}}\n",
        HEAD
        + "judgements: {grip: 0.2..0.4}\n"
        + "factors:\n  strait: {states: [open, closed], chances: {closed: the grip}}\n",
    ),
    Code(
        "unused-judgement",
        "warning",
        "nothing uses a named judgement",
        "A judgement at the top counts only where `the NAME` stands; perhaps a place still holds the words it was "
        "meant to replace.",
        HEAD + "judgements: {grip: 0.2..0.4}\n" + STRAIT,
        HEAD + STRAIT,
    ),
    Code(
        "empty-condition",
        "error",
        "a condition tests nothing",
        "An empty condition would hold always. If that is meant in a rule, say `else: true`.",
        TOP + "question: {event: {}}\n" + STRAIT,
        HEAD + STRAIT,
    ),
    Code(
        "values-need-given",
        "error",
        "values are listed by state, but it is not said of which node",
        "Values by state need exactly one node in `given`. On several nodes they are listed as rules.",
        NAVY + "stakes:\n  navy:\n    trade: {values: {open: 100, closed: 0}}\n",
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "order-and-weights",
        "error",
        "stakes have both an order and weights",
        "Both say how much each stake matters, and they may say different things.",
        NAVY + "stakes:\n  navy:\n    order: [trade, pride]\n    weights: {trade: 0.6..0.8}\n" + TRADE + PRIDE,
        NAVY + "stakes:\n  navy:\n    order: [trade, pride]\n" + TRADE + PRIDE,
    ),
    Code(
        "incomplete-order",
        "error",
        "an order or weights do not name every stake once",
        "A stake that is left out could stand anywhere in the order. Where you do not know its place, tie it with its "
        "nearest equal, or give weights as ranges.",
        NAVY + "stakes:\n  navy:\n    order: [trade]\n" + TRADE + PRIDE,
        NAVY + "stakes:\n  navy:\n    order: [trade = pride]\n" + TRADE + PRIDE,
    ),
    Code(
        "narrow-stake",
        "warning",
        "the values of a stake do not span the scale from 0 to 100",
        "Weights are swing weights: they say how much an actor would give to move a stake from its worst to its best "
        "in this case. If worst and best are 40 and 60, the weight counts for a fifth of what it says.",
        NAVY + "stakes:\n  navy:\n    trade: {given: [strait], values: {open: 60, closed: 40}}\n",
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
)
