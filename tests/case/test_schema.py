"""The schema accepts what melian accepts, and refuses what has the wrong shape."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from melian.case.codes import CASE_CODES
from melian.case.language import RECORDS
from melian.case.schema import make_schema
from melian.case.words import SCALES
from melian.catalog import case_names, case_path
from melian.source.codes import Code

SCHEMA = make_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

# What only the meaning of a case can tell; a schema sees shapes.
BEYOND_A_SCHEMA = {
    "always-open",
    "bad-date",  # of days that no month has it cannot tell; the pattern sees the rest
    "case-too-large",
    "choice-without-stakes",
    "choice-without-effect",
    "circular-choices",
    "circular-factors",
    "dead-rule",
    "factor-without-effect",
    "flat-evidence",
    "idle-actor",
    "idle-belief",
    "impossible-evidence",
    "imperfect-recall",
    "include-missing",
    "included-twice",
    "no-folder",
    "not-in-a-part",
    "impossible-correlations",
    "impossible-row",
    "incomplete-likelihood",
    "incomplete-order",
    "late-evidence",
    "like-reports",
    "misplaced-date",
    "mixed-kinds",
    "mixed-scales",
    "name-taken",
    "narrow-stake",
    "never-open",
    "nothing-open",
    "order-and-weights",
    "one-sided-evidence",
    "placeholder-left",
    "others-in-influence",
    "out-of-bounds",
    "outside-given",
    "rests-on-never-open",
    "reversed-range",
    "outside-folder",  # of links and `..` it cannot tell
    "sees-its-future",
    "settled-event",
    "similar-names",
    "superseded-report",
    "table-too-large",
    "too-many-parts",
    "too-many-stakes",
    "too-costly",
    "too-many-sums",
    "wrong-numeric",  # of a number inside a band; the shape it can tell
    "unaffected-stake",
    "uncovered-combination",
    "undated-report",
    "ungraded-report",
    "untested-given",
    "unknown-name",
    "unseen-condition",
    "unused-judgement",
    "unused-source",
    "values-need-given",
    "wrong-supersession",
}
EXAMPLES = [pytest.param(code, id=code.code) for code in CASE_CODES]


def as_texts(text: str) -> Any:
    """A case with every scalar as it is written."""
    return yaml.load(text, Loader=yaml.BaseLoader)


class Core(yaml.SafeLoader):
    """Plain scalars as YAML 1.2 has them: numbers, `true`, `false` and null, and no dates."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(value: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(value)]


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("loader", [yaml.BaseLoader, Core], ids=["texts", "yaml-1.2"])
@pytest.mark.parametrize("name", case_names())
def test_it_accepts_the_gallery(name: str, loader: type[yaml.SafeLoader]) -> None:
    path = case_path(name)
    assert path is not None
    assert errors(yaml.load(path.read_text("utf-8"), Loader=loader)) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_it_accepts_every_good_example(code: Code) -> None:
    assert code.good is not None
    assert errors(as_texts(code.good)) == []


@pytest.mark.parametrize(
    "code", [each for each in CASE_CODES if each.code not in BEYOND_A_SCHEMA], ids=lambda code: code.code
)
def test_it_refuses_what_has_the_wrong_shape(code: Code) -> None:
    assert code.bad is not None
    assert errors(as_texts(code.bad)) != []


@pytest.mark.parametrize("judgement", [0.3, 1, "0.3", "20..40 %", "about 0.3", "Very  Likely", "beta(2, 5)", " .5 "])
def test_it_accepts_chances_as_people_write_them(judgement: object) -> None:
    assert errors({**STRAIT, "factors": {"strait": {"states": ["a", "b"], "chances": {"a": judgement}}}}) == []


@pytest.mark.parametrize("judgement", [1.5, -0.1, "maybe", "0.2-0.4", "", None, True, [0.2], {"basis": "fact"}])
def test_it_refuses_chances_that_melian_cannot_read(judgement: object) -> None:
    assert errors({**STRAIT, "factors": {"strait": {"states": ["a", "b"], "chances": {"a": judgement}}}}) != []


STRAIT = {"melian": 1, "case": "strait", "question": {"event": {"strait": "a"}}}


def test_every_word_of_every_scale_is_there_to_be_completed() -> None:
    words = next(part["enum"] for part in SCHEMA["$defs"]["judgement.chance"]["anyOf"] if "enum" in part)
    assert {band.word for scale in SCALES.values() for band in scale.bands} <= set(words)


def test_every_key_of_the_language_is_described() -> None:
    records = {"case": SCHEMA, **{name: SCHEMA["$defs"][name] for name in RECORDS if name != "case"}}
    for name, keys in RECORDS.items():
        assert {key.name for key in keys} <= set(records[name]["properties"]), name
        assert all(records[name]["properties"][key.name]["description"] == key.doc for key in keys)


def test_it_accepts_what_may_be_left_empty() -> None:
    navy = {"actors": {"navy": None}, "choices": None, "stakes": {"navy": None}, "beliefs": {"navy": None}}
    assert errors({**STRAIT, **navy}) == []
    assert errors({**STRAIT, "stakes": {"navy": {"weights": None, "order": None}}}) == []
    assert errors({**STRAIT, "stakes": {"navy": {"weights": {"gain": "about 0.3"}}}}) == []


def test_names_of_any_script_are_names() -> None:
    states = ["зима", "été_2022", "冬", "a-b", "हिन्दी"]
    case = {**STRAIT, "question": {"event": {"погода": "冬"}}}
    assert errors({**case, "factors": {"погода": {"states": states, "chances": {"зима": 0.5}}}}) == []


def test_keys_of_ones_own_are_accepted_everywhere() -> None:
    factor = {"states": ["a", "b"], "x-map": 1, "chances": {"a": 0.5, "x-note": "mine"}}
    assert errors({**STRAIT, "x-team": [], "factors": {"strait": factor, "x-old": None}}) == []
