"""Codes of how the parts of a case hang together."""

from typing import Final

from melian.case.codes.examples import HEAD, NAVY, PRIDE, STORMY, STRAIT, TOP, TRADE
from melian.source.codes import Code

_LETTERS: Final = "abcdef"
_EIGHT: Final = ", ".join(f"x{number}" for number in range(1, 9))
_WIDE: Final = "".join(f"  {name}: {{states: [{_EIGHT}], chances: {{x1: likely}}}}\n" for name in _LETTERS)
_WIDE_FIVE: Final = "".join(_WIDE.splitlines(keepends=True)[:5])
_CLOSED: Final = "  strait:\n    states: [open, closed]\n    given: [{given}]\n    chances:\n{rules}"
_TEST: Final = "      - {when: {a: x1}, closed: likely}\n      - {else: true, closed: unlikely}\n"
_PORT: Final = (
    "  port:\n"
    "    states: [busy, idle]\n"
    "    chances:\n"
    "      - {when: {strait: closed}, idle: likely}\n"
    "      - {else: true, idle: unlikely}\n"
)  # fmt: skip
_SHIFTED: Final = (
    "  strait:\n"
    "    states: [open, closed]\n"
    "    base: {closed: unlikely}\n"
    "    influences: [{when: {port: idle}, closed: more}]\n"
)  # fmt: skip
_TWICE: Final = (
    HEAD
    + "actors: {navy: {}}\n"
    + "choices:\n"
    + "  watch: {actor: navy, options: [near, away]}\n"
    + "  strait: {actor: navy, options: [open, closed], sees: [SEES]}\n"
    + "stakes:\n"
    + "  navy:\n"
    + "    control:\n"
    + "      values:\n"
    + "        - {when: {strait: closed, watch: near}, is: 100}\n"
    + "        - {when: {strait: open, watch: away}, is: 50}\n"
    + "        - {else: true, is: 0}\n"
)
_WIDE_CHOICE: Final = (
    "question: {event: {strait: x1}}\n"
    "actors: {navy: {}}\n"
    "factors:\n" + _WIDE_FIVE + "choices:\n"
    f"  strait: {{actor: navy, options: [{_EIGHT}], sees: [SEES]}}\n"
    "stakes:\n"
    "  navy:\n"
    "    trade: {values: [{when: {a: x1, b: x1, c: x1, strait: x1}, is: 100}, {else: true, is: 0}]}\n"
    "    pride: {values: [{when: {d: x1, e: x1, strait: x2}, is: 100}, {else: true, is: 0}]}\n"
)
_CROWD: Final = 201
_SORTIES: Final = (
    "actors: {navy: {}}\nchoices:\n"
    + "".join(f"  sortie{number}: {{actor: navy, options: [stay, go]}}\n" for number in range(_CROWD))
)  # fmt: skip
_STORMY_NAVY: Final = (
    NAVY
    + "factors: {storm: {states: [none, strong], chances: {strong: unlikely}}}\n"
    + "stakes:\n  navy:\n"
    + TRADE
)  # fmt: skip
_LOST: Final = "values: [{when: {strait: open, storm: strong}, is: 0}, {else: true, is: 100}]"

