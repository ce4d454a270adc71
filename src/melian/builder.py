"""The same case in Python: a builder whose calls read like the case language.

It is thin. Every call adds a record to a tree, and `done` writes the tree as YAML and reads it with the same reader as
any file. So nothing can differ, and what is said of a mistake points into the YAML that the case would be.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias, TypedDict, Unpack

from melian.api import Case, read_text
from melian.case.changes import NOWHERE, entry_of, node_of_text, record_of
from melian.case.write import canonical, in_order
from melian.errors import CaseError
from melian.source.emit import emit
from melian.source.tree import Entry, Node, Scalar
from melian.source.tree import Mapping as Record
from melian.source.tree import Sequence as Items

__all__ = ["CaseBuilder", "build"]

Judgement: TypeAlias = str | float | tuple[float, float] | Mapping[str, object]
"""As in YAML; a tuple of two numbers is a range."""
Row: TypeAlias = Mapping[str, Judgement]
Rules: TypeAlias = Sequence[Mapping[str, object]]
Condition: TypeAlias = Mapping[str, object]
States: TypeAlias = Iterable[str | Mapping[str, object]]
Day: TypeAlias = date | str


class Said(TypedDict, total=False):
    """Who made a judgement, when, on what basis, why, and where its ground is."""

    by: str
    on: Day
    basis: str
    why: str
    at: str


def build(
    name: str,
    *,
    title: str | None = None,
    as_of: Day | None = None,
    words: str | None = None,
    behaviour: str | None = None,
    knows: str | None = None,
    **said: Unpack[Said],
) -> "CaseBuilder":
    """Start a case.

    Parameters
    ----------
    name : short name of the case.
    title : the question in a sentence.
    as_of : day of the forecast; reports dated later are left out.
    words : scale of words of likelihood, `icd203` or `phia`.
    behaviour : `logit` or `rational`.
    knows : what actors know of the others: their `minds`, or only the `chances` of what these are.
    said : who made its judgements, where nothing else is said: `by`, `on`, `basis`.

    Examples
    --------
    >>> case = build("strait", title="Will the strait be closed?")
    >>> storm = case.factor("storm", states=["none", "strong"], chances={"strong": "unlikely"})
    >>> navy = case.actor("navy", "The northern navy", precision=(4, 12))
    >>> strait = case.choice("strait", actor=navy, options=["open", "closed"], sees=[storm])
    >>> trade = case.stake(navy, "trade", given=[strait], values={"open": 100, "closed": 0})
    >>> case.question({strait: "closed"}, by="2031-12-31")
    >>> case.done().solve(worlds=1000).likelihood().word
    'almost no chance'
    """
    head = {"melian": 1, "case": name, "title": title, "as_of": as_of, "words": words}
    return CaseBuilder({**head, "behaviour": behaviour, "knows": knows, **said})


class CaseBuilder:
    """A case in the making; `build` starts one.

    Every call adds one record, under the keys of the case language. Calls that name something return the name, to be
    used in later calls. Nothing is checked before `done`.
    """

    def __init__(self, head: Mapping[str, object]) -> None:
        self._head = record_of(head)
        self._question: list[Entry] = []
        self._sections: dict[str, list[Entry]] = {}
        self._stakes: dict[str, list[Entry]] = {}
        self._beliefs: dict[str, list[Entry]] = {}
        self._reports: list[Node] = []
        self._watch: list[Node] = []
        self._correlations: list[Node] = []
        self._own: list[Entry] = []

    def question(
        self, event: Condition, *, by: Day | None = None, resolution: str | None = None, outcome: str | None = None
    ) -> None:
        """Say what is asked: a condition on factors and choices, until when, and how one will know."""
        asked = {"event": event, "by": by, "resolution": resolution, "outcome": outcome}
        self._question.append(entry_of("question", asked))

    def actor(
        self,
        name: str,
        label: str | None = None,
        *,
        precision: Judgement | None = None,
        knows: str | None = None,
        **said: Unpack[Said],
    ) -> str:
        """Add who chooses; `label` is what people call it."""
        return self._add("actors", name, {"name": label, "precision": precision, "knows": knows, **said})

    def source(
        self,
        name: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        date: Day | None = None,
        grade: str | None = None,
        **more: Unpack["SourceSaid"],
    ) -> str:
        """Add who reports; `anyway` and `deceptive` hold for all its reports that do not say otherwise."""
        said = {"title": title, "publisher": publisher, "date": date, "grade": grade, **more}
        return self._add("sources", name, said)

    def grade(self, letter: str, reliability: Judgement) -> None:
        """Replace what share of its reports a source of a letter gets right."""
        self._add("grades", letter, reliability)

    def judgement(self, name: str, stated: Judgement, **said: Unpack[Said]) -> str:
        """State a judgement once; what is returned stands wherever it is used, and is one draw."""
        self._add("judgements", name, {"is": stated, **said} if said else stated)
        return f"the {name}"

    def correlate(self, one: str, other: str, rank: float, **said: Unpack[Said]) -> None:
        """Say how far two judgements with a name err the same way: their rank correlation, between -1 and 1."""
        names = [name.removeprefix("the ") for name in (one, other)]
        self._correlations.append(record_of({"between": names, "rank": rank, **said}))

    def factor(
        self,
        name: str,
        *,
        states: States,
        chances: Row | Rules | None = None,
        **more: Unpack["FactorSaid"],
    ) -> str:
        """Add what nobody in the case chooses, with `chances`, or a `base` and `influences`, or a `function`."""
        return self._add("factors", name, {"states": list(states), "chances": chances, **more})

    def choice(
        self,
        name: str,
        *,
        actor: str,
        options: States,
        sees: Iterable[str] = (),
        label: str | None = None,
        observable: Mapping[str, str] | None = None,
        **said: Unpack[Said],
    ) -> str:
        """Add what an actor picks, and what it knows then."""
        seen = list(sees)
        known: dict[str, object] = {"sees": seen or None, "observable": observable}
        record = {"label": label, "actor": actor, "options": list(options), **known, **said}
        return self._add("choices", name, record)

    def stake(
        self,
        actor: str,
        name: str,
        *,
        values: Row | Rules,
        given: Iterable[str] | None = None,
        label: str | None = None,
        **said: Unpack[Said],
    ) -> str:
        """Add what an actor weighs, with its values from 0 (worst) to 100 (best)."""
        record = {"label": label, "given": _listed(given), "values": values, **said}
        self._stakes.setdefault(actor, []).append(entry_of(name, record))
        return name

    def order(self, actor: str, *ranks: str | Sequence[str], **said: Unpack[Said]) -> None:
        """Rank an actor's stakes, most important first; those in a tuple or list weigh the same.

        What is said of the judgement holds for all stakes of the actor that do not say otherwise.
        """
        groups = [rank if isinstance(rank, str) else " = ".join(rank) for rank in ranks]
        self._weigh(actor, {"order": groups, **said})

    def weights(self, actor: str, weights: Row, **said: Unpack[Said]) -> None:
        """Weigh an actor's stakes by numbers or ranges instead of an order."""
        self._weigh(actor, {"weights": weights, **said})

    def belief(
        self, actor: str, factor: str, *, chances: Row | Rules | None = None, **more: Unpack["TableSaid"]
    ) -> None:
        """Say how an actor sees a factor otherwise than the analyst does."""
        self._beliefs.setdefault(actor, []).append(entry_of(factor, {"chances": chances, **more}))

    def report(self, id: str, claim: str, *, bears_on: str, **more: Unpack["ReportSaid"]) -> str:
        """Add a dated, sourced report, with its `likelihood` in each state, or the state that it `shows`."""
        self._reports.append(record_of({"id": id, "claim": claim, "bears_on": bears_on, **more}))
        return id

    def watch(self, id: str, claim: str, *, bears_on: str, **more: Unpack["WatchSaid"]) -> str:
        """Add a report that may yet come, with its `likelihood` in each state, or the state that it would show."""
        self._watch.append(record_of({"id": id, "claim": claim, "bears_on": bears_on, **more}))
        return id

    def own(self, key: str, value: object) -> None:
        """Keep something of your own, under `x-KEY`; melian passes over it."""
        self._own.append(entry_of(f"x-{key.removeprefix('x-')}", value))

    def done(self) -> Case:
        """Return the case.

        Raises
        ------
        CaseError
            With every diagnostic, if the case has errors; places are in the text that `to_yaml` gives.
        """
        return read_text(self.to_yaml(), name=f"{self._name()}.yaml")

    def to_yaml(self) -> str:
        """Text of the case so far, whatever is wrong with it."""
        tree = self._tree()
        try:
            return canonical(tree)
        except CaseError:  # something stands twice; the reader says what
            return emit(in_order(tree))

    def _weigh(self, actor: str, record: Mapping[str, object]) -> None:
        self._stakes.setdefault(actor, []).extend(record_of(record).entries)

    # The tree

    def _name(self) -> str:
        entry = self._head.get("case")
        return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else "case"

    def _add(self, section: str, name: str, value: object) -> str:
        self._sections.setdefault(section, []).append(entry_of(name, value))
        return name

    def _tree(self) -> Record:
        sections = dict(self._sections)
        for name, by_actor in (("stakes", self._stakes), ("beliefs", self._beliefs)):
            sections[name] = [
                Entry(node_of_text(actor), Record(tuple(entries), NOWHERE)) for actor, entries in by_actor.items()
            ]
        entries = [*self._head.entries, *self._own, *self._question]
        entries += [
            Entry(node_of_text(name), Record(tuple(section), NOWHERE)) for name, section in sections.items() if section
        ]
        lists = (("correlations", self._correlations), ("evidence", self._reports), ("watch", self._watch))
        entries += [Entry(node_of_text(name), Items(tuple(items), NOWHERE)) for name, items in lists if items]
        return Record(tuple(entries), NOWHERE)


class TableSaid(Said, total=False):
    """A table by base and influences, and what it depends on; or a function of other nodes."""

    given: Iterable[str]
    base: Row
    influences: Rules
    function: Mapping[str, object]


class FactorSaid(TableSaid, total=False):
    """What else may be said of a factor."""

    label: str
    observable: Mapping[str, str]
    numeric: Mapping[str, object]


class WatchSaid(Said, total=False):
    """What else may be said of a report that may yet come."""

    grade: str
    likelihood: Row
    shows: str | Sequence[str]
    anyway: Judgement
    observable: Mapping[str, str]


class SourceSaid(Said, total=False):
    """What else may be said of a source."""

    anyway: Judgement
    deceptive: Judgement


class ReportSaid(Said, total=False):
    """What else may be said of a report."""

    date: Day
    happened: Day
    source: str
    grade: str
    likelihood: Row
    shows: str | Sequence[str]
    believed: Row
    certain: bool
    anyway: Judgement
    deceptive: Judgement
    origin: str
    superseded_by: str


def _listed(names: Iterable[str] | None) -> list[str] | None:
    return None if names is None else list(names)
