"""A first draft of a case from a few answers: small, commented, and sound, so that it runs before anything is changed.

Everybody who was named gets something to choose and something to weigh, and everything that bears on the question is
seen by who decides it; where nobody chooses, it bears on what is asked about by itself. Whatever was not answered is a
placeholder: see `melian.case.placeholder`.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from melian.case.language import RESERVED
from melian.case.placeholder import meant, placeholder
from melian.case.reader import MAX_NAME
from melian.source.fixes import quoted
from melian.source.text import Source
from melian.source.tidy.quotes import needs_quotes
from melian.source.tidy.tidy import tidy

SCHEMA_FILE: Final = "melian.schema.json"
SCHEMA_LINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
MOST_PARTS: Final = 8  # actors and factors beside who decides: each is a stake, and nobody ranks more than a dozen
HORIZON: Final = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that bears on the question, and the states that it may be in."""

    text: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a draft is made from; what is empty was not answered.

    Attributes
    ----------
    actors : who takes part; the first decides. None where that was not answered, () where nobody chooses anything.
    decision : what is decided, or what the question is about where nobody decides it.
    options : what can be chosen, or what may come about; the first is the one that the question asks about.
    factors : what bears on it and nobody here chooses. None where that was not answered.
    base_rate : chance of a yes in cases like this one, as a judgement; where nobody decides.
    """

    question: str = ""
    by: date | None = None
    actors: tuple[str, ...] | None = None
    decision: str = ""
    options: tuple[str, ...] = ()
    factors: tuple[Asked, ...] | None = None
    base_rate: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A part of the draft: its name, what people call it, and its states with theirs."""

    name: str
    label: str
    states: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Names:
    """Names of parts, each given once."""

    given: list[str] = field(default_factory=list)

    def of(self, text: str, fallback: str) -> str:
        """Name for a text, or for what it is where the text has no letters."""
        self.given.append(identifier(text, "_", self.given) or identifier(fallback, "_", self.given))
        return self.given[-1]


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
    of_chance = answers.actors == ()
    parts = _of_chance(answers, today) if of_chance else _of_actors(answers, today)
    title = _said(answers.question, "Will it come about?" if of_chance else "Will the first actor act?")
    head = SCHEMA_LINE + _HEAD.format(name=name, title=title, today=today)
    return tidy(Source(name, "\n".join(part for part in (head, *parts) if part)))


def _said(text: str, usual: str) -> str:
    """What was answered as a value; what is usual as a placeholder where nothing was."""
    return _text(text or placeholder(usual))


def _text(text: str) -> str:
    """Text as a value."""
    text = " ".join(text.split())
    return quoted(text) if needs_quotes(text, in_flow=True) else text


