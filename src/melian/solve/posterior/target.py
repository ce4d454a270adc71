"""The chance of the evidence as a function of the point in the unit cube: what the worlds are drawn anew from."""

import os
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from melian.model.diagram import FactorTable, InfluenceTable, Model, RowTable
from melian.model.parameter import Parameter, Scalar, Tied
from melian.plan.make import plan_evidence
from melian.plan.plan import Enquiry, Plan
from melian.plan.reports import plan_reports
from melian.plan.steps import Chance, Linked, Respond, Value, Witness
from melian.solve.crew import with_averages
from melian.solve.draws.draw import Sampler
from melian.solve.kernel.encode import encode
from melian.solve.machine import SEGMENT, Machine, Strips, machine_of, threads_within
from melian.solve.powers import log_sum
from melian.solve.tables import slots_of_influences, slots_that_matter

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
T = TypeVar("T")

BLOCK: Final = 2 * SEGMENT


class Target:
    """Log chance of the evidence at points of the unit cube.

    Attributes
    ----------
    dimensions : [D'] dimensions of the unit cube on which it depends, rising: none of what only the event hangs on, nor
        of what is read and cannot matter. The evidence says nothing of all others.
    """

    def __init__(self, model: Model, enquiry: Enquiry, sampler: Sampler, n_threads: int | None = None) -> None:
        self.model, self.sampler = model, sampler
        self.plan = with_averages(model, plan_evidence(model, enquiry), sampler)
        self.dimensions = _dimensions(model, plan_reports(model, enquiry), sampler)
        self._code = encode(model, self.plan)
        self._threads = threads_within(self._code, BLOCK, n_threads or os.cpu_count() or 1)
        self._local = threading.local()

    def log_evidence(self, unit: Floats) -> Floats:
        """Log chance [W] at the points [D, W] of the whole cube, W a multiple of 256; -inf where it is impossible.

        May be called from several threads.
        """
        theta = self.sampler.transform(unit)
        machine = self._machine(theta.shape[1])
        joint = machine.run(theta)[self.plan.joint]
        powers = None if machine.powers is None else machine.powers[self.plan.joint].T
        return log_sum(joint.T, powers)

    def by_block(self, work: Callable[[slice], T], n_worlds: int) -> list[T]:
        """Return what a piece of work gives for each block of worlds, done in threads."""
        blocks = [slice(start, min(start + BLOCK, n_worlds)) for start in range(0, n_worlds, BLOCK)]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(work, blocks))

    def _machine(self, n_worlds: int) -> Machine | Strips:
        machines: dict[int, Machine | Strips] = self._local.__dict__.setdefault("machines", {})
        if n_worlds not in machines:
            machines[n_worlds] = machine_of(self.model, self.plan, self._code, n_worlds)
        return machines[n_worlds]


def _dimensions(model: Model, plan: Plan, sampler: Sampler) -> Indices:
    """Dimensions of the parameters that the plan reads, and of those that they are made from."""
    slots = _slots_read(model, plan, sampler.known)
    places: dict[str, range] = {}
    read: list[Parameter] = []
    slot = dimension = 0
    for parameter in sampler.parameters:
        places[parameter.name] = range(dimension, dimension + parameter.n_dimensions)
        if slots & set(range(slot, slot + parameter.n_slots)):
            read.append(parameter)
        slot += parameter.n_slots
        dimension += parameter.n_dimensions
    if sampler.copula is not None:
        moving = {one.name for one in sampler.parameters if isinstance(one, Scalar) and one.moves_with}
        if moving & {name for one in read for name in (one.name, *_made_from(one))}:
            read += [one for one in sampler.parameters if one.name in moving]
    names = {name for one in read for name in (one.name, *_made_from(one))}
    return np.array(sorted(at for name in names for at in places[name]), dtype=np.intp)


def _made_from(parameter: Parameter) -> Collection[str]:
    """Names of the parameters that another one holds."""
    return parameter.shared if isinstance(parameter, Tied) else ()


def _slots_read(model: Model, plan: Plan, known: Mapping[int, float]) -> set[int]:
    found: set[int] = set()
    for step in plan.steps:
        match step:
            case Chance(variable, actor):
                found |= _table_slots(model.table(variable, actor))
            case Linked(link):
                found.update(slot for slot in map(int, plan.layout.links[link].slots.ravel()) if slot >= 0)
            case Value(utility):
                found.update(map(int, model.utilities[utility].slots.ravel()))
            case Respond(_, actor, terms, _) if terms:
                found.add(model.precision[actor])
                found.update(model.utilities[term.utility].weight for term in terms)
            case Witness(origin):
                found |= slots_that_matter(model.evidence[origin], known)
            case _:
                pass
    return found


def _table_slots(table: FactorTable) -> set[int]:
    if isinstance(table, RowTable):
        return set(map(int, table.slots.ravel()))
    assert isinstance(table, InfluenceTable)  # a function is taken apart into links
    return slots_of_influences(table)
