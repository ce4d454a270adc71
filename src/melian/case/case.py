"""The judged case: what a case file says, as frozen values that know where they were written.

Spans and provenance do not take part in equality, so two cases are equal when they mean the same.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Generic, Literal, TypeVar

from melian.case.correlation import Correlation
from melian.case.functions import Function
from melian.case.grades import Grade
from melian.case.judgement import Judgement, Provenance
from melian.case.numeric import Numeric
from melian.case.origins import origins_of
from melian.case.placeholder import placeholders
from melian.case.watch import Observable, Prospect
from melian.case.words import Scale
from melian.source.text import Source, Span
from melian.source.tree import Mapping, Scalar

Behaviour = Literal["logit", "rational"]
Knows = Literal["minds", "chances"]
Outcome = TypeVar("Outcome")
UNREAD_NAME: Final = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in use or in definition, with its place; equal to another by its text alone.

    `UNREAD_NAME` keeps the place of a name that could not be read: there is an error about it, and nothing more to say.
    """

    text: str
    span: Span = field(compare=False, repr=False)

    @property
    def is_unread(self) -> bool:
        """Whether it only keeps a place."""
        return self.text == UNREAD_NAME

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Test:
    """That a node is in one of some states."""

    node: Name
    states: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on factors and choices: a test, or conditions of which all or any must hold."""

    kind: Literal["test", "all", "any"]
    parts: "tuple[Condition | Test, ...]"

    def tests(self) -> Iterator[Test]:
        """Every test in it, in the order written."""
        for part in self.parts:
            if isinstance(part, Test):
                yield part
            else:
                yield from part.tests()


@dataclass(frozen=True, slots=True)
class Availability:
    """When an option is open: in the situations that a condition on what the choice sees describes."""

    when: Condition
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class State:
    """A state of a factor or an option of a choice, with what people call it.

    Attributes
    ----------
    available : of an option that is open only in some situations; None where it always is.
    """

    name: str
    label: str
    span: Span = field(compare=False, repr=False)
    available: Availability | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Judgements on some of a node's states, drawn together; `others` is one judgement on each state not named."""

    entries: tuple[tuple[Name, Judgement], ...]
    others: Judgement | None
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Outcome]):
    """What holds when all tests hold; no tests: whatever no earlier rule covers. The first rule that matches counts.

    Attributes
    ----------
    otherwise : of an influence: what it does where its tests do not hold.
    """

    when: tuple[Test, ...]
    outcome: Outcome
    span: Span = field(compare=False, repr=False)
    otherwise: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Chances:
    """A table of chances by rules over the nodes in `given` (where not said: those that the rules mention)."""

    given: tuple[Name, ...]
    rules: tuple[Rule[Row], ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Influences:
    """A table of chances by a base row and shifts of its log-odds, which all add up where they apply."""

    given: tuple[Name, ...]
    base: Row
    influences: tuple[Rule[Row], ...]
    span: Span = field(compare=False, repr=False)


Table = Chances | Influences | Function


@dataclass(frozen=True, slots=True)
class Actor:
    """Who chooses, how consistently it picks what is best for it, and whether it reads the others' minds."""

    name: str
    label: str
    precision: Judgement
    knows: Knows
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that reports cite."""

    name: str
    title: str
    publisher: str | None
    date: dt.date | None
    grade: Grade | None
    anyway: Judgement | None
    deceptive: Judgement | None
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Factor:
    """What nobody in the case chooses, with the chances of its states."""

    name: str
    label: str
    states: tuple[State, ...]
    table: Table
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    observable: Observable | None = None
    numeric: Numeric | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What an actor picks an option of, and what it knows then; `states` are the options."""

    name: str
    label: str
    actor: Name
    states: tuple[State, ...]
    sees: tuple[Name, ...]
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    observable: Observable | None = None


@dataclass(frozen=True, slots=True)
class Stake:
    """What an actor weighs: values from 0 (worst) to 100 (best) over the nodes it is given by."""

    name: str
    label: str
    given: tuple[Name, ...]
    rules: tuple[Rule[Judgement], ...]
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Stakes:
    """An actor's stakes with their weights: a rank order in groups of equals, stated weights, or neither."""

    actor: Name
    stakes: tuple[Stake, ...]
    order: tuple[tuple[Name, ...], ...]
    weights: Row | None
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Belief:
    """How an actor sees a factor otherwise than the analyst does."""

    actor: Name
    factor: Name
    table: Table
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """A dated, sourced piece of evidence: how likely it is in each state of what it bears on.

    Attributes
    ----------
    is_finding : whether it names the states of which it shows that one holds.
    is_certain : whether it is said to be true beyond doubt.
    is_believed : whether it is no report but what the analyst holds after all evidence: its row are the chances.
    """

    name: str
    date: dt.date | None
    happened: dt.date | None
    claim: str
    source: Name | None
    at: str | None
    grade: Grade | None
    bears_on: Name
    likelihood: Row
    is_finding: bool
    is_certain: bool
    anyway: Judgement | None
    deceptive: Judgement | None
    origin: str | None
    superseded_by: Name | None
    span: Span = field(compare=False, repr=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    is_believed: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A judgement that is stated once and used by its name.

    Attributes
    ----------
    judgement : None where nothing uses it, so that it is not known what kind of quantity it is.
    """

    name: str
    judgement: Judgement | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the event, its horizon, how one will know; `outcome` is used only to score."""

    event: Condition
    by: dt.date | None
    resolution: str | None
    outcome: bool | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True)
class Case:
    """One question with all that bears on it.

    Attributes
    ----------
    title : the question in a sentence; that of a draft says so, wherever it is shown.
    source : text of the case's own file.
    parts : texts of the files that it includes, in the order read.
    tree : of all its files together, as they were read.
    outers : by file, what it says at its top of who made its judgements.
    unread : sections that could not be read at all, so that it cannot be told which names they define.
    """

    name: str
    title: str
    as_of: dt.date | None
    scale: Scale
    behaviour: Behaviour
    question: Question
    actors: tuple[Actor, ...]
    sources: tuple[Citation, ...]
    grades: tuple[tuple[str, Judgement], ...]
    judgements: tuple[Named, ...]
    correlations: tuple[Correlation, ...]
    factors: tuple[Factor, ...]
    choices: tuple[Choice, ...]
    stakes: tuple[Stakes, ...]
    beliefs: tuple[Belief, ...]
    evidence: tuple[Report, ...]
    source: Source = field(compare=False, repr=False)
    tree: Mapping = field(compare=False, repr=False)
    outers: dict[Source, Provenance] = field(compare=False, repr=False)
    watch: tuple[Prospect, ...] = ()
    parts: tuple[Source, ...] = field(default=(), compare=False, repr=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    @cached_property
    def placeholders(self) -> tuple[Scalar, ...]:
        """Values that only hold a place until somebody says what belongs there."""
        return tuple(placeholders(self.tree))

    @cached_property
    def nodes(self) -> "dict[str, Factor | Choice]":
        """Factors and choices by name."""
        nodes: list[Factor | Choice] = [*self.factors, *self.choices]
        return {node.name: node for node in nodes}

    def actor(self, name: str) -> Actor:
        """Actor of that name; KeyError where there is none."""
        return {actor.name: actor for actor in self.actors}[name]

    @cached_property
    def _citations(self) -> dict[str, Citation]:
        return {source.name: source for source in self.sources}

    def citation(self, name: str) -> Citation | None:
        """Source of that name, if the case has it."""
        return self._citations.get(name)

    def grade_of(self, report: Report) -> Grade | None:
        """Grade a report counts with: its own, else its source's."""
        if report.grade is not None or report.source is None:
            return report.grade
        cited = self.citation(report.source.text)
        return cited.grade if cited else None

    def anyway_of(self, report: Report) -> Judgement | None:
        """How readily a report would be made anyway: as it says, else as its source does."""
        cited = self._cited(report)
        return report.anyway if report.anyway is not None or cited is None else cited.anyway

    def deceptive_of(self, report: Report) -> Judgement | None:
        """Chance that a report says the opposite of what is so: as it says, else as its source does."""
        cited = self._cited(report)
        return report.deceptive if report.deceptive is not None or cited is None else cited.deceptive

    def _cited(self, report: Report) -> Citation | None:
        """Source whose ways a report shares: none if it is certain."""
        return self.citation(report.source.text) if report.source is not None and not report.is_certain else None

    def is_known(self, report: Report) -> bool:
        """Whether a report had been made on the case's date."""
        return self.as_of is None or report.date is None or report.date <= self.as_of

    def replacement(self, report: Report) -> Report | None:
        """Report that had taken the place of this one on the case's date, if one had."""
        if report.superseded_by is None:
            return None
        later = self._reports.get(report.superseded_by.text)
        return later if later is not None and self.is_known(later) else None

    def counts(self, report: Report) -> bool:
        """Whether a forecast counts a report: it is known on the case's date, and no report has taken its place."""
        return self.is_known(report) and self.replacement(report) is None

    @cached_property
    def origins(self) -> dict[str, str]:
        """What each report goes back to, by its name; reports that are alike in it are one."""
        return origins_of(self.evidence)

    @cached_property
    def _reports(self) -> dict[str, Report]:
        return {report.name: report for report in self.evidence}
