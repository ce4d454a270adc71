"""What only the model and its plan can tell of a case: rows that nothing meets, reports that clash, and its cost."""

from melian.case.case import Case as JudgedCase
from melian.case.rules.scope import rows
from melian.errors import PlanError
from melian.model.build import build_model
from melian.model.clash import clashing
from melian.model.diagram import Model
from melian.model.judged import Ground
from melian.model.parameter import Row, Tied, infeasibility
from melian.model.tied import cuts_of, infeasibility_of_tied
from melian.plan.make import make_plan
from melian.solve.clash import smallest_clash
from melian.source.diagnostic import Diagnostic, Label, Note, error
from melian.source.text import Span

MAX_UNCERTAIN = 20_000  # within what the points of the unit cube can have as dimensions


def check_solvable(case: JudgedCase) -> list[Diagnostic]:
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
