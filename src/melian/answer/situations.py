"""How likely each option is once the evidence is known, situation by situation.

A rule says what an actor does where it finds itself, before anything is reported. What was reported of the choice, or
of what follows from it, tells more of what it did; so the chance of an option after the evidence can lie beyond every
row of its rule. What it is an average of are the chances here: those in each situation, after the same evidence.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from melian.answer.behaviour import SolvedChoice
from melian.answer.courses import sums_of
from melian.answer.ranking import ranked
from melian.answer.sampling import Sampled
from melian.errors import PlanError
from melian.model.diagram import Model
from melian.plan.plan import Enquiry

MAX_CELLS: Final = 4096
# A situation that has less of a chance than this is hardly one that the actor finds itself in.
LEAST: Final = 1e-9


def after_evidence(model: Model, enquiry: Enquiry, sampled: Sampled, choice: SolvedChoice) -> Mapping[str, list[float]]:
    """Chance of each option in each situation that may be there after the evidence.

    Situations are told apart by what is seen and sways the choice, the strongest first, as far as a table of them can
    be worked out; an option's chance over all of them is the average of those here.
    """
    index = {variable.name: variable.index for variable in model.variables}
    node, known = index[choice.name], {*enquiry.observe, *enquiry.do}
    swaying = ranked((name for name in choice.sway if choice.sway[name] > 0), key=choice.sway.__getitem__)
    seen = [index[name] for name in swaying if index[name] not in known]
    while seen:
        axes = tuple(sorted((node, *seen)))
        lengths = [model.variables[axis].n_states for axis in axes]
        try:
            if np.prod(lengths) <= MAX_CELLS:
                table = sums_of(model, enquiry, sampled.population, [axes])[axes].sum(axis=-1)
                return _given(np.moveaxis(table, axes.index(node), 0).reshape(len(choice.options), -1), choice)
        except PlanError:
            pass
        seen.pop()
    return {option: [choice.overall[option]] for option in choice.options}


def _given(table: np.ndarray[tuple[int, ...], np.dtype[np.float64]], choice: SolvedChoice) -> Mapping[str, list[float]]:
    """Rows of options and columns of situations, each column brought to a sum of 1."""
    weight = table.sum(axis=0)
    here = weight > LEAST * weight.sum()
    chances = table[:, here] / weight[here]
    return dict(zip(choice.options, chances.tolist(), strict=True))
