"""Uncertain Bayesian networks: every table is drawn anew in each world, and a query is answered given evidence.

melian reads each published network as a case in which every stated chance is a range around the published number, and
gives the posteriors of all nodes; the peers answer one query a world from the same numbers.
"""

from typing import Final

import numpy as np
import pyagrum as gum
from bif import Network, published
from measure import Figures, Ready, best, model_of, public, ready, say, seconds

from melian.model.diagram import Model
from melian.solve.draws.draw import Sampler
from melian.solve.tables import Floats

WORLDS: Final = 10_000
PYAGRUM_WORLDS: Final = 100
PGMPY_WORLDS: Final = 20
ALL_POSTERIORS: Final = 10  # worlds in which every node is compared
WIDTH: Final = 0.1  # of a range to each side, as a share of the chance
Tables = dict[str, tuple[list[str], Floats]]  # by node, its axes by name and its chances
Filling = dict[str, list[float]]  # by node, its chances in the order of another program
# What is asked, and the places of the states that are observed.
QUERIES: Final = {
    "asia": ("lung", {"xray": 0, "dysp": 0}),
    "alarm": ("LVFAILURE", {"HRBP": 2, "CVP": 2, "BP": 0}),
    "insurance": ("Accident", {"Age": 0, "MakeModel": 0, "PropCost": 2}),
    "hailfinder": ("Scenario", {"R5Fcst": 2, "Dewpoints": 5, "WindFieldPln": 4}),
    "win95pts": ("PrtDriver", {"Problem1": 1, "PrtStatOff": 0, "GrbldOtpt": 0}),
}


def case_text(network: Network, query: str) -> str:
    """Case of a network; the event is the first state of the query."""
    lines = ["melian: 1", f"case: {network.name}", f"question: {{event: {{{query}: s0}}}}", "factors:"]
    for node, states in network.states.items():
        lines += [f"  {node}:", f"    states: [{', '.join(f's{place}' for place in range(len(states)))}]"]
        parents = network.parents[node]
        lines += [f"    given: [{', '.join(parents)}]"] if parents else []
        lines.append("    chances:")
        for place, row in network.rows[node].items():
            when = ", ".join(f"{parent}: s{state}" for parent, state in zip(parents, place, strict=True))
            lines.append(f"      - {{when: {{{when}}}, {_row(row)}}}" if parents else f"      {{{_row(row)}}}")
    return "\n".join(lines) + "\n"


def _row(row: list[float]) -> str:
    """A range for every chance but the largest, which takes the rest; chances of 0 and 1 are as they are."""
    largest = row.index(max(row))
    if row[largest] == 1:
        return ", ".join(f"s{place}: {chance!r}" for place, chance in enumerate(row))
    ranges = [
        f"s{place}: {chance * (1 - WIDTH)!r}..{chance * (1 + WIDTH)!r}" if chance else f"s{place}: 0"
        for place, chance in enumerate(row)
        if place != largest
    ]
    return ", ".join(ranges)


def world_tables(model: Model, theta: Floats) -> Tables:
    """Axes and chances of every node in one world, the axes by name.

    Parameters
    ----------
    theta : [P] parameters of the world.
    """
    names = [variable.name for variable in model.variables]
    return {
        names[node]: ([names[axis] for axis in table.axes], theta[table.slots]) for node, table in model.tables.items()
    }


# pyAgrum


def pyagrum_network(network: Network) -> gum.BayesNet:
    """The structure; tables are filled world by world."""
    found = gum.BayesNet()
    for node, states in network.states.items():
        found.add(gum.LabelizedVariable(node, "", len(states)))
    for node, parents in network.parents.items():
        for parent in parents:
            found.addArc(parent, node)
    return found


def pyagrum_fillings(found: gum.BayesNet, tables: Tables) -> Filling:
    """Chances in the order in which pyAgrum keeps them: its first variable runs fastest."""
    return {
        node: np.moveaxis(array, [axes.index(name) for name in reversed(found.cpt(node).names)], range(array.ndim))
        .ravel()
        .tolist()
        for node, (axes, array) in tables.items()
    }


