"""Cases changed by structure: another number, a rule less, a report twice, an actor who errs never.

A case stays a case more often than not, so that what is tried gets as far as the answers. Texts are read and written
by PyYAML as plain lists, mappings and texts, which loses comments and nothing else.
"""

import copy
import random
from collections.abc import Iterator
from typing import Any, Final

import yaml

Tree = Any
Place = tuple[Any, Any]  # a mapping or list, and a key or index in it

NUMBERS: Final = (
    "0", "1", "0.5", "0..1", "0.2..0.8", "1e-12", "0.999999", "100 %", "likely", "almost no chance", "about 0.3",
    "beta(2, 5)", "50", "100", "0..100", "ordinary", "calculating", "4000", "0.001",
)  # fmt: skip
MOST_BYTES: Final = 20_000


def read_tree(text: str) -> Tree:
    """Text as lists, mappings and texts; None where it is no YAML."""
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def written(tree: Tree) -> str:
    """Lists, mappings and texts as YAML."""
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=120)


def mutate(tree: Tree, draw: random.Random) -> Tree:
    """Case with one to four changes; what was given stays as it is."""
    changed = copy.deepcopy(tree)
    for _ in range(draw.choice((1, 1, 2, 2, 3, 4))):
        draw.choices(CHANGES, WEIGHTS)[0](changed, draw)
    return changed if len(written(changed)) <= MOST_BYTES else tree


def places(tree: Tree) -> Iterator[Place]:
    """Every place in a tree that holds something."""
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
            yield node, key
            if isinstance(child, dict | list):
                ahead.append(child)


def _number(tree: Tree, draw: random.Random) -> None:
    """Another number in the place of one."""
    found = [(at, key) for at, key in places(tree) if isinstance(at[key], str) and _is_number(at[key])]
    if found:
        at, key = draw.choice(found)
        at[key] = draw.choice(NUMBERS)


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text in NUMBERS or text.startswith(("about", "very", "almost", "unlikely", "roughly"))


def _alike(tree: Tree, draw: random.Random) -> None:
    """What stands under a key, in another place of the same key: another's event, options, rules, likelihoods."""
    at, key = draw.choice(list(places(tree)))
    others = [there[key] for there, name in places(tree) if name == key and isinstance(there, type(at))]
    at[key] = copy.deepcopy(draw.choice(others))


def _gone(tree: Tree, draw: random.Random) -> None:
    """One thing less."""
    at, key = draw.choice(list(places(tree)))
    del at[key]


def _twice(tree: Tree, draw: random.Random) -> None:
    """One thing of a list or mapping once more."""
    found = [(at, key) for at, key in places(tree) if isinstance(at[key], list | dict) and at[key]]
    if not found:
        return
    at, key = draw.choice(found)
    if isinstance(at[key], list):
        one = copy.deepcopy(draw.choice(at[key]))
        if isinstance(one, dict) and "id" in one:
            one["id"] = f"{one['id']}_{draw.randrange(1000)}"
        at[key].append(one)
    else:
        name, child = draw.choice(list(at[key].items()))
        at[key][f"{name}_{draw.randrange(1000)}"] = copy.deepcopy(child)


def _turn(tree: Tree, draw: random.Random) -> None:
    """Two neighbours change places."""
    lists = [at[key] for at, key in places(tree) if isinstance(at[key], list) and len(at[key]) > 1]
    if lists:
        found = draw.choice(lists)
        at = draw.randrange(len(found) - 1)
        found[at], found[at + 1] = found[at + 1], found[at]


def _rational(tree: Tree, draw: random.Random) -> None:
    """Actors who never err, or who do again."""
    tree["behaviour"] = "logit" if tree.get("behaviour") == "rational" else "rational"


def _certain_report(tree: Tree, draw: random.Random) -> None:
    """A node that was certainly seen in one of its states."""
    nodes = [*_named(tree, "factors", "states"), *_named(tree, "choices", "options")]
    if nodes:
        name, states = draw.choice(nodes)
        report = {"id": f"seen_{draw.randrange(1000)}", "date": "2022-01-01", "claim": "Seen.", "bears_on": name}
        reports = tree.setdefault("evidence", [])
        if isinstance(reports, list):
            reports.append(report | {"shows": draw.choice(states)})


def _event(tree: Tree, draw: random.Random) -> None:
    """Another event: a state or an option of any node."""
    nodes = [*_named(tree, "factors", "states"), *_named(tree, "choices", "options")]
    if nodes and isinstance(tree.get("question"), dict):
        name, states = draw.choice(nodes)
        tree["question"]["event"] = {name: draw.choice(states)}


def _sight(tree: Tree, draw: random.Random) -> None:
    """A choice that sees one node more, or nothing."""
    choices = [one for one in _mappings(tree, "choices").values() if isinstance(one, dict)]
    nodes = [name for name, _ in (*_named(tree, "factors", "states"), *_named(tree, "choices", "options"))]
    if choices and nodes:
        choice, seen = draw.choice(choices), draw.choice(nodes)
        before = choice.get("sees")
        choice["sees"] = [*before, seen] if isinstance(before, list) and seen not in before else []


def _mappings(tree: Tree, section: str) -> dict[Any, Any]:
    found = tree.get(section) if isinstance(tree, dict) else None
    return found if isinstance(found, dict) else {}


def _named(tree: Tree, section: str, key: str) -> Iterator[tuple[str, list[str]]]:
    """Nodes with the names of their states."""
    for name, node in _mappings(tree, section).items():
        states = node.get(key) if isinstance(node, dict) else None
        if isinstance(states, list) and states:
            yield name, [next(iter(one)) if isinstance(one, dict) and one else str(one) for one in states]


CHANGES: Final = (_number, _alike, _gone, _twice, _turn, _rational, _certain_report, _event, _sight)
WEIGHTS: Final = (6, 3, 2, 2, 1, 2, 4, 2, 1)


def mutate_tokens(text: str, draw: random.Random) -> str:
    """Game file with some words changed, left out, doubled or exchanged."""
    words = text.split(" ")
    for _ in range(draw.choice((1, 1, 2, 3))):
        at = draw.randrange(len(words))
        match draw.randrange(4):
            case 0:
                words[at] = draw.choice((*words, "0", "1", "-1", "1/3", "1e308", '""', "{", "}"))
            case 1:
                words.insert(at, draw.choice(words))
            case 2 if len(words) > 1:
                del words[at]
            case _:
                other = draw.randrange(len(words))
                words[at], words[other] = words[other], words[at]
    return " ".join(words)
