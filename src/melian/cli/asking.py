"""The few questions from whose answers `melian new` makes a draft, asked on a terminal."""

import sys
from datetime import date

import typer

from melian.case.draft import HORIZON, MOST_PARTS, Answers, Asked
from melian.cli.options import parse_day

NOBODY = "nobody"


def asked(title: str, today: date, *, of_chance: bool) -> Answers:
    """Ask; Return leaves a placeholder, or takes what is in brackets.

    Parameters
    ----------
    title : the question, where it is known.
    of_chance : whether it is known that nobody in the case chooses.
    """
    sys.stdout.write("A few questions. Return leaves a placeholder in the file; all of it can be changed later.\n\n")
    question = _said("What is the question?", title)
    by = typer.prompt("By when must it have happened?", default=str(today + HORIZON), value_proc=parse_day)
    actors = (
        () if of_chance else _named(f"Who takes part? The one that decides first, with commas between, or {NOBODY}")
    )
    if actors == (NOBODY,):
        actors = ()
    decides = f"What is it that {actors[0]} decides," if actors else "What is the question about,"
    decision = _said(f"{decides} in a word or two?")
    what = "Which options are there?" if actors or actors is None else "What may come about?"
    chosen = _named(f"{what} First what means yes, then the others", least=2) or ()
    factors = () if of_chance else _factors(MOST_PARTS - len(actors or ()))
    base = "" if actors or actors is None else _said("How often does such a thing come about, such as 10..20 %?")
    sys.stdout.write("\n")
    return Answers(question, by, actors, decision, chosen, factors, base)


def _said(question: str, usual: str = "") -> str:
    """Ask for a text; what is usual where nothing is said."""
    return str(typer.prompt(question, default=usual, show_default=bool(usual))).strip()


def _named(question: str, least: int = 1) -> tuple[str, ...] | None:
    """Ask for several things with commas between, until there are enough that differ; None where nothing is said."""
    while True:
        said = _said(question)
        parts = tuple(dict.fromkeys(part for part in (part.strip() for part in said.split(",")) if part))
        if not said or len(parts) >= least:
            return parts or None
        sys.stdout.write(f"At least {least}, please, with a comma between.\n")


def _factors(most: int) -> tuple[Asked, ...]:
    """Ask what bears on it, and the states of each."""
    names = _named("What bears on it that nobody here chooses? With commas between") or ()
    if len(names) > most:
        sys.stdout.write(f"More than {MOST_PARTS} actors and factors: the last are left out, to be added by hand.\n")
    return tuple(
        Asked(name, _named(f"  Which states may it be in: {name}?", least=2) or ()) for name in names[: max(most, 0)]
    )
