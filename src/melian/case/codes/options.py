"""Codes of options that are open only in some situations."""

from typing import Final

from melian.case.codes.examples import HEAD, TOP, TRADE
from melian.source.codes import Code

_PORT: Final = "factors:\n  port: {states: [busy, idle], chances: {idle: unlikely}}\n"
_STAKES: Final = "stakes:\n  navy:\n" + TRADE
_NAVY: Final = (
    "actors: {navy: {name: The northern navy}}\n"
    "choices:\n"
    "  strait:\n"
    "    actor: navy\n"
    "    options: [open, {closed: {available: {when: WHEN}}}]\n"
    "    sees: [port]\n"
)
_REST: Final = _PORT + _STAKES


def _closed_when(when: str, head: str = HEAD) -> str:
    """A navy that sees a port and can close a strait only when a condition holds."""
    return head + _NAVY.replace("WHEN", when) + _REST


_NEVER: Final = "{all: [{port: busy}, {port: idle}]}"
_GOOD: Final = _closed_when("{port: idle}")

OPTIONS: Final = (
    Code(
        "unseen-condition",
        "error",
        "whether an option is open depends on something that the choice does not see",
        "Whoever chooses knows what can be chosen. What an option hangs on must therefore be among what the choice "
        "sees; what its actor cannot know belongs into what comes of the choice.",
        _GOOD.replace("sees: [port]", "sees: []"),
        _GOOD,
    ),
    Code(
        "nothing-open",
        "error",
        "in some situation no option of a choice is open",
        "An actor always does something, be it nothing. Often one option, such as waiting, is open whatever happens.",
        _GOOD.replace("[open,", "[{open: {available: {when: {port: idle}}}},"),
        _GOOD.replace("[open,", "[{open: {available: {when: {port: busy}}}},"),
    ),
    Code(
        "never-open",
        "warning",
        "an option is open in no situation",
        "Its condition contradicts itself, so it can never be picked and might as well not be there.",
        _closed_when(_NEVER, TOP + "question: {event: {port: idle}}\n"),
        _closed_when("{port: idle}", TOP + "question: {event: {port: idle}}\n"),
    ),
    Code(
        "always-open",
        "warning",
        "the condition of an option holds in every situation",
        "Then it says nothing. Perhaps it names one state too many.",
        _closed_when("{port: [busy, idle]}"),
        _GOOD,
    ),
    Code(
        "rests-on-never-open",
        "error",
        "the event or a finding names an option that is open in no situation",
        "What can never be picked can neither happen nor have been seen to happen.",
        _closed_when(_NEVER),
        _GOOD,
    ),
)
