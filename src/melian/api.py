"""The public face: read a case, know what is wrong with it, solve it."""

import os
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from melian.answer.defaults import ADAPT_BELOW, DEFAULT_SEED, DEFAULT_WORLDS
from melian.answer.shown import Origin, Shown
from melian.case.case import Case as JudgedCase
from melian.case.case import Name
from melian.case.patch import patched
from melian.case.read import read_case
from melian.case.rules import check_soundness
from melian.case.rules.scope import rows
from melian.case.write import write_case
from melian.catalog import case_path
from melian.errors import AskError, CaseError, PlanError
from melian.model.build import build_model
from melian.model.clash import clashing
from melian.model.diagram import Model
from melian.model.judged import Ground
from melian.model.parameter import Row, Tied, infeasibility
from melian.model.tied import cuts_of, infeasibility_of_tied
from melian.plan.make import make_plan
from melian.solve.clash import smallest_clash
from melian.source.diagnostic import Diagnostic, Label, Note, error, has_errors, info
from melian.source.folder import Folder, folder_of
from melian.source.text import Source, Span, read_source

if TYPE_CHECKING:
    from melian.answer.compare import Difference
    from melian.answer.sampling import Told
    from melian.answer.shown import Figure, Looks, SolvedLooks
    from melian.answer.solution import Solution
    from melian.answer.supposed import AnyStates, States

MOST_TOLD = 1_000
MAX_UNCERTAIN = 20_000  # within what the points of the unit cube can have as dimensions

__all__ = ["Case", "diff", "examine", "read", "read_text"]


@dataclass(frozen=True, repr=False)
class Case(Shown):
    """A sound case, ready to be solved.

    Attributes
    ----------
    judged : what the case file says.
    diagnostics : warnings and remarks; none of them an error.
    """

    judged: JudgedCase
    diagnostics: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        return f"Case({self.judged.name})"

    def _looks(self) -> "Looks":
        from melian.view.looks.case import CaseLooks  # here, as the command line has no use for it

        return CaseLooks(self.judged, self.diagnostics)

    def solve(  # noqa: PLR0913 -- the public call: what people set is named where they set it
        self,
        *,
        worlds: int = DEFAULT_WORLDS,
        seed: int = DEFAULT_SEED,
        observe: "AnyStates | None" = None,
        do: "States | None" = None,
        announced: bool = True,
        threads: int | None = None,
        adapt_below: float = ADAPT_BELOW,
        told: "Told | None" = None,
    ) -> "Solution":
        """Solve all worlds.

        Parameters
        ----------
        worlds : how many; world i is the same whatever the number.
        seed : of the worlds.
        observe : node to state that the analyst has learned, or to several of which one is so; every actor's rules
            stay as they are.
        do : node to state that is brought about from outside.
        announced : whether the actors know of `do` before they choose, and answer it.
        threads : one for each processor where None.
        adapt_below : share of the worlds that has to be left after the evidence; where fewer are, others are drawn that
            fit it. 0 draws none anew.
        told : called with what is being done and the share of it that is done, from any thread.

        Raises
        ------
        AskError
            If what is supposed does not exist or contradicts the case.
        ValueError
            For a number of worlds or a seed out of range.
        """
        from melian.answer.solution import solve_model  # here, so that a case is read without the solver
        from melian.answer.supposed import supposing

        supposed = supposing(observe, do, announced)
        return solve_model(
            build_model(self.judged),
            supposed,
            worlds=worlds,
            seed=seed,
            threads=threads,
            adapt_below=adapt_below,
            told=told,
            views=partial(_solution_looks, self.diagnostics),
        )

    def diagram(self) -> "Figure":
        """Picture of the case: who chooses what, on what it hangs, what they weigh; a solution's has the chances."""
        return self._looks().figure(self)

    def to_yaml(self) -> str:
        """Text of the case in the case language, in canonical order: one file, without the comments of the original.

        What is read from it by `read_text` means the same and draws the same worlds.
        """
        return write_case(self.judged)

    def on(self, day: date) -> "Case":
        """Return the case as it stood on a day: later reports are left out."""
        return _sound(replace(self.judged, as_of=day))

    def patched(self, patch: str | os.PathLike[str]) -> "Case":
        """Return the case with parts of it replaced by those of a file.

        Parameters
        ----------
        patch : a file with sections as a case has; what it defines takes the place of what has the same name.

        Raises
        ------
        CaseError
            If the file cannot be read, or the case would not be sound with it.
        """
        case, diagnostics = patched(self.judged, read_source(patch))
        if case is not None:
            case = replace(case, as_of=self.judged.as_of)
            diagnostics += check_soundness(case, diagnostics)
        if case is None or has_errors(diagnostics):
            raise CaseError(_at_most(diagnostics))
        return _sound(case)

    def reveal(self, choice: str, *nodes: str) -> "Case":
        """Return the case in which the actor of a choice also knows the states of some nodes when choosing.

        Raises
        ------
        AskError
            If there is no such choice or node.
        CaseError
            If the actor cannot know them: they lie in the choice's own future.
        """
        case = self.judged
        if choice not in {one.name for one in case.choices}:
            raise AskError(f"`{choice}` is no choice of this case")
        for node in nodes:
            if node not in case.nodes:
                raise AskError(f"`{node}` is no factor or choice of this case")
        choices = tuple(
            replace(one, sees=tuple(dict.fromkeys((*one.sees, *(Name(node, one.span) for node in nodes)))))
            if one.name == choice
            else one
            for one in case.choices
        )
        return _sound(replace(case, choices=choices))


