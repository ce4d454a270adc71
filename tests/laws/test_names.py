"""What things are called, and in which order what has no order is listed, changes no bit of the answer."""

import os
import re
import subprocess
import sys
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.laws.sameness import same_in_all
from tests.solving import solvable, worlds_of
from tests.strategies import Shape, case_texts

N_WORLDS = 300
NAMES = re.compile(r"\b(?:[acforsvx]\d|one|two)\b")
SEES = re.compile(r"sees: \[([^]]*)\]")


@given(case_texts(), st.randoms(use_true_random=False))
def test_renaming_everything_changes_nothing(text: str, random: Random) -> None:
    names = sorted(set(NAMES.findall(text)))
    others = random.sample([f"имя_{number}" for number in range(len(names))], len(names))
    new = dict(zip(names, others, strict=True))
    renamed = NAMES.sub(lambda match: new[match[0]], text)
    one, other = (worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, renamed))
    assert same_in_all(one, other)


@given(case_texts(Shape(min_choices=1)))
def test_the_order_of_what_a_choice_sees_changes_nothing(text: str) -> None:
    turned = SEES.sub(lambda match: f"sees: [{', '.join(reversed(match[1].split(', ')))}]", text)
    one, other = (worlds_of(solvable(t), n_worlds=N_WORLDS) for t in (text, turned))
    assert same_in_all(one, other)


DIGEST = """
import hashlib, melian
solution = melian.read("belarus-2022").solve(worlds=600, observe={"entry": "stays_out"})
worlds = solution.worlds
parts = [worlds.evidence, worlds.event, worlds.before, *worlds.marginals.values()]
parts += [rule.mean for rule in worlds.rules.values()]
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest(), worlds.without)
"""


def test_another_run_of_python_gives_the_same_bits() -> None:
    """Sets of names are walked in another order in each run, unless the seed of their hashes is the same."""
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGEST], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
