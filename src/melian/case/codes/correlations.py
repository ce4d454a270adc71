"""Codes of correlations between judgements."""

from typing import Final

from melian.case.codes.examples import HEAD
from melian.source.codes import Code

_TABLES: Final = (
    "judgements: {early: 0.1..0.4, late: 0.2..0.6, ever: 0.3..0.9}\n"
    "factors:\n"
    "  strait: {states: [open, closed], chances: [{when: {storm: mild, ice: none}, closed: the early},"
    " {when: {storm: mild}, closed: the ever}, {else: true, closed: the late}]}\n"
    "  storm: {states: [mild, fierce], chances: {fierce: 0.3}}\n"
    "  ice: {states: [none, thick], chances: {thick: 0.3}}\n"
)
_TWO: Final = "correlations:\n  - {between: [early, late], rank: 0.9}\n  - {between: [late, ever], rank: 0.9}\n"
_GOOD: Final = HEAD + _TABLES + "correlations: [{between: [early, late], rank: 0.6}]\n"

CORRELATIONS: Final = (
    Code(
        "wrong-correlation",
        "error",
        "a correlation is not between two uncertain judgements, or not between -1 and 1",
        "A correlation says that two judgements are likely to err the same way. Both have a name and a spread, each "
        "pair is named once, and what always goes together is one judgement.",
        HEAD + _TABLES + "correlations: [{between: [early, late], rank: 1.5}]\n",
        _GOOD,
    ),
    Code(
        "impossible-correlations",
        "error",
        "correlations cannot hold together",
        "If one judgement goes closely with two others, those two go with each other. Pairs of which nothing is said "
        "have no correlation, and then no set of judgements fits.",
        HEAD + _TABLES + _TWO,
        HEAD + _TABLES + _TWO + "  - {between: [early, ever], rank: 0.8}\n",
    ),
)