def read(path: str | os.PathLike[str], *, as_of: date | None = None) -> Case:
    """Read a case file, or a case of the gallery by its name.

    Parameters
    ----------
    as_of : day of the forecast instead of the case's own; later reports are left out.

    Raises
    ------
    CaseError
        With every diagnostic, if the case has errors.
    """
    case, diagnostics = examine(path, as_of=as_of)
    if case is None or has_errors(diagnostics):
        raise CaseError(diagnostics)
    return Case(case, tuple(diagnostics))


def read_text(text: str, *, as_of: date | None = None, name: str = "case.yaml") -> Case:
    """Read a case from its text.

    Parameters
    ----------
    as_of : day of the forecast instead of the case's own; later reports are left out.
    name : what the text is called where something is said about it.

    Raises
    ------
    CaseError
        With every diagnostic, if the case has errors. A text has no folder, so that it cannot include files.
    """
    case, diagnostics = examine_source(Source(name, text), as_of=as_of)
    if case is None or has_errors(diagnostics):
        raise CaseError(diagnostics)
    return Case(case, tuple(diagnostics))


def diff(
    one: Case, other: Case, *, worlds: int = DEFAULT_WORLDS, seed: int = DEFAULT_SEED, told: "Told | None" = None
) -> "Difference":
    """What two versions of a case say differently, and what each change does to the answer.

    Parameters
    ----------
    one, other : the earlier and the later version, or two analysts' cases on one question.
    worlds : of each mix of the two that is solved.
    told : called with what is being done and the share of it that is done.

    Raises
    ------
    AskError
        If one of the versions cannot be solved.
    """
    from melian.answer.compare import compare  # here, so that a case is read without the solver

    found = compare(one.judged, other.judged, worlds=worlds, seed=seed, told=told)
    return replace(found, origin=Origin(partial(_difference_looks, one.judged, other.judged)))


def _solution_looks(diagnostics: tuple[Diagnostic, ...], solution: "Solution") -> "SolvedLooks":
    from melian.view.looks.solved import SolutionLooks  # here, so that nothing is loaded that nobody looks at

    return SolutionLooks(solution, diagnostics)


def _difference_looks(one: JudgedCase, other: JudgedCase) -> "Looks":
    from melian.view.looks.difference import DifferenceLooks

    return DifferenceLooks(one, other)


def examine(path: str | os.PathLike[str], *, as_of: date | None = None) -> tuple[JudgedCase | None, list[Diagnostic]]:
    """Everything that there is to say about a case file, or a gallery case by its name; the case where it can be read.

    Raises
    ------
    CaseError
        If the file itself cannot be read.
    """
    gallery = None if os.path.exists(path) else case_path(os.fspath(path))
    place = gallery or path
    return examine_source(read_source(place), as_of=as_of, folder=folder_of(place))


def examine_source(
    source: Source, *, as_of: date | None = None, folder: Folder | None = None
) -> tuple[JudgedCase | None, list[Diagnostic]]:
    """Everything that there is to say about a case's text; the case where it can be read.

    Parameters
    ----------
    folder : where the files are that the case includes; a text without a folder cannot include any.
    """
    case, diagnostics = read_case(source, folder)
    if case is None:
        return None, _at_most(diagnostics)
    if as_of is not None:
        case = replace(case, as_of=as_of)
    diagnostics += check_soundness(case, diagnostics)
    if not has_errors(diagnostics):
        diagnostics += _check_solvable(case)
    return case, _at_most(diagnostics)


def _at_most(diagnostics: list[Diagnostic], most: int = MOST_TOLD) -> list[Diagnostic]:
    """As many as anyone will read, the most severe first, and how many there are beside them.

    A hostile file of a megabyte can hold 90,000 mistakes, which take long to show and help nobody.
    """
    if len(diagnostics) <= most:
        return diagnostics
    rank = {"error": 0, "warning": 1, "info": 2}
    kept = sorted(diagnostics, key=lambda one: rank[one.severity])[:most]
    headline = f"there is more to say: {len(diagnostics) - most:,} diagnostics are not shown"
    return [*kept, info("and-more", headline, kept[-1].primary.span, help="mend these first, then check again")]


