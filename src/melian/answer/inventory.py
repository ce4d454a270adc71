"""What a case holds and what it costs to solve: counts, before anything is drawn."""

from dataclasses import dataclass

from melian.case.case import Case
from melian.case.rules.scope import all_stakes
from melian.model.diagram import Model
from melian.model.evidence import is_stated
from melian.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Inventory:
    """Counts of a case's parts.

    Attributes
    ----------
    judgements : statements on chances, values, weights, precision and sources; each is drawn once a world.
    uncertain : those that are not plain numbers.
    reports : those that count; `left_out` are dated after the day of the forecast, of `superseded` a later one counts.
    origins : of the reports that count; what names no common origin counts as independent.
    cells : of the largest table in one world.
    operations : multiplications and additions in one world, roughly.
    together : names of choices that answer each other and are solved together, component by component.
    """

    actors: int
    factors: int
    choices: int
    stakes: int
    beliefs: int
    judgements: int
    uncertain: int
    reports: int
    believed: int
    left_out: int
    superseded: int
    origins: int
    cells: int
    operations: int
    together: tuple[tuple[str, ...], ...]


def inventory_of(case: Case, model: Model, plan: Plan) -> Inventory:
    """Counts of a case's parts, and what one world of it costs."""
    stated = [parameter for parameter in model.parameters if is_stated(parameter)]
    counting = [report for report in case.evidence if case.counts(report) and not report.is_believed]
    return Inventory(
        actors=len(case.actors),
        factors=len(case.factors),
        choices=len(case.choices),
        stakes=sum(1 for _ in all_stakes(case)),
        beliefs=len(case.beliefs),
        judgements=len(stated),
        uncertain=sum(parameter.n_dimensions > 0 for parameter in stated),
        reports=len(counting),
        believed=sum(case.counts(report) and report.is_believed for report in case.evidence),
        left_out=sum(not case.is_known(report) for report in case.evidence),
        superseded=sum(case.is_known(one) and case.replacement(one) is not None for one in case.evidence),
        origins=len({case.origins[report.name] for report in counting}),
        cells=plan.cost.cells,
        operations=plan.cost.operations,
        together=tuple(tuple(model.variables[choice].name for choice in choices) for choices in plan.together),
    )
