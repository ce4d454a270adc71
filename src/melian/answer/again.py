"""The same worlds once more under another supposition: a difference is an effect then, not the luck of the draw."""

from melian.answer.sampling import Sampled
from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry
from melian.solve.population import Population
from melian.solve.run import Worlds, run_population


def solve_again(
    model: Model,
    sampled: Sampled,
    enquiry: Enquiry,
    *,
    population: Population | None = None,
    n_threads: int | None = None,
) -> Worlds:
    """Solve the worlds that an answer stands on, supposing something else of them.

    Parameters
    ----------
    population : worlds to solve instead, such as the first few of them.

    Returns
    -------
    World i is world i of the answer: the same judgements. Its weight is by the evidence under what is now supposed;
    worlds that were drawn to fit the evidence are weighed for the change alone.

    Raises
    ------
    PlanError
        If what is supposed makes the case too large to be solved.
    """
    return run_population(model, make_plan(model, enquiry), population or sampled.population, n_threads=n_threads)
