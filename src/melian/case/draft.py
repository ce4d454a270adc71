"""A first draft of a case from a few answers: small, commented, and sound, so that it runs before anything is changed.

Everybody who was named gets something to choose and something to weigh, and everything that bears on the question is
seen by who decides it. The numbers say next to nothing: they are there to be replaced.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from melian.case.language import RESERVED
from melian.case.reader import MAX_NAME
from melian.source.fixes import quoted
from melian.source.text import Source
from melian.source.tidy.quotes import needs_quotes
from melian.source.tidy.tidy import tidy

SCHEMA_FILE: Final = "melian.schema.json"
SCHEMA_LINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
MOST_PARTS: Final = 8  # actors and factors beside who decides: each is a stake, and nobody ranks more than a dozen
HORIZON: Final = timedelta(days=182)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a draft is made from.

    Attributes
    ----------
    actors : who takes part; the first decides.
    options : what it can choose; the first is the one that the question asks about.
    factors : what bears on the decision and nobody here chooses.
    """

    question: str = "Will the first actor act?"
    by: date | None = None
    actors: tuple[str, ...] = ("First actor", "Second actor")
    decision: str = "The decision"
    options: tuple[str, ...] = ("acts", "waits")
    factors: tuple[str, ...] = ("Pressure from outside", "Support at home")


@dataclass(frozen=True, slots=True)
class _Choice:
    """The decision that the question asks about; its first option means yes."""

    name: str
    actor: str
    label: str
    options: Sequence[tuple[str, str]]


def identifier(text: str, joiner: str = "-", taken: Iterable[str] = ()) -> str:
    """Name for a title in any script: its letters and digits, small, joined; "" where there are none.

    Parameters
    ----------
    joiner : `-` for cases and files, `_` for what rules refer to.
    taken : names that are given already.
    """
    letters = unicodedata.normalize("NFC", text.lower())
    kept = ""
    for sign in letters:
        is_mark = unicodedata.category(sign) in ("Mn", "Mc") and kept[-1:].strip() != ""  # on a letter before it
        kept += sign if sign.isalnum() or is_mark else " "
    name = joiner.join(kept.split())[: MAX_NAME - 4].strip(joiner)
    if name in RESERVED:
        name += f"{joiner}1"
    number, free = 2, name
    while free in set(taken):
        number, free = number + 1, f"{name}{joiner}{number}"
    return free


def drafted(name: str, answers: Answers, today: date) -> str:
    """Text of a case.

    Parameters
    ----------
    name : of the case.
    today : the day of the forecast.
    """
    names: list[str] = []

    def named(text: str, fallback: str) -> str:
        names.append(identifier(text, "_", names) or identifier(fallback, "_", names))
        return names[-1]

    deciding = named(answers.actors[0], "actor")
    others = [(named(text, "actor"), text) for text in answers.actors[1:]]
    decision = named(answers.decision, "decision")
    factors = [(named(text, "factor"), text) for text in answers.factors]
    stances = [(named(f"stance of {text}", "stance"), actor, text) for actor, text in others]
    options = _options(answers.options)
    yes = options[0][0]
    seen = [*(each for each, _ in factors), *(each for each, _, _ in stances)]
    parts = [
        SCHEMA_LINE + _HEAD.format(name=name, title=_text(answers.question), today=today),
        _QUESTION.format(decision=decision, yes=yes, by=answers.by or today + HORIZON),
        _actors(deciding, answers.actors[0], others),
        _factors(factors),
        _choices(_Choice(decision, deciding, answers.decision, options), seen, stances),
        _stakes(_Choice(decision, deciding, answers.decision, options), factors, stances),
        _EVIDENCE.format(day=today - timedelta(days=7), decision=decision, yes=yes),
    ]
    return tidy(Source(name, "\n".join(part for part in parts if part)))


def on_day(template: str, name: str, today: date) -> str:
    """Text of a template under another name, all its dates moved so that its day of the forecast is today."""
    found = re.search(r"^as_of: (\S+)", template, re.MULTILINE)
    assert found is not None
    moved = today - date.fromisoformat(found[1])
    dated = _DAY.sub(lambda match: (date.fromisoformat(match[0]) + moved).isoformat(), template)
    return re.sub(r"^case: .*$", f"case: {name}", dated, count=1, flags=re.MULTILINE)


def _text(text: str) -> str:
    """Text as a value."""
    text = " ".join(text.split())
    return quoted(text) if needs_quotes(text, in_flow=True) else text


