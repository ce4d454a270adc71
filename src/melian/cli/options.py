"""What several commands take from the command line, said once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

import typer

from melian.answer.defaults import DEFAULT_SEED, DEFAULT_WORLDS

__all__ = ["DEFAULT_SEED", "DEFAULT_WORLDS", "MAX_WORLDS", "Settings", "parse_day", "parse_states"]

# As in `melian.solve.run`, which takes too long to load for a help text; a test holds the two together.
MAX_WORLDS: Final = 100_000_000
MAX_SEED: Final = 2**63 - 1

DO_HELP: Final = "Suppose that NODE is brought to STATE from outside: the actors know it, and answer it."
OBSERVE_HELP: Final = (
    "Suppose that you learn that NODE is in STATE, or in one of several (NODE=A|B): your view changes, the actors "
    "choose as before."
)
SURPRISE_HELP: Final = "The actors do not know what --set brings about when they choose."


@dataclass(frozen=True, slots=True)
class Settings:
    """How a case is to be solved and shown."""

    case: str
    as_json: bool
    worlds: int
    seed: int
    as_of: date | None
    do: dict[str, str]
    observe: dict[str, str]
    unannounced: bool
    threads: int | None


def parse_day(text: str) -> date:
    """Date written as year-month-day."""
    try:
        if len(text) != len("2022-03-24"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a date; write it as 2022-03-24") from None


def parse_states(options: Iterable[str] | None, name: str) -> dict[str, str]:
    """Each NODE=STATE as an entry.

    Raises
    ------
    typer.BadParameter
        If one is written otherwise, or two of them disagree.
    """
    found: dict[str, str] = {}
    for text in options or ():
        node, equals, state = (part.strip() for part in text.partition("="))
        if not (node and equals and state):
            raise typer.BadParameter(f"'{text}' should be NODE=STATE, such as entry=stays_out", param_hint=name)
        if found.setdefault(node, state) != state:
            raise typer.BadParameter(f"{node} cannot be both {found[node]} and {state}", param_hint=name)
    return found


CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A case file, or the name of a gallery case.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, and nothing else there.")]
Worlds = Annotated[int, typer.Option("--worlds", min=1, max=MAX_WORLDS, metavar="N", help="How many worlds to sample.")]
Seed = Annotated[
    int,
    typer.Option(
        "--seed", min=0, max=MAX_SEED, metavar="S", help="Seed of the worlds: the same seed, the same answer."
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="DATE", help="Forecast as of this day: leave out later reports."),
]
Do = Annotated[list[str] | None, typer.Option("--set", metavar="NODE=STATE", help=DO_HELP)]
Observe = Annotated[list[str] | None, typer.Option("--observe", metavar="NODE=STATE", help=OBSERVE_HELP)]
Unannounced = Annotated[bool, typer.Option("--unannounced", help=SURPRISE_HELP)]
Threads = Annotated[
    int | None, typer.Option("--threads", min=1, metavar="N", help="Threads to use; one for each processor by default.")
]
Debug = Annotated[bool, typer.Option("--debug", hidden=True, help="Show where in melian a fault happened.")]
