"""Whatever stands where, a tree made of the language's own keys ends in diagnostics or in a case."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.language import PROVENANCE_KEYS, RECORDS, RULE
from tests.case.test_mutations import ODD, holds

KEYS = sorted({key.name for keys in (*RECORDS.values(), RULE) for key in keys} | {"others", "all", "any", "x-own", "a"})
NAMES = ["a", "b", "c", "strait", "open", "closed"]
SCALARS = st.sampled_from([*NAMES, *PROVENANCE_KEYS, *(odd for odd in ODD if odd[:1] not in ("[", "{"))])
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, *NAMES]), inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=12,
)
SECTIONS = [key.name for key in RECORDS["case"] if key.name not in PROVENANCE_KEYS]
BASE = {
    "melian": "1",
    "case": "tree",
    "question": {"event": {"strait": "closed"}},
    "actors": {"a": {}},
    "factors": {"strait": {"states": ["open", "closed"], "chances": {"closed": "unlikely"}}},
}


def filled(keys: list[str], trees: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    """Records with some of some keys."""
    return st.dictionaries(st.sampled_from(keys), trees, max_size=6)


RECORD_KEYS = {name: [key.name for key in keys] for name, keys in RECORDS.items()}
PLACED = st.one_of(
    st.fixed_dictionaries({"factors": st.fixed_dictionaries({"strait": filled(RECORD_KEYS["factor"], TREES)})}),
    st.fixed_dictionaries({"choices": st.fixed_dictionaries({"c": filled(RECORD_KEYS["choice"], TREES)})}),
    st.fixed_dictionaries({"stakes": st.fixed_dictionaries({"a": filled([*RECORD_KEYS["stakes"], *NAMES], TREES)})}),
    st.fixed_dictionaries(
        {"stakes": st.fixed_dictionaries({"a": st.fixed_dictionaries({"b": filled(RECORD_KEYS["stake"], TREES)})})}
    ),
    st.fixed_dictionaries({"beliefs": st.fixed_dictionaries({"a": filled(NAMES, TREES)})}),
    st.fixed_dictionaries({"evidence": st.lists(filled(RECORD_KEYS["report"], TREES), max_size=2)}),
    st.fixed_dictionaries({"question": filled(RECORD_KEYS["question"], TREES)}),
    filled(SECTIONS, TREES),
)


@settings(max_examples=300)
@given(PLACED)
def test_a_tree_ends_in_diagnostics_or_in_a_case(placed: dict[str, object]) -> None:
    # JSON is YAML, so that every tree has a text.
    holds(json.dumps(BASE | placed, ensure_ascii=False) + "\n")


@settings(max_examples=100)
@given(TREES)
def test_a_tree_alone_does_too(tree: object) -> None:
    holds(json.dumps(tree, ensure_ascii=False) + "\n")
