"""Information about the event against pyAgrum, node by node: alone, after evidence, and given the first to watch."""

from itertools import product

import pyagrum as gum
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import melian
from melian.errors import CaseError

SAME = 1e-9
PARTS = 20


@st.composite
def networks(draw: st.DrawFn) -> tuple[str, gum.BayesNet, dict[str, int]]:
    """A case of plain numbers, the same as a Bayesian network, and what is certain in it."""
    names = [f"n{i}" for i in range(draw(st.integers(3, 5)))]
    sizes = {name: draw(st.integers(2, 3)) for name in names}
    net, lines = gum.BayesNet(), ["melian: 1", "case: random", f"question: {{event: {{{names[-1]}: s0}}}}", "factors:"]
    for name in names:
        net.add(gum.LabelizedVariable(name, "", sizes[name]))
    for place, name in enumerate(names):
        parents = draw(st.lists(st.sampled_from(names[:place]), max_size=2, unique=True)) if place else []
        for parent in parents:
            net.addArc(parent, name)
        lines.append(f"  {name}:")
        lines.append(f"    states: [{', '.join(f's{s}' for s in range(sizes[name]))}]")
        rows = []
        for states in product(*(range(sizes[parent]) for parent in parents)):
            row = chances(draw, sizes[name])
            net.cpt(name)[dict(zip(parents, states, strict=True))] = row
            said = ", ".join(f"s{s}: {p}" for s, p in enumerate(row))
            when = ", ".join(f"{parent}: s{s}" for parent, s in zip(parents, states, strict=True))
            rows.append(f"      - {{when: {{{when}}}, {said}}}" if parents else f"    chances: {{{said}}}")
        lines += [f"    given: [{', '.join(parents)}]", "    chances:", *rows] if parents else rows
    known = {}
    if draw(st.booleans()):
        known = {names[draw(st.integers(0, len(names) - 2))]: 0}
        (seen,) = known
        lines.append(f"evidence: [{{id: e, claim: c, bears_on: {seen}, shows: s0, certain: true}}]")
    return "\n".join(lines) + "\n", net, known


def chances(draw: st.DrawFn, size: int) -> list[float]:
    """Chances that are multiples of a twentieth and all above 0."""
    cuts = sorted(draw(st.lists(st.integers(1, PARTS - 1), min_size=size - 1, max_size=size - 1, unique=True)))
    return [(b - a) / PARTS for a, b in zip([0, *cuts], [*cuts, PARTS], strict=True)]


@given(networks())
@settings(max_examples=40, deadline=None)
def test_information_is_that_of_another_program(made: tuple[str, gum.BayesNet, dict[str, int]]) -> None:
    text, net, known = made
    last = list(net.names())
    event = max(last, key=lambda name: int(name[1:]))
    try:
        found = melian.read_text(text).solve(worlds=512).indicators()
    except CaseError:
        assume(False)
    # What the question asks about is whether the last node is in its first state.
    net.add(gum.LabelizedVariable("event", "", 2))
    net.addArc(event, "event")
    for state in range(net.variable(event).domainSize()):
        net.cpt("event")[{event: state}] = [float(state != 0), float(state == 0)]
    inference = gum.LazyPropagation(net)
    inference.setEvidence(known)
    assert {one.name for one in found.indicators} == {
        name for name in net.names() if name not in {event, "event"} | set(known)
    }
    first = found.watch[0].name if found.watch else None
    for one in found.indicators:
        theory = gum.InformationTheory(inference, ["event"], [one.name])
        assert one.information.bits == pytest.approx(theory.mutualInformationXY(), abs=SAME)
        if one.then is not None and first is not None:
            given_first = gum.InformationTheory(inference, ["event"], [one.name], [first])
            assert one.then.bits == pytest.approx(given_first.mutualInformationXYgivenZ(), abs=SAME)
