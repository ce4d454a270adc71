"""A solved case: what every answer is read from, and how it was made."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from typing import TypeVar, get_args

from melian import arguments
from melian.answer.behaviour import Behaviour, behaviour_of
from melian.answer.conflict import Conflicts, conflicts_of
from melian.answer.draws import Draws, draws_of
from melian.answer.drivers import EVEN_ODDS, Drivers, drivers_of, foremost_of
from melian.answer.evidence import Evidence, evidence_of
from melian.answer.incentives import Incentives, incentives_of
from melian.answer.indicators import DEFAULT_GRADE, Indicator, Indicators, headline_of, indicators_of
from melian.answer.judgements import Judged, Member
from melian.answer.learned import Lessons, learned_of
from melian.answer.levers import Levers, levers_of
from melian.answer.likelihood import Likelihood, likelihood_of
from melian.answer.matrix import Matrix, matrix_of
from melian.answer.others import OtherStories, other_stories_of, tried_alone
from melian.answer.quantity import Quantity, quantity_of
from melian.answer.sampling import Sampled, Sampling, Told, effective_of, refusal_of
from melian.answer.shown import Answer, Figure, Looks, Origin, Shown, SolvedLooks, known
from melian.answer.spread import SpreadOfWorlds, spread_of
from melian.answer.storylines import MOST, Storylines, storylines_of
from melian.answer.supposed import AnyStates, States, Supposed, enquiry_of, in_states, supposing
from melian.answer.timeline import Order, Timeline, timeline_of
from melian.answer.whatif import WhatIf, what_if
from melian.answer.why import Why, asked_of, why_of
from melian.case.case import Case
from melian.case.grades import parse_grade
from melian.errors import AskError, RefusalError
from melian.model.diagram import Model
from melian.plan.plan import Enquiry, Plan
from melian.solve.run import Worlds

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, repr=False)
class Solution(Shown):
    """All worlds of a case, solved; every answer is a method.

    Attributes
    ----------
    seconds : time taken to plan and to solve.
    views : gives how a solution and its answers look; where None they are numbers alone.
    """

    case: Case
    model: Model
    plan: Plan
    sampled: Sampled
    supposed: Supposed
    enquiry: Enquiry
    seconds: float
    views: Callable[["Solution"], SolvedLooks] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Solution({self.case.name}, {self.n_worlds:,} worlds, seed {self.seed})"

    def _looks(self) -> SolvedLooks | None:
        return None if self.views is None else self.views(self)

    def _shown(self, answer: A) -> A:
        """Answer that can be looked at. What is kept here is kept without: a circle would hold the worlds in memory."""
        if self.views is None:
            return answer
        views: Callable[[], Looks] = partial(self.views, self)
        return replace(answer, origin=Origin(views))

    @property
    def worlds(self) -> Worlds:
        """Solved worlds that every answer stands on."""
        return self.sampled.worlds

    @property
    def sampling(self) -> Sampling:
        """How the worlds came about, and what they are worth."""
        return self.sampled.sampling

    @property
    def n_worlds(self) -> int:
        """Worlds sampled."""
        return self.sampling.drawn

    @property
    def seed(self) -> int:
        """Seed of the worlds."""
        return self.sampled.before.sampler.seed

    @cached_property
    def effective_worlds(self) -> float:
        """Equally weighted worlds that would be as good as the weighted ones."""
        return effective_of(self.sampling, self.worlds)

    @property
    def unconverged_worlds(self) -> int:
        """Worlds whose rules are no certified solution; choices solved one at a time always are."""
        return int(self.worlds.unsettled.sum())

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """Names of choices that answer each other and were solved together, component by component."""
        variables = self.model.variables
        return tuple(tuple(variables[choice].name for choice in choices) for choices in self.plan.together)

    @property
    def residual(self) -> float:
        """How nearly these answer each other in the worst of all worlds, settled or not: a share of the scale of worth.

        Their largest regret, or the largest error in expected utility that would explain a rule of limited consistency.
        """
        return float(self.worlds.residual.max(initial=0.0))

    @property
    def settled_residual(self) -> float:
        """The same in the worst world that counts as settled."""
        return float(self.worlds.residual[~self.worlds.unsettled].max(initial=0.0))

    @property
    def reached(self) -> float:
        """Least precision (see `Worlds`) at which rules that could not be settled were left; infinite without any."""
        return float(self.worlds.reached.min(initial=math.inf))

    @cached_property
    def alone(self) -> dict[tuple[str, ...], bool]:
        """Of choices that are one rational actor's own, solved together: whether its best rules of all are certain."""
        name, found = [variable.name for variable in self.model.variables], tried_alone(self.model, self.plan)
        return {tuple(name[choice] for choice in choices): is_every for choices, is_every in found.items()}

    @cached_property
    def refusal(self) -> RefusalError | None:
        """Why there is no answer, with the way out; None where there is one."""
        return refusal_of(self.sampling, self.effective_worlds)

    @property
    def step(self) -> float:
        """Points to which chances are rounded where people read them.

        Raises
        ------
        RefusalError
            If too few worlds carry the evidence for any answer to be given.
        """
        return self.sampled.step_at(self.likelihood().error, self.effective_worlds)

    @cached_property
    def _likelihood(self) -> Likelihood:
        return likelihood_of(self.case, self.sampled)

    def likelihood(self) -> Likelihood:
        """How likely the event is.

        Raises
        ------
        RefusalError
            If too few worlds carry the evidence for any answer to be given.
        """
        if self.refusal is not None:
            raise self.refusal
        return self._shown(self._likelihood)

    def spread(self) -> SpreadOfWorlds:
        """Share of the worlds in each band of chances of the event, before and after the evidence."""
        return self._shown(spread_of(self.sampled))

    def nodes(self) -> dict[str, dict[str, float]]:
        """Chance of each state of each factor and choice, given the evidence."""
        variables = self.model.variables
        sums = {v.name: self.worlds.marginals[v.index].sum(axis=1).clip(max=1.0) for v in variables}
        return {v.name: dict(zip(v.states, map(float, sums[v.name]), strict=True)) for v in variables}

    def quantities(self) -> dict[str, Quantity]:
        """Middle and range of each quantity that a factor's states are of, given the evidence."""
        nodes, numeric = self.nodes(), {one.name: one.numeric for one in self.case.factors if one.numeric}
        return {name: quantity_of(name, said, nodes[name]) for name, said in numeric.items()}

    def evidence(self) -> Evidence:
        """What each report moved, the most first."""
        return self._shown(evidence_of(self.case, self.model, self.worlds))

    def foremost_driver(self) -> tuple[Judged, Member, float] | None:
        """Judgement from which most of the spread comes by itself, at a glance; None where none stands out."""
        return foremost_of(self.model, self.enquiry, self.sampled)

    def drivers(self, *, line: float = EVEN_ODDS, threads: int | None = None, told: Told | None = None) -> Drivers:
        """Which judgements the spread comes from, and which would have to be otherwise for the answer to cross a line.

        Raises
        ------
        AskError
            If the line does not lie between 0 and 1.
        """
        if not 0.0 < arguments.number("drivers", "line", line) < 1.0:
            raise AskError(f"the line to cross must lie between 0 and 1, got {line:g}")
        found = drivers_of(self.model, self.enquiry, self.sampled, line=line, n_threads=threads, told=told)
        return self._shown(found)

    def matrix(self) -> Matrix:
        """What each origin of reports says of each hypothesis, alone and given the rest."""
        return self._shown(self._matrix)

    @cached_property
    def _matrix(self) -> Matrix:
        return matrix_of(self.model, self.enquiry, self.sampled)

    def conflicts(self) -> Conflicts:
        """Reports that disagree more than chance would have it."""
        return self._shown(self._conflicts)

    @cached_property
    def _conflicts(self) -> Conflicts:
        return conflicts_of(self.model, self.enquiry, self.sampled.before)

    def learned(self) -> Lessons:
        """How actors' weights and precision shifted by the evidence, and what moved them."""
        return self._shown(self._learned)

    def draws(self) -> Draws:
        """Every world with its weight, its chance of the event and the number of each judgement.

        Raises
        ------
        AskError
            If they are more numbers than a table should hold.
        """
        return self._shown(draws_of(self.model, self.sampled))

    @cached_property
    def _learned(self) -> Lessons:
        return learned_of(self.model, self.enquiry, self.sampled)

    def timeline(self, order: Order = "reported", told: Told | None = None) -> Timeline:
        """Trace the answer after each report, in the order in which they were made, or in which things happened."""
        arguments.one_of("timeline", "order", order, get_args(Order))
        n_worlds, seed = self.n_worlds, self.seed
        return self._shown(timeline_of(self.model, self.enquiry, order=order, n_worlds=n_worlds, seed=seed, told=told))

    def whatif(self, do: States | None = None, *, observe: AnyStates | None = None, announced: bool = True) -> WhatIf:
        """Suppose that something is brought about or learned, beside what is supposed already, on the same worlds.

        Parameters
        ----------
        do : node to state that is brought about from outside.
        observe : node to state that the analyst learns, or to several of which it learns that one holds.
        announced : whether the actors know of `do` before they choose.

        Raises
        ------
        AskError
            If what is supposed does not exist, is nothing, or contradicts everything.
        """
        learned = arguments.states("whatif", "observe", observe, several=True)
        done = arguments.states("whatif", "do", do)
        supposed = in_states(self.model, supposing(learned, done, announced))
        found = what_if(self.model, self.enquiry, self.sampled, enquiry_of(self.model, supposed))
        return self._shown(replace(found, supposed=supposed))

    def indicators(self, *, grade: str = DEFAULT_GRADE, own: bool = False, told: Told | None = None) -> Indicators:
        """What to watch: what seeing each thing that is not known yet is expected to tell of the event.

        Parameters
        ----------
        grade : Admiralty grade of the source that reports are reckoned with.
        own : whether the nodes that the question asks about are looked at too.

        Raises
        ------
        AskError
            If the grade is none, or there are too few worlds to tell information from chance.
        """
        parsed = parse_grade(arguments.text("indicators", "grade", grade))
        if parsed is None:
            raise AskError(f"`{grade}` is no grade", ["a letter from A to F, such as B or B2"])
        found = indicators_of(self.model, self.enquiry, self.sampled, letter=parsed.letter, own=own, told=told)
        return self._shown(found)

    @cached_property
    def first_indicator(self) -> Indicator | None:
        """The one thing to watch first, without solving anything again; None if nothing tells anything."""
        return headline_of(self.model, self.enquiry, self.sampled)

    def why(self, node: str | None = None, state: str | None = None) -> Why:
        """Walk from a chance to the situations, judgements and reports that carry it.

        Parameters
        ----------
        node, state : whose chance; that of the event where None.

        Raises
        ------
        AskError
            If there is no such node or state, or it was brought about from outside.
        """
        if (node is None) != (state is None):
            raise TypeError("why(): node and state go together, such as why('entry', 'stays_out')")
        if node is None or state is None:
            asked = asked_of(self.model, self.worlds.marginals)
        else:
            asked = [(v, (place,)) for v, place in enquiry_of(self.model, Supposed({node: state})).observe.items()]
        settled = {*self.enquiry.do, *self.enquiry.observe}
        asked = [(variable, states) for variable, states in asked if variable not in settled]
        if not asked:
            raise AskError("what is asked about was supposed, so that nothing carries its chance", ["suppose less"])
        return self._shown(why_of(self.model, self.enquiry, self.sampled, asked))

    def storylines(self, *, most: int = MOST) -> Storylines:
        """Tell the few most likely courses of events, and what would signal each first.

        Parameters
        ----------
        most : how many courses to tell.
        """
        most = arguments.whole("storylines", "most", most, least=1)
        return self._shown(storylines_of(self.model, self.enquiry, self.sampled, most=most))

    def levers(self, actor: str, *, partner: str | None = None, told: Told | None = None) -> Levers:
        """What an actor can do: the event and its own expected utility under each option, taken openly.

        Parameters
        ----------
        partner : pair its options with those of this other actor, instead of with each other.
        told : called with what is being done and the share of it that is done.

        Raises
        ------
        AskError
            If there is no such actor, or nothing is left for it to choose.
        """
        found = levers_of(self.model, self.enquiry, self.sampled, actor, partner=partner, told=told)
        return self._shown(found)

    def incentives(self, actor: str | None = None) -> Incentives:
        """What each actor gains and loses by each option, stake by stake, as it sees things itself.

        Parameters
        ----------
        actor : whose choices; everybody's where None.

        Raises
        ------
        AskError
            If there is no such actor, or nothing is left for it to choose.
        """
        return self._shown(incentives_of(self.model, self.enquiry, self.sampled, actor))

    def other_stories(self) -> OtherStories:
        """Whether rules other than those found answer each other as well."""
        return self._shown(self._other_stories)

    @cached_property
    def _other_stories(self) -> OtherStories:
        return other_stories_of(self.model, self.plan, self.sampled.population, self.worlds)

    def behaviour(self) -> Behaviour:
        """How each actor chooses in each situation."""
        return self._shown(self._behaviour)

    @cached_property
    def _behaviour(self) -> Behaviour:
        return behaviour_of(self.model, self.plan, self.worlds)

    def diagram(self) -> Figure:
        """Picture of the case with the chance of every state, given the evidence."""
        return known(self._looks()).diagram()

    def report(
        self,
        path: str | PathLike[str],
        *,
        actors: Sequence[str] | None = None,
        with_case: bool = False,
        told: Told | None = None,
    ) -> Path:
        """Write everything that there is to say into one file, as `melian report` does; a file that is there goes.

        Parameters
        ----------
        path : its ending says in which format: .html, .md, or, where a browser is on the machine, .pdf.
        actors : those of whom it is to say what they can do; everybody who is left with something to choose where None.
        with_case : whether the case's own text goes into it, with all its comments.

        Raises
        ------
        AskError
            If there is no such format or actor.
        PrintError
            If it is to be printed, and no browser does so.
        """
        arguments.path("report", "path", path)
        return known(self._looks()).report(path, actors, with_case, told)