def pyagrum_query(found: gum.BayesNet, filling: Filling, query: str, seen: dict[str, int]) -> list[float]:
    """One world: a live engine returns stale posteriors after `fillWith`, so each world gets a fresh one."""
    for node, numbers in filling.items():
        found.cpt(node).fillWith(numbers)
    engine = gum.LazyPropagation(found)
    engine.setEvidence(seen)
    engine.addTarget(query)
    engine.makeInference()
    return engine.posterior(query).tolist()


def pyagrum_all(found: gum.BayesNet, filling: Filling, seen: dict[str, int]) -> tuple[float, dict]:
    """Chance of the evidence and every posterior in one world."""
    for node, numbers in filling.items():
        found.cpt(node).fillWith(numbers)
    engine = gum.LazyPropagation(found)
    engine.setEvidence(seen)
    engine.makeInference()
    chance = engine.evidenceProbability()
    return chance, {node: np.array(engine.posterior(node).tolist()) for node in filling}


# pgmpy


def pgmpy_network(network: Network, tables: Tables):
    """The network with the tables of one world."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.models import DiscreteBayesianNetwork

    found = DiscreteBayesianNetwork()
    found.add_nodes_from(network.states)
    found.add_edges_from((parent, node) for node, parents in network.parents.items() for parent in parents)
    for node, parents in network.parents.items():
        axes, array = tables[node]
        rows = np.moveaxis(array, [axes.index(name) for name in (node, *parents)], range(array.ndim))
        sizes = [len(network.states[parent]) for parent in parents]
        found.add_cpds(TabularCPD(node, rows.shape[0], rows.reshape(rows.shape[0], -1), parents, sizes))
    return found


def pgmpy_query(found, tables: Tables, query: str, seen: dict[str, int]) -> Floats:
    """One world: its numbers are written into the tables there are, which saves pgmpy its checks."""
    from pgmpy.inference import VariableElimination

    for cpd in found.cpds:
        axes, array = tables[cpd.variable]
        cpd.values = np.moveaxis(array, [axes.index(name) for name in cpd.variables], range(array.ndim))
    return VariableElimination(found).query([query], evidence=seen, show_progress=False).values


# The benchmark


def bench_network(name: str) -> Figures:
    """One network: times a world, ratios, and how far the posteriors are from the peers'."""
    network, (query, seen) = published(name), QUERIES[name]
    cases: list[Ready] = []
    text = case_text(network, query)
    cold = seconds(lambda: cases.append(ready(model_of(text), seen)))
    case = cases[0]
    ours = case.one_core(WORLDS) / WORLDS
    all_cores = case.all_cores(WORLDS) / WORLDS
    through_api = public(text, WORLDS, named(seen)) / WORLDS
    figures: Figures = {
        "nodes": len(network.states),
        "parameters": sum(parameter.n_slots for parameter in case.model.parameters),
        "uncertain": sum(parameter.n_dimensions for parameter in case.model.parameters),
        "operations_a_world": case.plan.cost.operations,
        "seconds_to_read_and_plan": cold,
        "microseconds_a_world_one_core": ours * 1e6,
        "microseconds_a_world_public_one_core": through_api * 1e6,
        "microseconds_a_world_all_cores": all_cores * 1e6,
        "leaves": bench_leaves(network, text),
    }
    figures |= against_pyagrum(network, case, seen, through_api, all_cores)
    return figures | against_pgmpy(network, case, through_api, all_cores)


def bench_leaves(network: Network, text: str) -> Figures:
    """The same network with a finding at every leaf but what is asked: the most that a peer can leave out is little."""
    query, _ = QUERIES[network.name]
    seen = {node: state for node, state in likeliest(network).items() if node in leaves(network) - {query}}
    case = ready(model_of(text), seen)
    ours = public(text, WORLDS, named(seen)) / WORLDS
    found = against_pyagrum(network, case, seen, ours, case.all_cores(WORLDS) / WORLDS)
    return {"findings": len(seen), "microseconds_a_world_public_one_core": ours * 1e6, **found}