STRUCTURE: Final = (
    Code(
        "similar-names",
        "warning",
        "two names differ only by capitals",
        "They are two different names, and easy to mix up in a rule or on the command line.",
        STORMY + "  Storm: {states: [none, strong], chances: {strong: unlikely}}\n"
        "  strait:\n    states: [open, closed]\n    chances:\n"
        "      - {when: {storm: strong, Storm: strong}, closed: likely}\n      - {else: true, closed: unlikely}\n",
        STORMY + "  storm_south: {states: [none, strong], chances: {strong: unlikely}}\n"
        "  strait:\n    states: [open, closed]\n    chances:\n"
        "      - {when: {storm: strong, storm_south: strong}, closed: likely}\n"
        "      - {else: true, closed: unlikely}\n",
    ),
    Code(
        "outside-given",
        "error",
        "a rule tests a node that `given` does not list",
        "`given` says what a table depends on, so that it can be seen at a glance. A rule that tests something else "
        "contradicts it.",
        STORMY + _CLOSED.format(given="", rules=_TEST.replace("a: x1", "storm: strong")),
        STORMY + _CLOSED.format(given="storm", rules=_TEST.replace("a: x1", "storm: strong")),
    ),
    Code(
        "uncovered-combination",
        "error",
        "no rule says anything about some combination of states",
        "Every combination must be met by a rule, or the case is silent about something that can come about. Often "
        "`{else: true, ...}` at the end is meant.",
        STORMY + _CLOSED.format(given="storm", rules="      - {when: {storm: strong}, closed: likely}\n"),
        STORMY + _CLOSED.format(given="storm", rules=_TEST.replace("a: x1", "storm: strong")),
    ),
    Code(
        "dead-rule",
        "warning",
        "a rule never counts, because earlier rules cover all that it covers",
        "The first rule that matches counts. A narrow rule that stands after a wide one is never reached.",
        STORMY
        + _CLOSED.format(
            given="storm",
            rules="      - {else: true, closed: unlikely}\n      - {when: {storm: strong}, closed: likely}\n",
        ),
        STORMY + _CLOSED.format(given="storm", rules=_TEST.replace("a: x1", "storm: strong")),
    ),
    Code(
        "table-too-large",
        "error",
        "a table spans more combinations than melian takes",
        "A table grows with the product of the states that it depends on. Beyond the bound nobody can have judged it "
        "combination by combination; a base with influences says the same in a few lines.",
        HEAD + "factors:\n" + _WIDE + _CLOSED.format(given=", ".join(_LETTERS), rules=_TEST),
        HEAD + "factors:\n" + _WIDE.splitlines(keepends=True)[0] + _CLOSED.format(given="a", rules=_TEST),
    ),
    Code(
        "case-too-large",
        "error",
        "a case has more factors, choices or reports than melian takes",
        "A case is untrusted input, so its size is bounded before anything is worked out. Nobody has judged thousands "
        "of factors one by one; what bears least on the question can go, or be a case of its own.",
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: unlikely}}\n" + _SORTIES,
        HEAD + "factors:\n  strait: {states: [open, closed], chances: {closed: unlikely}}\n",
    ),
    Code(
        "too-costly",
        "error",
        "solving one world would take too much",
        "The actors' calculations are done in every world, so their size is bounded before anything is run. What "
        "widens them most is an actor that sees many things at once, and choices that answer each other while they see "
        "much. `melian check --cost` shows what a case costs, table by table.",
        TOP + _WIDE_CHOICE.replace("SEES", "a, b, c, d, e"),
        TOP + _WIDE_CHOICE.replace("SEES", "a, b"),
    ),
    Code(
        "circular-factors",
        "error",
        "factors depend on each other in a circle",
        "A factor cannot be its own cause at one moment. What feeds back over time needs a factor for each period.",
        HEAD + "factors:\n" + _SHIFTED + _PORT,
        HEAD + "factors:\n" + _SHIFTED + "  port: {states: [busy, idle], chances: {idle: unlikely}}\n",
    ),
    Code(
        "sees-its-future",
        "error",
        "a choice sees what it influences itself",
        "Who chooses cannot know what comes of it. What is seen is decided before the choice.",
        NAVY.replace("[open, closed]}", "[open, closed], sees: [port]}")
        + "factors:\n"
        + _PORT
        + "stakes:\n  navy:\n"
        + TRADE,
        NAVY + "stakes:\n  navy:\n    trade: {given: [port], values: {busy: 100, idle: 0}}\nfactors:\n" + _PORT,
    ),
    Code(
        "settled-event",
        "error",
        "the event is certain or impossible whatever happens",
        "An event that names all states of a node, or states that exclude each other, leaves nothing to ask.",
        TOP + "question: {event: {strait: [open, closed]}}\n" + STRAIT,
        HEAD + STRAIT,
    ),
    Code(
        "idle-actor",
        "warning",
        "an actor chooses nothing",
        "Who makes no choice has no influence on the answer. Perhaps a choice was meant for them and left out.",
        HEAD + "actors: {navy: {name: The northern navy}}\n" + STRAIT,
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "choice-without-stakes",
        "warning",
        "an actor chooses, but weighs nothing",
        "Whoever has no stakes picks every option with the same chance.",
        NAVY,
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "factor-without-effect",
        "warning",
        "a factor bears neither on the event nor on any stake",
        "Whatever is said about it, the answer stays the same. Perhaps a link was meant and left out.",
        STORMY + STRAIT.removeprefix("factors:\n"),
        STORMY + _CLOSED.format(given="storm", rules=_TEST.replace("a: x1", "storm: strong")),
    ),
    Code(
        "choice-without-effect",
        "warning",
        "none of an actor's stakes hangs on one of its choices",
        "Whatever comes of that choice is the same to the actor, so it picks every option with the same chance.",
        NAVY.replace("closed]}}\n", "closed]}, patrol: {actor: navy, options: [near, far]}}\n")
        + "stakes:\n  navy:\n"
        + TRADE,
        NAVY + "stakes:\n  navy:\n" + TRADE,
    ),
    Code(
        "idle-belief",
        "warning",
        "a belief changes nothing about what its actor does",
        "An actor's own view of a factor counts where it weighs options: through its stakes, or through what it sees. "
        "A belief that is the same as the case's own table changes nothing either. Perhaps a link was meant and left "
        "out.",
        _STORMY_NAVY + "beliefs: {navy: {storm: {strong: likely}}}\n",
        _STORMY_NAVY.replace("given: [strait], values: {open: 100, closed: 0}", _LOST)
        + "beliefs: {navy: {storm: {strong: likely}}}\n",
    ),
    Code(
        "untested-given",
        "warning",
        "a node that `given` lists is tested by no rule",
        "The table announces a link that it does not make: whatever the node is, the chances are the same.",
        STORMY
        + "  fog: {states: [none, thick], chances: {thick: unlikely}}\n"
        + _CLOSED.format(given="storm, fog", rules=_TEST.replace("a: x1", "storm: strong")),
        STORMY + _CLOSED.format(given="storm", rules=_TEST.replace("a: x1", "storm: strong")),
    ),
    Code(
        "unaffected-stake",
        "warning",
        "no choice of an actor can change one of its stakes",
        "It weighs alike on every option, so it only takes weight from the stakes that count.",
        NAVY + "factors:\n  storm: {states: [none, strong], chances: {strong: unlikely}}\n"
        "stakes:\n  navy:\n" + TRADE + "    ships: {given: [storm], values: {none: 100, strong: 0}}\n",
        NAVY + "stakes:\n  navy:\n" + TRADE + PRIDE,
    ),
    Code(
        "imperfect-recall",
        "info",
        "an actor no longer knows what it did or knew before",
        "Who has chosen once and chooses again mostly remembers the first choice and what it rested on. If the later "
        "choice does not see them it is made as by another agent with the same stakes (agent logit equilibrium). That "
        "can be meant, as for a ministry whose offices do not talk to each other; more often a name is missing in "
        "`sees`.",
        _TWICE.replace("SEES", ""),
        _TWICE.replace("SEES", "watch"),
    ),
)
