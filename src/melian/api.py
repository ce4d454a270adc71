"""The public face: read a case, know what is wrong with it, solve it."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from melian import arguments
from melian.answer.defaults import ADAPT_BELOW, DEFAULT_SEED, DEFAULT_WORLDS
from melian.answer.shown import Origin, Shown
from melian.case.case import Case as JudgedCase
from melian.case.case import Name
from melian.case.changes import at_path, changes_as_text
from melian.case.patch import patched
from melian.case.read import read_case
from melian.case.rules import check_soundness
from melian.case.write import write_case
from melian.catalog import case_path
from melian.errors import AskError, CaseError, MelianError
from melian.model.build import build_model
from melian.solve.solvable import check_solvable
from melian.source.diagnostic import Diagnostic, has_errors, info
from melian.source.folder import Folder, folder_of
from melian.source.text import Source, read_source

if TYPE_CHECKING:
    from melian.answer.compare import Difference
    from melian.answer.sampling import Told
    from melian.answer.shown import Figure, Looks, SolvedLooks
    from melian.answer.solution import Solution
    from melian.answer.supposed import AnyStates, States

MOST_TOLD = 1_000

__all__ = ["Case", "diff", "examine", "read", "read_text", "solve_many"]


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
        TypeError, ValueError
            For an argument of the wrong kind or out of range; the message names it.
        """
        from melian.answer.solve import solve_model  # here, so that a case is read without the solver
        from melian.answer.supposed import supposing
        from melian.solve.draws.sobol import MAX_SEED
        from melian.solve.run import MAX_WORLDS

        known, brought = (
            arguments.states("solve", "observe", observe, several=True),
            arguments.states("solve", "do", do),
        )
        return solve_model(
            build_model(self.judged),
            supposing(known, brought, announced),
            worlds=arguments.whole("solve", "worlds", worlds, least=1, most=MAX_WORLDS),
            seed=arguments.whole("solve", "seed", seed, least=0, most=MAX_SEED - 1),
            threads=None if threads is None else arguments.whole("solve", "threads", threads, least=1),
            adapt_below=arguments.share("solve", "adapt_below", adapt_below),
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
        arguments.day("on", "day", day)
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
        return self._patched(read_source(arguments.path("patched", "patch", patch)))

    def with_(self, changes: Mapping[str, object]) -> "Case":
        """Return the case with parts of it replaced, as `patched` does with a file.

        Parameters
        ----------
        changes : sections as a case has them, each with what is to change by its name. Of a factor, a choice, an actor,
            a source, a stake or a report only what is said is replaced, so that
            `{"factors": {"army": {"base": {"wavers": "likely"}}}}` keeps the army's states and influences; None takes
            a key away. Judgements are written as in `melian.build`: a tuple of two numbers is a range.

        Raises
        ------
        CaseError
            If the case would not be sound with it; each message names the path, such as `factors.army.base.wavers`.
        TypeError
            If something cannot stand in a case; the message names its path.
        """
        arguments.instance("with_", "changes", changes, Mapping, "a mapping of sections")
        source = Source("the changes", changes_as_text("with_", changes))
        try:
            return self._patched(source)
        except CaseError as problem:
            raise CaseError([at_path(one, source) for one in problem.diagnostics]) from None

    def _patched(self, patch: Source) -> "Case":
        case, diagnostics = patched(self.judged, patch)
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
    arguments.path("read", "path", path)
    arguments.day("read", "as_of", as_of)
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
    arguments.day("read_text", "as_of", as_of)
    source = Source(arguments.text("read_text", "name", name), arguments.text("read_text", "text", text))
    case, diagnostics = examine_source(source, as_of=as_of)
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
    for name, case in (("one", one), ("other", other)):
        arguments.instance("diff", name, case, Case, "a melian.Case")
    arguments.whole("diff", "worlds", worlds, least=1)
    arguments.whole("diff", "seed", seed, least=0)
    from melian.answer.compare import compare  # here, so that a case is read without the solver

    found = compare(one.judged, other.judged, worlds=worlds, seed=seed, told=told)
    return replace(found, origin=Origin(partial(_difference_looks, one.judged, other.judged)))


def solve_many(  # noqa: PLR0913 -- as `Case.solve`
    cases: Iterable[Case],
    *,
    worlds: int = DEFAULT_WORLDS,
    seed: int = DEFAULT_SEED,
    observe: "States | None" = None,
    do: "States | None" = None,
    announced: bool = True,
    threads: int | None = None,
    told: "Told | None" = None,
) -> "list[Solution]":
    """Solve several cases alike, such as one case with a judgement at several values.

    Parameters
    ----------
    cases : each is solved with what follows, as by `Case.solve`; with the same seed, world i of one is world i of all
        that have the same judgements.
    told : called with which case is being solved and the share of all that is done.

    Returns
    -------
    The solutions in the order of the cases.

    Raises
    ------
    AskError, PlanError
        Of the first case that cannot be solved, with a note of which it is.

    Examples
    --------
    >>> case = read("belarus-2022")
    >>> cases = [case.with_({"factors": {"offensive": {"chances": {"stalled": p}}}}) for p in ("likely", "unlikely")]
    >>> len(solve_many(cases, worlds=256))
    2
    """
    asked = list(cases)
    for case in asked:
        arguments.instance("solve_many", "cases", case, Case, "an iterable of melian.Case")
    found = []
    for place, case in enumerate(asked):
        if told is not None:
            told(f"Solving case {place + 1} of {len(asked)}", place / len(asked))
        try:
            found.append(
                case.solve(worlds=worlds, seed=seed, observe=observe, do=do, announced=announced, threads=threads)
            )
        except MelianError as problem:
            problem.add_note(f"of case {place + 1} of {len(asked)}: {case.judged.name}")
            raise
    return found


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
        diagnostics += check_solvable(case)
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
        diagnostics += check_solvable(case)
    if has_errors(diagnostics):
        raise CaseError(diagnostics)
    return Case(case, tuple(diagnostics))
