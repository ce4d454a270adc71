"""Two networks of the textbooks, as cases: the posteriors that are published, and pyAgrum's in worlds around them."""

import numpy as np
import pyagrum as gum
import pytest

from melian.model.diagram import Model
from melian.plan.plan import Enquiry
from tests.oracle.test_pyagrum import EVENT, name_of, network, report_on
from tests.solving import model_of, theta_of, worlds_of

SAME = 1e-9  # two programs, each with rounding near 1e-15 a product
N_WORLDS = 4
States = dict[str, str]

# Lauritzen and Spiegelhalter 1988, Local computations with probabilities on graphical structures and their application
# to expert systems, Journal of the Royal Statistical Society B 50, section 2. `either` is the logical or.
ASIA = """
melian: 1
case: asia
question: {event: {lung: "yes"}}
factors:
  asia: {states: ["yes", "no"], chances: {"yes": 0.01}}
  smoke: {states: ["yes", "no"], chances: {"yes": 0.5}}
  tub: {states: ["yes", "no"], chances: [{when: {asia: "yes"}, "yes": 0.05}, {else: true, "yes": 0.01}]}
  lung: {states: ["yes", "no"], chances: [{when: {smoke: "yes"}, "yes": 0.1}, {else: true, "yes": 0.01}]}
  bronc: {states: ["yes", "no"], chances: [{when: {smoke: "yes"}, "yes": 0.6}, {else: true, "yes": 0.3}]}
  either:
    states: ["yes", "no"]
    chances: [{when: {lung: "no", tub: "no"}, "yes": 0}, {else: true, "yes": 1}]
  xray: {states: ["yes", "no"], chances: [{when: {either: "yes"}, "yes": 0.98}, {else: true, "yes": 0.05}]}
  dysp:
    states: ["yes", "no"]
    chances:
      - {when: {bronc: "yes", either: "yes"}, "yes": 0.9}
      - {when: {bronc: "yes", either: "no"}, "yes": 0.8}
      - {when: {bronc: "no", either: "yes"}, "yes": 0.7}
      - {else: true, "yes": 0.1}
"""
# Korb and Nicholson 2011, Bayesian Artificial Intelligence, second edition, section 2.2.
CANCER = """
melian: 1
case: cancer
question: {event: {Cancer: "True"}}
factors:
  Pollution: {states: [low, high], chances: {low: 0.9}}
  Smoker: {states: ["True", "False"], chances: {"True": 0.3}}
  Cancer:
    states: ["True", "False"]
    chances:
      - {when: {Pollution: low, Smoker: "True"}, "True": 0.03}
      - {when: {Pollution: high, Smoker: "True"}, "True": 0.05}
      - {when: {Pollution: low, Smoker: "False"}, "True": 0.001}
      - {else: true, "True": 0.02}
  Xray: {states: [positive, negative], chances: [{when: {Cancer: "True"}, positive: 0.9}, {else: true, positive: 0.2}]}
  Dyspnoea: {states: ["True", "False"], chances: [{when: {Cancer: "True"}, "True": 0.65}, {else: true, "True": 0.3}]}
"""
# What is observed, how likely that is, and chances of first states then, from pyAgrum 3.3.1 in double precision.
POSTERIORS = [
    (ASIA, {"dysp": "yes"}, 0.4359706, {"lung": 0.1027592227549289, "bronc": 0.8339673363295598}),
    (ASIA, {"lung": "yes", "dysp": "yes"}, 0.0448, {"smoke": 0.9151785714285715, "xray": 0.98, "either": 1.0}),
    (ASIA, {"either": "yes", "asia": "no"}, 0.0638055, {"tub": 0.15515903801396433, "dysp": 0.8107370054305663}),
    (ASIA, {"xray": "no", "bronc": "no"}, 0.495552692, {"asia": 0.009608720882501028, "dysp": 0.10070165535494659}),
    (CANCER, {"Dyspnoea": "True", "Smoker": "True"}, 0.09336, {"Cancer": 0.06683804627249358}),
    (CANCER, {"Dyspnoea": "False", "Xray": "negative"}, 0.55389425, {"Cancer": 0.0007348875710480836}),
]
UNCERTAIN = (
    ASIA.replace('"yes": 0.01}', '"yes": 0.005..0.05}')
    .replace('"yes": 0.6}', '"yes": likely}')
    .replace('"yes": 0.98}', '"yes": 0.9..1}')
    .replace('"yes": 0.1}', '"yes": about 0.1}')
)
SAID = """evidence:
  - {id: film, date: 2020-01-01, claim: seen, bears_on: xray, likelihood: {"yes": likely, "no": 0.1..0.3}}
"""


def indices(model: Model, states: States) -> dict[int, int]:
    places = {model.index_of(name): state for name, state in states.items()}
    return {place: model.variables[place].states.index(state) for place, state in places.items()}


@pytest.mark.parametrize(("text", "seen", "chance", "expected"), POSTERIORS)
def test_posteriors_of_the_textbooks(text: str, seen: States, chance: float, expected: dict[str, float]) -> None:
    model = model_of(text)
    worlds = worlds_of(model, Enquiry(observe=indices(model, seen)))
    assert worlds.evidence[0] == pytest.approx(chance, abs=SAME)
    for name, first in expected.items():
        assert worlds.marginals[model.index_of(name)].sum(axis=1)[0] == pytest.approx(first, abs=SAME)
    for variable, state in indices(model, seen).items():
        assert worlds.marginals[variable].sum(axis=1)[state] == pytest.approx(1, abs=SAME)


def test_what_is_observed_is_what_a_certain_report_shows() -> None:
    reported = ASIA + 'evidence: [{id: film, date: 2020-01-01, claim: seen, bears_on: xray, shows: "yes"}]\n'
    model = model_of(ASIA)
    observed = worlds_of(model, Enquiry(observe=indices(model, {"xray": "yes"})))
    assert observed.event[0] == pytest.approx(worlds_of(model_of(reported)).event[0], abs=SAME)


@pytest.mark.parametrize("seen", [{}, {"dysp": "yes"}, {"dysp": "no", "smoke": "yes"}, {"xray": "no", "asia": "yes"}])
def test_worlds_around_a_network_are_each_solved_as_pyagrum_solves_them(seen: States) -> None:
    model = model_of(UNCERTAIN + SAID)
    enquiry = Enquiry(observe=indices(model, seen))
    worlds = worlds_of(model, enquiry, n_worlds=N_WORLDS)
    theta = theta_of(model, n_worlds=N_WORLDS)
    assert np.ptp(worlds.event) > 1e-3
    for world in range(N_WORLDS):
        inference = gum.LazyPropagation(network(model, theta[:, world]))
        inference.addEvidence(report_on(model.index_of("xray")), 1)
        for variable, state in enquiry.observe.items():
            inference.addEvidence(name_of(variable), state)
        inference.makeInference()
        assert worlds.evidence[world] == pytest.approx(inference.evidenceProbability(), abs=SAME)
        assert worlds.event[world] == pytest.approx(inference.posterior(EVENT)[1], abs=SAME)