def _states(texts: Sequence[str], usual: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """States with their labels; those that are usual, as placeholders, where none were answered."""
    if not texts:
        return tuple((name, placeholder(label)) for name, label in usual)
    names = _Names()
    return tuple((names.of(text, "state"), text) for text in texts)


def _listed(states: Iterable[tuple[str, str]]) -> str:
    return "".join(f"      - {{{name}: {_text(label)}}}\n" for name, label in states)


def _question(node: str, yes: str, answers: Answers, today: date) -> str:
    by = str(answers.by) if answers.by else placeholder(str(today + HORIZON))
    return _QUESTION.format(node=node, yes=yes, by=by, resolution=placeholder(_RESOLUTION))


def _asked_factors(names: _Names, asked: Sequence[Asked]) -> list[_Named]:
    return [_Named(names.of(meant(one.text), "factor"), one.text, _states(one.states, _ANY_STATES)) for one in asked]


def _factor(factor: _Named) -> str:
    return _FACTOR.format(
        name=factor.name, label=_text(factor.label), states=_listed(factor.states), first=factor.states[0][0]
    )


# Where nobody chooses


def _of_chance(answers: Answers, today: date) -> list[str]:
    """Sections of a case in which one thing comes about or does not, and reports bear on it."""
    names = _Names()
    event = names.of(answers.decision, "it")
    states = _states(answers.options, (("happens", "it comes about"), ("does_not", "it does not")))
    yes, no = states[0][0], states[1][0] if len(states) == 2 else "others"
    factors = _asked_factors(names, answers.factors or ())
    text = f"{_BASE}factors:\n" + "".join(_factor(factor) for factor in factors)
    text += f"  {event}:\n    label: {_said(answers.decision, 'What the question is about')}\n"
    text += f"    states:\n{_listed(states)}"
    base = _text(answers.base_rate or placeholder("0.1..0.3"))
    if factors:
        shifts = "".join(_SHIFT.format(factor=one.name, state=one.states[0][0], yes=yes) for one in factors)
        text += f"    base: {{{yes}: {base}}}\n    influences:\n{shifts}"
    else:
        text += f"    chances: {{{yes}: {base}}}\n"
    days = [placeholder(str(today - timedelta(days=days))) for days in (21, 7)]
    reports = _REPORTS.format(first=days[0], second=days[1], event=event, yes=yes, no=no)
    return [_question(event, yes, answers, today), text, reports]


# Where actors choose


@dataclass(frozen=True, slots=True)
class _Players:
    """Who decides, who else takes part, each as name and text, and what each of the others chooses."""

    deciding: tuple[str, str]
    others: tuple[tuple[str, str], ...]
    stances: tuple[str, ...]
    decision: _Named


def _of_actors(answers: Answers, today: date) -> list[str]:
    """Sections of a case in which actors choose."""
    names = _Names()
    actors = answers.actors or tuple(placeholder(actor) for actor in ("First actor", "Second actor"))
    named = [(names.of(meant(actor), "actor"), actor) for actor in actors]
    label = answers.decision or placeholder("What the first actor decides")
    decision = names.of(answers.decision, "decision")
    options = _states(answers.options, (("acts", "what would mean yes"), ("waits", "what would mean no")))
    usual = (Asked(placeholder("Pressure from outside")), Asked(placeholder("Support at home")))
    factors = _asked_factors(names, usual if answers.factors is None else answers.factors)
    stances = tuple(names.of(f"stance of {actor}", "stance") for actor, _ in named[1:])
    players = _Players(named[0], tuple(named[1:]), stances, _Named(decision, label, options))
    yes = options[0][0]
    return [
        _question(decision, yes, answers, today),
        _actors(named),
        f"{_FACTORS}factors:\n{''.join(_factor(factor) for factor in factors)}" if factors else "",
        _choices(players, [*(factor.name for factor in factors), *stances]),
        _stakes(players, factors),
        _EVIDENCE.format(day=today - timedelta(days=7), decision=decision, yes=yes),
    ]


def _actors(actors: Iterable[tuple[str, str]]) -> str:
    precision = placeholder("ordinary")
    lines = (f"  {actor}: {{name: {_text(said)}, precision: {precision}}}\n" for actor, said in actors)
    return f"{_ACTORS}actors:\n{''.join(lines)}"


def _choices(players: _Players, seen: Sequence[str]) -> str:
    text = f"{_CHOICES}choices:\n"
    for name, (actor, said) in zip(players.stances, players.others, strict=True):
        done = f"What is done by: {meant(said)}"
        text += _STANCE.format(name=name, actor=actor, label=_text(placeholder(done)))
    decision = players.decision
    text += f"  {decision.name}:\n    label: {_text(decision.label)}\n    actor: {players.deciding[0]}\n"
    text += f"    options:\n{_listed(decision.states)}"
    return text + (f"    sees: [{', '.join(seen)}]\n" if seen else "")


def _stakes(players: _Players, factors: Sequence[_Named]) -> str:
    decision, (actor, _) = players.decision, players.deciding
    yes, rest = decision.states[0][0], [name for name, _ in decision.states[1:]]
    terms = {"decision": decision.name, "yes": yes}
    own = ["cost", *(f"about_{one.name}" for one in factors), *(f"ties_with_{other}" for other, _ in players.others)]
    costs = ", ".join([f"{yes}: TODO 0", *(f"{option}: TODO 100" for option in rest)])
    text = f"{_STAKES}stakes:\n  {actor}:\n    order: [{', '.join([placeholder(own[0]), *own[1:]])}]\n"
    text += f"    cost: {{label: TODO being spared the effort, given: [{decision.name}], values: {{{costs}}}}}\n"
    for one in factors:
        about = _text(placeholder(f"what fits: {meant(one.label)}"))
        text += _ABOUT.format(name=one.name, label=about, state=one.states[0][0], **terms)
    for stance, (other, said) in zip(players.stances, players.others, strict=True):
        ties = _text(placeholder(f"good terms with {meant(said)}"))
        text += _TIES.format(actor=other, label=ties, stance=stance, **terms)
    for stance, (other, _) in zip(players.stances, players.others, strict=True):
        text += _OTHER.format(actor=other, stance=stance, **terms)
    return text


_ANY_STATES: Final = (("one_way", "what may be so"), ("other_way", "what else may be so"))
_RESOLUTION: Final = "Say here how one will know, so that nobody can argue about it afterwards."
_HEAD: Final = """\
#
# A first draft. It runs as it is, and means nothing yet: `TODO` marks what nobody has said. Put your own in each place
# and take the mark out; `melian check` lists those that are left, and every answer is stamped as a draft until then.

melian: 1
case: {name}
title: {title}
as_of: {today}  # the day of the forecast: reports dated later are left out
by: TODO your name
basis: judgement  # or fact, or assumption; a report shows the three apart
"""
_QUESTION: Final = """\
question:
  event: {{{node}: {yes}}}  # what has to come about for a yes
  by: {by}
  resolution: {resolution}
"""
_BASE: Final = """\
# How often such a thing comes about, before any report: among cases like this one, how many ended with a yes?
# A judgement is a range (0.1..0.3 or 10..30 %), a word (unlikely), a number, or `about 0.2`.
"""
_SHIFT: Final = """\
      - {{when: {{{factor}: {state}}}, {yes}: TODO more}}  # or less, slightly more, strongly more
"""
_REPORTS: Final = """\
# Who reported, and how far to trust them: Admiralty grades, A to F for the source, 1 to 6 for the information.
sources:
  paper: {{title: TODO A newspaper, grade: TODO B3}}
  ministry: {{title: TODO A ministry, grade: TODO C3}}

# What was reported. How likely would such a report be if the answer were yes, and how likely if it were no?
evidence:
  - id: first_report
    date: {first}
    claim: TODO What speaks for it, in your own words.
    source: paper
    bears_on: {event}
    likelihood: {{{yes}: TODO likely, {no}: TODO unlikely}}
    anyway: TODO unlikely  # would this source say so if it were not so?
  - id: second_report
    date: {second}
    claim: TODO What speaks against it, in your own words.
    source: ministry
    bears_on: {event}
    likelihood: {{{yes}: TODO unlikely, {no}: TODO likely}}
    anyway: TODO roughly even chance
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
    states:
{states}    chances: {{{first}: TODO roughly even chance}}  # the rest goes to the other states
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
        - {{when: {{{name}: {state}, {decision}: {yes}}}, is: TODO 100}}
        - {{when: {{{name}: {state}}}, is: TODO 20..60}}
        - {{when: {{{decision}: {yes}}}, is: TODO 0}}
        - {{else: true, is: TODO 40..80}}
"""
_TIES: Final = """\
    ties_with_{actor}:
      label: {label}
      given: [{stance}, {decision}]
      values:
        - {{when: {{{stance}: supports, {decision}: {yes}}}, is: TODO 100}}
        - {{when: {{{decision}: {yes}}}, is: TODO 0}}
        - {{else: true, is: TODO 40..80}}
"""
_OTHER: Final = """\
  {actor}:
    order: [TODO outcome, effort]
    outcome:
      given: [{decision}]
      values: [{{when: {{{decision}: {yes}}}, is: TODO 0}}, {{else: true, is: TODO 100}}]
    effort: {{label: TODO a quiet life, given: [{stance}], values: {{supports: TODO 100, opposes: TODO 0}}}}
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