def _sound(case: JudgedCase) -> Case:
    diagnostics = check_soundness(case)
    if not has_errors(diagnostics):
        diagnostics += _check_solvable(case)
    if has_errors(diagnostics):
        raise CaseError(diagnostics)
    return Case(case, tuple(diagnostics))


def _check_solvable(case: JudgedCase) -> list[Diagnostic]:
    """What only the model and the plan can tell: rows that almost nothing meets, cost."""
    model = build_model(case)
    diagnostics = [
        _impossible(case, row, why) for row in model.parameters if isinstance(row, Row) and (why := infeasibility(row))
    ]
    tied = [row for row in model.parameters if isinstance(row, Tied)]
    alone = [_impossible(case, row, why) for row in tied if (why := infeasibility_of_tied(row, cuts_of([row])))]
    cuts = cuts_of(tied)
    diagnostics += alone or [_impossible(case, row, why) for row in tied if (why := infeasibility_of_tied(row, cuts))]
    n_uncertain = sum(parameter.n_dimensions for parameter in model.parameters)
    if n_uncertain > MAX_UNCERTAIN:
        return [*diagnostics, _too_uncertain(case, n_uncertain)]
    try:
        make_plan(model)
    except PlanError as problem:
        return [*diagnostics, _unsolvable(case, problem)]
    return diagnostics or _clashing(case, model)


def _clashing(case: JudgedCase, model: Model) -> list[Diagnostic]:
    """Reports that leave no world possible, where each node by itself can still be in some state."""
    origins = [model.evidence[each.origin] for each in smallest_clash(model) if each.origin is not None]
    names = {testimony.report for origin in origins for testimony in origin.reports}
    labels = [
        Label(report.likelihood.span, f"by report `{report.name}`") for report in case.evidence if report.name in names
    ]
    if not labels:
        return []
    told = [f"`{report.name}`" for report in case.evidence if report.name in names]
    both = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    headline = f"the reports {both} cannot hold together" if len(told) > 1 else f"the report {both} cannot hold"
    cure = "give one of these reports a source that may be wrong (`source:`, graded), or a chance above 0"
    return [error("impossible-evidence", headline, labels[0].span, labels[0].text, secondary=labels[1:], help=cure)]


def _too_uncertain(case: JudgedCase, n_uncertain: int) -> Diagnostic:
    headline = f"the case leaves {n_uncertain:,} numbers open, more than {MAX_UNCERTAIN:,}"
    return error(
        "too-costly", headline, case.question.span, "asked here", help="leave out what bears least on the question"
    )


def _impossible(case: JudgedCase, row: Row | Tied, why: str) -> Diagnostic:
    ground = row.origin
    assert isinstance(ground, Ground)
    assert ground.span is not None
    what = "weights" if ground.kind == "weights" else "chances"
    headline = f"these {what} of `{ground.about[-1]}` cannot be met together: {why}"
    cure = f"the {what} of one row sum to 1; change one of them"
    also = [Label(place, "clashes with the others") for place in _clash(case, row, ground.span)]
    return error("impossible-row", headline, ground.span, "this row", secondary=also, help=cure)


def _clash(case: JudgedCase, row: Row | Tied, place: Span) -> list[Span]:
    """Places of the judgements of a row that clash, where there are others beside them."""
    judged = next((one for one, _ in rows(case) if one.span == place), None)
    if judged is None or not isinstance(row, Row):
        return []
    node = next(node for one, node in rows(case) if one is judged)
    said = {name.text: judgement.span for name, judgement in judged.entries}
    others = judged.others.span if judged.others is not None else None
    spans = [said.get(state.name, others) for state in case.nodes[node].states]
    found = dict.fromkeys(span for index in clashing(row) if (span := spans[index]) is not None)
    return list(found) if len(found) < len(said) + (others is not None) else []


def _unsolvable(case: JudgedCase, problem: PlanError) -> Diagnostic:
    places = [_place(case, name) for name in problem.nodes]
    labels = tuple(Label(place, _called(name)) for name, place in zip(problem.nodes, places, strict=True))
    notes = tuple(Note("help", note) for note in problem.notes)
    return Diagnostic(problem.code, "error", problem.message, labels[0], labels[1:], notes)


def _called(name: str) -> str:
    kind, _, inner = name.rpartition(":")
    return "the event" if kind == "event" else f"`{inner.rpartition('.')[2]}`"


def _place(case: JudgedCase, name: str) -> Span:
    """Where a node stands, or what else a plan names: see `melian.plan.bounds.Family`."""
    kind, _, inner = name.rpartition(":")
    actor, _, of = inner.partition(".")
    if kind == "event":
        return case.question.span
    if kind == "stake":
        return next(
            s.span for stakes in case.stakes if stakes.actor.text == actor for s in stakes.stakes if s.name == of
        )
    if kind == "belief":
        return next(b.span for b in case.beliefs if (b.actor.text, b.factor.text) == (actor, of))
    return case.nodes[name].span
