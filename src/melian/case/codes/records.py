"""Codes of records: shapes, keys, names and plain values."""

from typing import Final

from melian.case.codes.examples import HEAD, NAVY, STRAIT, TOP, TRADE
from melian.source.codes import Code

_MANY: Final = ", ".join(f"s{number}" for number in range(1, 65))

RECORDS: Final = (
    Code(
        "wrong-shape",
        "error",
        "a text, a list or a mapping stands where another of the three belongs",
        "Each place in a case takes one shape. Where another stands, what was meant cannot be told with certainty, and "
        "melian does not guess.",
        HEAD + "factors:\n  - strait\n",
        HEAD + STRAIT,
    ),
    Code(
        "unknown-key",
        "error",
        "a record has a key that the language does not know",
        "A mistyped key would otherwise be passed over in silence, and what it says would not count. Keys of your own "
        "start with `x-`; they are kept and never read.",
        HEAD + "factors:\n  strait: {states: [open, closed], chanses: {closed: unlikely}}\n",
        HEAD + "factors:\n  strait: {x-map: red, states: [open, closed], chances: {closed: unlikely}}\n",
    ),
    Code(
        "missing-key",
        "error",
        "a record lacks a key that it cannot do without",
        "What is needed is never made up: a factor without states or a case without a question has no answer.",
        TOP + STRAIT,
        HEAD + STRAIT,
    ),
    Code(
        "bad-name",
        "error",
        "a name has characters that names do not have",
        "Names are referred to from elsewhere, in rules and on the command line, so they are made of letters of any "
        "script, digits, `_` and `-`. What people should read goes into a label.",
        HEAD + "factors:\n  strait: {states: [open, closed, half/open], chances: {closed: unlikely}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed, {half_open: half/open}], chances: {closed: unlikely}}\n",
    ),
    Code(
        "reserved-name",
        "error",
        "a name has a meaning of its own in the language",
        "Words such as `when`, `others` or `base` say something in a rule or a row. A state of that name could not be "
        "told from it.",
        HEAD + "factors:\n  strait: {states: [open, closed, others], chances: {closed: unlikely}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed, else_], chances: {closed: unlikely}}\n",
    ),
    Code(
        "repeated-name",
        "error",
        "a list names the same thing twice",
        "States exclude each other, so each stands once; a second one is a slip or a different state that was meant.",
        HEAD + "factors:\n  strait: {states: [open, closed, closed], chances: {closed: unlikely}}\n",
        HEAD + STRAIT,
    ),
    Code(
        "name-taken",
        "error",
        "two factors, choices or reports have the same name",
        "Rules and reports refer to nodes by name, so a name stands for one of them only.",
        NAVY + "stakes:\n  navy:\n" + TRADE + STRAIT,
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "unknown-name",
        "error",
        "a name is used that nothing in the case has",
        "Most often a name is mistyped. melian suggests the nearest one and never takes it by itself; `melian check "
        "--fix` writes it into the file where it is one letter off and no other comes near.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {clsed: unlikely}}\n",
        HEAD + STRAIT,
    ),
    Code(
        "bad-date",
        "error",
        "a date is not written as year-month-day",
        "`03/04/2022` is March in one country and April in another. Dates decide which reports a forecast may know.",
        HEAD + "as_of: 24/03/2022\n" + STRAIT,
        HEAD + "as_of: 2022-03-24\n" + STRAIT,
    ),
    Code(
        "unknown-word",
        "error",
        "a word stands where only a few are understood",
        "Some keys take one of a few words, such as the scale of words of likelihood or the basis of a judgement.",
        HEAD + "words: icd205\n" + STRAIT,
        HEAD + "words: icd203\n" + STRAIT,
    ),
    Code(
        "too-few-states",
        "error",
        "a factor or a choice has fewer than two states",
        "With one state nothing is uncertain, and with one option nothing is chosen.",
        HEAD + "factors:\n  strait: {states: [closed], chances: {closed: unlikely}}\n",
        HEAD + STRAIT,
    ),
    Code(
        "too-many-stakes",
        "error",
        "an actor has more stakes than melian takes",
        "Nobody weighs that many things against each other one by one. Those that go together can be one stake, whose "
        "values say how good each outcome is for all of them.",
        NAVY + "stakes:\n  navy:\n" + "".join(TRADE.replace("trade", f"trade{number}") for number in range(1, 14)),
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "too-many-states",
        "error",
        "a factor or a choice has more states than melian takes",
        "A case is untrusted input, so its size is bounded. Nobody judges that many states one by one; those that lead "
        "to the same can be one.",
        HEAD + f"factors:\n  strait: {{states: [closed, {_MANY}], chances: {{closed: unlikely}}}}\n",
        HEAD + STRAIT,
    ),
    Code(
        "placeholder-left",
        "warning",
        "a value is still a placeholder",
        "A draft runs before anything is changed, and its answer looks like any other. Nobody has said what is marked "
        "`TODO`, so every answer is stamped as a draft while any of it is left. Write what is so, without the mark.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: TODO unlikely}}\n",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: unlikely}}\n",
    ),
)