def leaves(network: Network) -> set[str]:
    """Nodes that no other depends on."""
    return set(network.states) - {parent for parents in network.parents.values() for parent in parents}


def likeliest(network: Network) -> dict[str, int]:
    """Place of a state of every node: each the likeliest, given those of its parents."""
    found: dict[str, int] = {}
    while len(found) < len(network.states):
        for node, parents in network.parents.items():
            if node not in found and all(parent in found for parent in parents):
                row = network.rows[node][tuple(found[parent] for parent in parents)]
                found[node] = row.index(max(row))
    return found


def named(seen: dict[str, int]) -> dict[str, str]:
    """Observed states by their names in the case."""
    return {node: f"s{place}" for node, place in seen.items()}


def against_pyagrum(network: Network, case: Ready, seen: dict[str, int], ours: float, all_cores: float) -> Figures:
    """Time of a pyAgrum loop over worlds, and the distance of its posteriors."""
    query, _ = QUERIES[network.name]
    theta = Sampler(case.model.parameters, 0).block(0, PYAGRUM_WORLDS)
    found = pyagrum_network(network)
    fillings = [pyagrum_fillings(found, world_tables(case.model, world)) for world in theta.T]
    posteriors: list[float] = []

    def loop() -> None:
        posteriors[:] = [pyagrum_query(found, filling, query, seen)[0] for filling in fillings]

    peer = best(loop, repeats=2) / PYAGRUM_WORLDS
    events = case.run(PYAGRUM_WORLDS, 1).event
    return {
        "pyagrum_microseconds_a_world": peer * 1e6,
        "times_faster_than_pyagrum_one_core": peer / ours,
        "times_faster_than_pyagrum_all_cores": peer / all_cores,
        "largest_gap_to_pyagrum_query": float(np.abs(events - posteriors).max()),
        "largest_gap_to_pyagrum_any_node": all_posteriors_gap(case, found, fillings[:ALL_POSTERIORS], seen),
    }


def all_posteriors_gap(case: Ready, found: gum.BayesNet, fillings: list, seen: dict[str, int]) -> float:
    """Largest distance of any node's posterior, averaged over worlds with the chance of the evidence as weight."""
    worlds = case.run(len(fillings), 1)
    answers = [pyagrum_all(found, filling, seen) for filling in fillings]
    weight = np.array([chance for chance, _ in answers])
    gaps = []
    for variable in case.model.variables:
        expected = weight @ [posteriors[variable.name] for _, posteriors in answers] / weight.sum()
        gaps.append(np.abs(worlds.marginals[variable.index].sum(axis=1) - expected).max())
    return float(max(gaps))


def against_pgmpy(network: Network, case: Ready, ours: float, all_cores: float) -> Figures:
    """Time of a pgmpy loop over worlds, and the distance of its posteriors."""
    query, seen = QUERIES[network.name]
    theta = Sampler(case.model.parameters, 0).block(0, PGMPY_WORLDS)
    tables = [world_tables(case.model, world) for world in theta.T]
    found = pgmpy_network(network, tables[0])
    posteriors: list[float] = []

    def loop() -> None:
        posteriors[:] = [pgmpy_query(found, world, query, seen)[0] for world in tables]

    peer = best(loop, repeats=2) / PGMPY_WORLDS
    events = case.run(PGMPY_WORLDS, 1).event
    return {
        "pgmpy_microseconds_a_world": peer * 1e6,
        "times_faster_than_pgmpy_one_core": peer / ours,
        "times_faster_than_pgmpy_all_cores": peer / all_cores,
        "largest_gap_to_pgmpy_query": float(np.abs(events - posteriors).max()),
    }


def bench() -> Figures:
    """All networks."""
    found: Figures = {}
    for name in QUERIES:
        say(f"  {name}")
        found[name] = bench_network(name)
    return found
