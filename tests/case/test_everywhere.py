"""Every form of judgement in every place that holds one: written long, by name, and by each distribution and word."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from melian.api import examine
from melian.case.distributions import FORMS, example, names_for
from melian.case.judgement import Judgement, Provenance
from melian.case.quantity import BOUNDS, Kind
from melian.case.schema import make_schema
from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES
from melian.case.write import write_case
from melian.model.build import build_model
from melian.model.judged import Ground
from melian.solve.draws.draw import Sampler
from melian.source.diagnostic import has_errors
from tests.case.test_schema import Core
from tests.case.test_write import CASES as CASE_FILES
from tests.reading import errors, read, who
from tests.strategies import case_texts

VALIDATOR = Draft202012Validator(make_schema())

# Each place that holds a judgement, with its kind; HERE is the judgement.
PLACES: dict[str, tuple[Kind, str]] = {
    "precision": ("precision", "actors: {navy: {precision: HERE}}"),
    "reliability": ("chance", "grades: {B: HERE}"),
    "motive of a source": ("chance", "sources: {radio: {anyway: HERE, grade: B2}}"),
    "deception of a source": ("chance", "sources: {radio: {deceptive: HERE, grade: B2}}"),
    "row": ("chance", "factors: {x: {states: [a, b, c], chances: {a: HERE}}}"),
    "others": ("chance", "factors: {x: {states: [a, b], chances: {others: HERE, a: 0..1}}}"),
    "rule": ("chance", "factors: {x: {states: [a, b], chances: [{else: true, a: HERE}]}}"),
    "base": ("chance", "factors: {x: {states: [a, b], base: {a: HERE}}}"),
    "influence": ("influence", "factors: {x: {states: [a, b], base: {a: 0.5}, influences: [{when: {y: a}, a: HERE}]}}"),
    "otherwise": (
        "influence",
        "factors: {x: {states: [a, b], base: {a: 0.5}, influences: [{when: {y: a}, otherwise: {a: HERE}}]}}",
    ),
    "value by state": ("value", "stakes: {navy: {gain: {given: [act], values: {open: HERE, shut: 0}}}}"),
    "value by rule": (
        "value",
        "stakes: {navy: {gain: {values: [{when: {act: open}, is: HERE}, {else: true, is: 0}]}}}",
    ),
    "weight": (
        "weight",
        (
            "stakes: {navy: {weights: {gain: HERE}, gain: {given: [act], values: {open: 100, shut: 0}}, loss: {values: "
            "[{when: {act: open}, is: 0}, {else: true, is: 100}]}}}"
        ),
    ),
    "belief": ("chance", "beliefs: {navy: {y: {a: HERE}}}"),
    "likelihood": ("chance", "evidence: [{id: r, claim: c, bears_on: y, likelihood: {a: HERE, b: 0.1}}]"),
    "motive": ("chance", "evidence: [{id: r, claim: c, bears_on: y, shows: a, anyway: HERE}]"),
    "deception": ("chance", "evidence: [{id: r, claim: c, bears_on: y, shows: a, deceptive: HERE}]"),
}
REST = {
    "actors": "actors: {navy: {}}",
    "factors": "factors: {x: {states: [a, b], chances: {a: 0.5}}, y: {states: [a, b], chances: {a: 0.5}}}",
    "choices": "choices: {act: {actor: navy, options: [open, shut]}}",
    "sources": "",
    "evidence": "evidence: [{id: r, claim: c, source: radio, grade: B, bears_on: y, shows: a}]",
}
EXAMPLES: dict[Kind, str] = {
    "chance": "0.2..0.4",
    "value": "20..40",
    "influence": "more",
    "precision": "4..12",
    "weight": "0.2..0.4",
}
CASES = [pytest.param(kind, place, id=name) for name, (kind, place) in PLACES.items()]


def case_with(place: str, judgement: str, *, top: str = "") -> str:
    section = place.split(":", maxsplit=1)[0]
    rest = [line for name, line in REST.items() if name != section]
    if section == "factors":
        place = place.removesuffix("}") + ", y: {states: [a, b], chances: {a: 0.5}}}"
    if section != "sources":
        rest.append("sources: {radio: {}}")
    lines = [
        "melian: 1",
        "case: c",
        "question: {event: {y: a, act: open}}",
        top,
        *rest,
        place.replace("HERE", judgement),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def grounds(text: str) -> dict[str, Ground]:
    found = {one.name: one.origin for one in build_model(read(text)).parameters}
    assert all(isinstance(ground, Ground) for ground in found.values())
    return found  # type: ignore[return-value]


def judgements(value: object) -> list[Judgement]:
    """Every judgement in a case."""
    if isinstance(value, Judgement):
        return [value]
    if isinstance(value, tuple):
        return [one for item in value for one in judgements(item)]
    names = getattr(value, "__dataclass_fields__", {})
    skipped = ("span", "source", "tree", "outers", "parts") if "tree" in names else ("span", "source")
    return [one for name in names if name not in skipped for one in judgements(getattr(value, name))]


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_a_judgement_written_long_keeps_who_made_it(kind: Kind, place: str) -> None:
    said = EXAMPLES[kind]
    long = f"{{is: {said}, by: ann, on: 2031-01-02, basis: assumption, why: so, at: page 1}}"
    found = [one for one in judgements(read(case_with(place, long))) if one.provenance != Provenance()]
    assert {who(one.provenance) for one in found} == {("ann", "2031-01-02", "assumption", "so", "page 1")}
    assert {one.text for one in found} == {said}
    plain, written = (build_model(read(case_with(place, text))).parameters for text in (said, long))
    assert plain == written
    assert list(VALIDATOR.iter_errors(yaml.load(case_with(place, long), Loader=Core))) == []


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_a_judgement_with_a_name_may_stand_in_every_place(kind: Kind, place: str) -> None:
    top = f"judgements: {{p: {EXAMPLES[kind]}}}"
    found = grounds(case_with(place, "the p", top=top))
    assert "judgement p" in found
    assert found["judgement p"].text == EXAMPLES[kind]
    assert list(VALIDATOR.iter_errors(yaml.load(case_with(place, "the p", top=top), Loader=Core))) == []


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_every_distribution_of_a_kind_may_stand_in_every_place(kind: Kind, place: str) -> None:
    assert set(names_for(kind)) == {name for name, form in FORMS.items() if kind in form.kinds}
    for name in names_for(kind):
        text = case_with(place, f"'{example(name, kind)}'")
        assert errors(text) == [], name
        drawn = Sampler(build_model(read(text)).parameters, 0).block(0, 256)
        assert ((drawn >= min(BOUNDS[kind][0], 0)) & (drawn <= BOUNDS["precision"][1])).all()
        assert list(VALIDATOR.iter_errors(yaml.load(text, Loader=Core))) == []


WORDS: list[tuple[Kind, str, str]] = [
    *[("chance", name, word) for name, scale in SCALES.items() for word in scale.words()],
    *[("influence", "icd203", word) for word in INFLUENCE_WORDS],
    *[("precision", "icd203", word) for word in PRECISION_WORDS],
]


@pytest.mark.parametrize(("kind", "scale", "word"), WORDS)
def test_every_word_may_stand_where_its_kind_may(kind: Kind, scale: str, word: str) -> None:
    top = f"words: {scale}"
    for name, (other, place) in PLACES.items():
        if other == kind:
            for written in (word, word.title()):
                assert errors(case_with(place, written, top=top)) == [], name
        else:
            assert errors(case_with(place, word, top=top)) == ["bad-judgement"], name


@pytest.mark.parametrize("scale", SCALES)
def test_words_of_the_other_scale_are_refused_wherever_they_stand(scale: str) -> None:
    [other] = [each for each in SCALES.values() if each.name != scale]
    foreign = [word for word in other.words() if SCALES[scale].band_of(word) is None]
    assert foreign
    for word in foreign:
        for kind, place in PLACES.values():
            if kind == "chance":
                assert errors(case_with(place, word, top=f"words: {scale}")) == ["mixed-scales"]
        assert errors(case_with(PLACES["row"][1], "the p", top=f"words: {scale}\njudgements: {{p: {word}}}")) == [
            "mixed-scales"
        ]


@pytest.mark.parametrize("path", CASE_FILES.values(), ids=CASE_FILES)
def test_the_schema_accepts_what_the_reader_accepts(path: Path) -> None:
    case, diagnostics = examine(path)
    if case is None or has_errors(diagnostics):
        return  # what a page shows as a fault
    for text in (case.source.text, write_case(case)):
        for loader in (yaml.BaseLoader, Core):
            assert [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Loader=loader))] == []


@settings(max_examples=100)
@given(case_texts())
def test_the_schema_accepts_every_random_case(text: str) -> None:
    for loader in (yaml.BaseLoader, Core):
        assert [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Loader=loader))] == []
