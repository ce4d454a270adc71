"""Findings that cannot hold together: which states can be in some world, without solving any.

A finding is what is observed, or the reports of one origin. Only what has no chance in any world is left out of tables,
and every open option can be picked, so that findings that clash here leave no world possible; the smallest set of them
that does is sought.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import InfluenceTable, Model, RowTable
from melian.model.parameter import Order, Parameter, Row, Scalar, Shared, Tied
from melian.plan.chain import CERTAIN
from melian.plan.plan import Enquiry
from melian.plan.program import Program
from melian.solve.tables import fill_witness

Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]
Support = tuple[tuple[int, ...], Booleans]
Test = Callable[[Sequence["Finding"]], bool]

# Less than this is nothing: what is left of a row whose numbers sum to 1.
TOLERANCE: Final = 1e-9
# Cells of a table that is looked at; where more would be needed, everything is taken to be possible.
MOST_CELLS: Final = 2**22
# Smaller sets that are tried once one is found from which nothing can be taken away.
MOST_TRIED: Final = 300


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What is known of some nodes.

    Attributes
    ----------
    origin : place among the model's evidence; None of what is observed.
    axes : nodes that it bears on, rising.
    fits : [states of each] whether it leaves these any chance.
    """

    origin: int | None
    axes: tuple[int, ...]
    fits: Booleans


def smallest_clash(model: Model, enquiry: Enquiry | None = None) -> tuple[Finding, ...]:
    """Smallest set of findings that leaves no world possible, in the order of the case; nothing where there is none.

    References
    ----------
    Junker 2004, QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI.
    """
    enquiry = enquiry or Enquiry()
    typical = np.concatenate([np.zeros(0), *map(_typical, model.parameters)])
    telling = _telling(model, enquiry, typical)
    if not telling:
        return ()
    lengths, tables = _tables(model, enquiry, typical)

    def clash(held: Sequence[Finding]) -> bool:
        return not _possible([*tables, *((each.axes, each.fits) for each in held)], lengths)

    if clash(()) or not clash(telling):
        return ()
    found = _needed(clash, [], telling, clashes=False)
    for size in range(1, len(found)):
        smaller = next((held for held in islice(combinations(telling, size), MOST_TRIED) if clash(held)), None)
        if smaller is not None:
            found = list(smaller)
            break
    return tuple(each for each in telling if each in found)


def _needed(clash: Test, held: list[Finding], among: list[Finding], *, clashes: bool) -> list[Finding]:
    """Findings from which none can be left out, of those that clash with what is held."""
    if clashes and clash(held):
        return []
    if len(among) == 1:
        return among
    first, second = among[: len(among) // 2], among[len(among) // 2 :]
    later = _needed(clash, held + first, second, clashes=True)
    return _needed(clash, held + later, first, clashes=bool(later)) + later


def _telling(model: Model, enquiry: Enquiry, typical: Floats) -> list[Finding]:
    """Findings that leave some state no chance, of those that say the same the first."""
    found: dict[tuple[tuple[int, ...], bytes], Finding] = {}
    for index, origin in enumerate(model.evidence):
        if not set(origin.axes) & set(enquiry.do):
            likelihood = np.zeros((*(model.variables[axis].n_states for axis in origin.axes), 1))
            fill_witness(typical[:, np.newaxis], origin, likelihood)
            fits = likelihood[..., 0] > 0
            found.setdefault((origin.axes, fits.tobytes()), Finding(index, origin.axes, fits))
    seen = [*((v, (state,)) for v, state in enquiry.observe.items()), *enquiry.among.items()]
    for variable, states in seen:
        fits = np.isin(np.arange(model.variables[variable].n_states), states)
        found.setdefault(((variable,), fits.tobytes()), Finding(None, (variable,), fits))
    return [finding for finding in found.values() if not finding.fits.all()]


def _tables(model: Model, enquiry: Enquiry, typical: Floats) -> tuple[Sequence[int], list[Support]]:
    """Lengths of all axes, and what decides each node: where it has any chance."""
    program = Program(model)
    found: list[Support] = [
        ((variable,), np.arange(model.variables[variable].n_states) == state) for variable, state in enquiry.do.items()
    ]
    for variable, table in model.tables.items():
        if variable in enquiry.do:
            continue
        if isinstance(table, RowTable):
            found.append((table.axes, typical[table.slots] > 0))
        elif isinstance(table, InfluenceTable):
            found.append(((variable,), typical[table.base] > 0))
        else:
            program.chances(variable, None)
    found += [
        (link.axes, np.where(link.slots < 0, link.slots == CERTAIN, typical[link.slots] > 0)) for link in program.links
    ]
    found += [(d.options.axes, d.options.is_open) for d in model.decisions if d.variable not in enquiry.do]
    return program.layout.lengths, found


def _possible(tables: Sequence[Support], lengths: Sequence[int]) -> bool:
    """Whether some states of all nodes are possible by all tables, axis by axis, the smallest array first."""
    left = [(axes, fits) for axes, fits in tables if not fits.all()]
    while left:
        if not all(fits.any() for _, fits in left):
            return False
        spans = {axis: {axis} for axes, _ in left for axis in axes}
        for axes, _ in left:
            for axis in axes:
                spans[axis] |= {*axes}
        gone = min(spans, key=lambda axis: (prod(lengths[other] for other in spans[axis]), axis))
        over = tuple(sorted(spans[gone]))
        if prod(lengths[axis] for axis in over) > MOST_CELLS:
            return True
        met = np.ones(tuple(lengths[axis] for axis in over), dtype=bool)
        for axes, fits in left:
            if gone in axes:
                met &= fits.reshape([lengths[axis] if axis in axes else 1 for axis in over])
        result = np.asarray(met.any(axis=over.index(gone)))
        left = [(axes, fits) for axes, fits in left if gone not in axes]
        if not result.all():
            if result.ndim == 0:
                return False
            left.append((tuple(axis for axis in over if axis != gone), result))
    return True


def _typical(parameter: Parameter) -> Floats:
    """Numbers of a parameter that are 0 or 1 only where they are so in every world."""
    match parameter:
        case Scalar(distribution=distribution):
            low, high = distribution.low, distribution.high
            inside = 0.5 * (low + high) if np.isfinite(low + high) else max(low, 0.0) + 1.0
            return np.array([low if distribution.is_point else inside])
        case Row() | Tied():
            return _typical_row(parameter)
        case Order():
            return np.full(parameter.n_slots, 1.0 / parameter.n_slots)


def _typical_row(row: Row | Tied) -> Floats:
    """Chances of a row: what is stated as a number, and the rest shared out among the others."""
    parts = [part.distribution if isinstance(part, Shared) else part for part in row.parts]
    certain = np.array([part.low if part is not None and part.is_point else np.nan for part in parts])
    is_open = np.isnan(certain)
    rest = 1.0 - np.nansum(certain)
    share = rest / max(int(is_open.sum()), 1) if rest > TOLERANCE else 0.0
    return np.where(is_open, share, certain)
