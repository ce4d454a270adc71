"""Bayesian networks from the interchange format `.bif`, with the numbers as they stand in the file.

pyAgrum's own reader keeps single precision only, and pgmpy's takes seconds for a large file; so that every program gets
the same numbers, the few lines that the format needs are here.
"""

import gzip
import re
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Final

BUNDLE: Final = "pgmpy"
VARIABLE: Final = re.compile(r"variable\s+(\S+)\s*\{[^{}]*\{([^}]*)\}", re.DOTALL)
TABLE: Final = re.compile(r"probability\s*\(([^)]*)\)\s*\{(.*?)\}", re.DOTALL)
ROW: Final = re.compile(r"(?:table|\(([^)]*)\))\s*([^;]*);")


@dataclass(frozen=True, slots=True)
class Network:
    """A published network.

    Attributes
    ----------
    states : by node, in the order of the file.
    parents : by node.
    rows : by node, the chances of its states by the places of its parents' states.
    """

    name: str
    states: dict[str, list[str]]
    parents: dict[str, list[str]]
    rows: dict[str, dict[tuple[int, ...], list[float]]]


def published(name: str) -> Network:
    """Network of the repository of Bayesian networks (Scutari), as pgmpy bundles it."""
    spec = find_spec(BUNDLE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the networks come with {BUNDLE}: make env-bench")
    path = Path(spec.origin).parent / "utils" / "example_models" / f"{name}.bif.gz"
    return network_of(name, gzip.decompress(path.read_bytes()).decode("utf-8"))


def network_of(name: str, text: str) -> Network:
    """Network of a text in the format; rows are divided by their sums, which some files round."""
    states = {node: _words(inside) for node, inside in VARIABLE.findall(text)}
    parents: dict[str, list[str]] = {}
    rows: dict[str, dict[tuple[int, ...], list[float]]] = {}
    for head, body in TABLE.findall(text):
        node, _, given = (part.strip() for part in head.partition("|"))
        parents[node] = _words(given)
        rows[node] = {}
        for condition, numbers in ROW.findall(body):
            place = tuple(
                states[parent].index(state) for parent, state in zip(parents[node], _words(condition), strict=True)
            )
            chances = [float(number) for number in _words(numbers)]
            rows[node][place] = [chance / sum(chances) for chance in chances]
        missing = set(product(*(range(len(states[parent])) for parent in parents[node]))) - set(rows[node])
        if missing:
            raise ValueError(f"{name}: the table of {node} lacks rows")
    return Network(name, states, parents, rows)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
