"""Codes of functions and of quantities."""

from typing import Final

from melian.case.codes.examples import HEAD, STORMY
from melian.source.codes import Code

_VOTES: Final = "".join(f"  v{n}: {{states: [no, yes], chances: {{yes: 0.5}}}}\n" for n in range(10))
_POWERS: Final = ", ".join(f"v{n}: {2**n}" for n in range(10))
_ALIKE: Final = ", ".join(f"v{n}" for n in range(10))

_OIL: Final = (
    HEAD + "factors:\n"
    "  oil: {states: [low, middling, high], chances: {low: 0.5, high: 0.1},\n"
    "    numeric: {unit: dollars, edges: [open, 60, 80, open]}}\n"
    "  strait:\n    states: [open, closed]\n    chances:\n"
)

FUNCTIONS: Final = (
    Code(
        "wrong-numeric",
        "error",
        "a quantity is compared with what it cannot be compared with",
        "The states of a numeric factor are values or bands of a quantity, from the least to the most. It can be "
        "compared with a value or with the edge of a band. Inside a band it is not said how likely each side is, and "
        "melian does not make it up: split the band where it matters.",
        _OIL + "      - {when: {oil: above 70}, closed: likely}\n      - {else: true, closed: unlikely}\n",
        _OIL + "      - {when: {oil: above 80}, closed: likely}\n      - {else: true, closed: unlikely}\n",
    ),
    Code(
        "wrong-function",
        "error",
        "a function cannot be worked out as it is written",
        "A function is one of `noisy_or`, `noisy_and`, `noisy_max`, `noisy_min`, `any`, `all`, `vote`, `sum`, `max` "
        "and `min`. Those that say whether something happens are of two states, of which their causes name one; those "
        "that add up lead to one state for every sum; those that compare nodes have all the states of these nodes.",
        STORMY + "  strait: {states: [open, closed], function: {any: [{storm: strong}]}}\n",
        STORMY + "  strait: {states: [open, closed], function: {any: [{storm: strong}], then: closed}}\n",
    ),
    Code(
        "too-many-sums",
        "error",
        "a function has more parts, or more different sums, than can be followed",
        "Votes and sums are taken in one after the other, and only the sum so far is remembered. Numbers that hardly "
        "ever add up to the same leave too many sums to remember. Rounded weights answer the same question.",
        HEAD + "factors:\n" + _VOTES + "  strait:\n    states: [open, closed]\n"
        f"    function: {{vote: {{{_POWERS}}}, says: yes, then: {{closed: more than half}}}}\n",
        HEAD + "factors:\n" + _VOTES + "  strait:\n    states: [open, closed]\n"
        f"    function: {{vote: [{_ALIKE}], says: yes, then: {{closed: more than half}}}}\n",
    ),
)