def _options(texts: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for text in texts:
        taken = [name for name, _ in found]
        found.append((identifier(text, "_", taken) or identifier("option", "_", taken), text))
    return found


def _actors(deciding: str, text: str, others: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f"  {actor}: {{name: {_text(said)}, precision: ordinary}}\n" for actor, said in others)
    return f"{_ACTORS}actors:\n  {deciding}: {{name: {_text(text)}, precision: ordinary}}\n{lines}"


def _factors(factors: Sequence[tuple[str, str]]) -> str:
    if not factors:
        return ""
    lines = "".join(_FACTOR.format(name=name, label=_text(text)) for name, text in factors)
    return f"{_FACTORS}factors:\n{lines}"


def _choices(choice: _Choice, seen: Sequence[str], stances: Sequence[tuple[str, str, str]]) -> str:
    text = f"{_CHOICES}choices:\n"
    for name, actor, said in stances:
        text += _STANCE.format(name=name, actor=actor, label=_text(f"What is done by: {said}"))
    text += f"  {choice.name}:\n    label: {_text(choice.label)}\n    actor: {choice.actor}\n    options:\n"
    text += "".join(f"      - {{{name}: {_text(said)}}}\n" for name, said in choice.options)
    return text + (f"    sees: [{', '.join(seen)}]\n" if seen else "")


def _stakes(choice: _Choice, factors: Sequence[tuple[str, str]], stances: Sequence[tuple[str, str, str]]) -> str:
    yes, rest = choice.options[0][0], [name for name, _ in choice.options[1:]]
    terms = {"decision": choice.name, "yes": yes}
    own = ["cost", *(f"about_{name}" for name, _ in factors), *(f"ties_with_{actor}" for _, actor, _ in stances)]
    costs = ", ".join([f"{yes}: 0", *(f"{option}: 100" for option in rest)])
    text = f"{_STAKES}stakes:\n  {choice.actor}:\n    order: [{', '.join(own)}]\n"
    text += f"    cost: {{label: being spared the effort, given: [{choice.name}], values: {{{costs}}}}}\n"
    for name, label in factors:
        text += _ABOUT.format(name=name, label=_text(f"what fits: {label}"), **terms)
    for stance, actor, label in stances:
        text += _TIES.format(actor=actor, label=_text(f"good terms with {label}"), stance=stance, **terms)
    for stance, actor, _ in stances:
        text += _OTHER.format(actor=actor, stance=stance, **terms)
    return text


_HEAD: Final = """\
#
# A first draft. It runs as it is, and its numbers mean nothing yet: replace them, one section after the other.
# `melian check` says what does not fit, `melian run` answers, `melian explain` tells what a code means.

melian: 1
case: {name}
title: {title}
as_of: {today}  # the day of the forecast: reports dated later are left out
by: your name
basis: judgement  # or fact, or assumption; a report shows the three apart
"""
_QUESTION: Final = """\
question:
  event: {{{decision}: {yes}}}  # what has to come about for a yes
  by: {by}
  resolution: Say here how one will know, so that nobody can argue about it afterwards.
"""
_ACTORS: Final = """\
# Who chooses. Precision is how consistently an actor picks what is best for it: erratic, ordinary or calculating.
"""
_FACTORS: Final = """\
# What nobody here chooses. A judgement is a word (likely), a range (0.2..0.4 or 20..40 %), a number, or `about 0.3`.
"""
_FACTOR: Final = """\
  {name}:
    label: {label}
    states: [absent, present]
    chances: {{present: roughly even chance}}  # the rest goes to the other state
"""
_CHOICES: Final = """\
# What actors choose, and what each knows when it chooses.
"""
_STANCE: Final = """\
  {name}:
    label: {label}
    actor: {actor}
    options: [supports, opposes]
"""
_STAKES: Final = """\
# What each actor weighs: how important each stake is, and how good each outcome is on it, from 0 (worst) to 100 (best).
# `order` names the most important stake first; `a = b` is a tie.
"""
_ABOUT: Final = """\
    about_{name}:
      label: {label}
      given: [{name}, {decision}]
      values:  # the first rule that matches counts
        - {{when: {{{name}: present, {decision}: {yes}}}, is: 100}}
        - {{when: {{{name}: present}}, is: 20..60}}
        - {{when: {{{decision}: {yes}}}, is: 0}}
        - {{else: true, is: 40..80}}
"""
_TIES: Final = """\
    ties_with_{actor}:
      label: {label}
      given: [{stance}, {decision}]
      values:
        - {{when: {{{stance}: supports, {decision}: {yes}}}, is: 100}}
        - {{when: {{{decision}: {yes}}}, is: 0}}
        - {{else: true, is: 40..80}}
"""
_OTHER: Final = """\
  {actor}:
    order: [outcome, effort]
    outcome:
      given: [{decision}]
      values: [{{when: {{{decision}: {yes}}}, is: 0}}, {{else: true, is: 100}}]
    effort: {{label: a quiet life, given: [{stance}], values: {{supports: 100, opposes: 0}}}}
"""
_EVIDENCE: Final = """\
# Reports come last. Take out the `#` in front of these lines and put your own in their place.
# sources:
#   paper: {{title: A newspaper, grade: B3}}  # Admiralty grade: A to F for the source, 1 to 6 for the information
# evidence:
#   - id: first_report
#     date: {day}
#     claim: What it says, in your own words.
#     source: paper
#     bears_on: {decision}
#     likelihood: {{{yes}: likely, others: unlikely}}  # how likely such a report would be in each state
#     anyway: unlikely  # would this source say so if it were not so?
"""
