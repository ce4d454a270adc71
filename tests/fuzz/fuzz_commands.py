"""Fuzzing of whole commands: cases and games changed by structure, through everything that can be asked of them.

Run as a program: `python -m tests.fuzz.fuzz_commands SECONDS [SEED]`. Each try is a process of its own, forked from one
that has everything loaded, with bounds on processor time and memory. A command may answer, or say what is wrong with
the case or the question; it may not fail (exit code 3), warn of arithmetic, print what is no JSON, or take more than
the bounds. What fails is left in the folder in which the fuzzer was run, a file for each kind of failure.
"""

import json
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from melian.api import examine_source
from melian.case.codes import ALL_CODES
from melian.catalog import case_names, case_path
from melian.cli.app import app
from melian.source.diagnostic import has_errors
from melian.source.text import Source
from melian.view.kinds import KINDS
from tests.fuzz.structure import mutate, mutate_tokens, read_tree, written

ROOT: Final = Path(__file__).parents[1]
MOST_SECONDS: Final = 30
MOST_BYTES: Final = 3 << 30
KEPT: Final = 400
WORLDS: Final = (1, 2, 3, 64, 256, 1024)

# What each command is given beside the file; {state} is a node and one of its states, {new} a file that is not there.
CASE_LINES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "run": ((), ("--set", "{state}"), ("--observe", "{state}")),
    "why": ((), ("--observe", "{state}")),
    "indicators": ((),),
    "storylines": ((),),
    "whatif": (("--set", "{state}"), ("--set", "{state}", "--unannounced")),
    "diff": (("{other}",),),
    "levers": (("--actor", "{actor}"),),
    "behaviour": ((),),
    "incentives": ((),),
    "drivers": ((),),
    "evidence": ((),),
    "timeline": ((),),
    "report": (("-o", "{new}.html"), ("-o", "{new}.md")),
    "figure": tuple(("--kind", kind, "-o", "{new}.svg") for kind in KINDS),
    "check": ((), ("--cost",), ("--conflicts",)),
    "fmt": (("--diff",),),
    "convert": (("{new}.efg",),),
}
GAME_LINES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "behaviour": (("--precision", "2"), ("--precision", "0"), ("--precision", "400")),
    "check": ((),),
    "convert": (("{new}.efg",), ("{new}.nfg",)),
}
NO_WORLDS: Final = {"check", "fmt", "convert"}
NO_THREADS: Final = {"diff"}
NO_JSON: Final = {"fmt", "figure"}


@dataclass
class Tally:
    """What came of all tries."""

    tries: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)


def case_texts() -> list[str]:
    """Cases to start from: the gallery and its templates, every example of a diagnostic, what went wrong before."""
    gallery = [path.read_text("utf-8") for name in case_names() if (path := case_path(name)) is not None]
    templates = [path.read_text("utf-8") for path in Path(case_path(case_names()[0])).parent.glob("templates/*.yaml")]
    examples = [text for code in ALL_CODES.values() for text in (code.bad, code.good) if text]
    kept = [path.read_text("utf-8", "replace") for path in sorted(ROOT.rglob("*.yaml"))]
    return [*gallery, *templates, *examples, *kept]


def is_sound(text: str) -> bool:
    """Whether a case can be answered: most changes of one that cannot be get no further than its errors."""
    return not has_errors(examine_source(Source("case.yaml", text))[1])


def game_texts() -> list[str]:
    """Games to start from."""
    return [path.read_text("utf-8") for ending in ("efg", "nfg") for path in sorted(ROOT.rglob(f"*.{ending}"))]


def fuzz(seconds: float, seed: int) -> Tally:
    """Try changed cases and games until the time is over."""
    tally, draw, until = Tally(), random.Random(seed), time.monotonic() + seconds
    trees = [tree for text in case_texts() if is_sound(text) and isinstance(tree := read_tree(text), dict)]
    games = game_texts()
    warm()
    while time.monotonic() < until:
        if games and draw.random() < 0.1:
            one_game(draw.choice(games), draw, tally)
        else:
            one_case(trees, draw, tally)
    return tally


def warm() -> None:
    """Load everything once, so that a forked process has it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("patron-client",):
            CliRunner().invoke(app, ["new", "warm", "--template", name, "--dir", folder])
        CliRunner().invoke(
            app, ["report", f"{folder}/warm.yaml", "--worlds", "64", "--threads", "1", "-o", f"{folder}/w.html"]
        )


def one_case(trees: list[dict[str, object]], draw: random.Random, tally: Tally) -> None:
    """Change a case, and ask some things of it; one that can be answered may be changed further later."""
    parent = draw.choice(trees)
    tree, text = _changed(parent, draw)
    actors = list(tree["actors"]) if isinstance(tree, dict) and isinstance(tree.get("actors"), dict) else []
    words = {"state": _state(tree, draw), "actor": str(draw.choice(actors)) if actors else "nobody"}
    lines = [_line(command, CASE_LINES, words, draw) for command in draw.sample(sorted(CASE_LINES), 3)]
    if attempt("case.yaml", text, written(parent), lines, tally) and len(trees) < KEPT:
        trees.append(tree)


def _changed(parent: dict[str, object], draw: random.Random) -> tuple[object, str]:
    """A change of a case that can still be answered, if a few tries find one: the answers are where faults hide."""
    for _ in range(6):
        tree = mutate(parent, draw)
        text = written(tree)
        if is_sound(text):
            break
    return tree, text


def one_game(text: str, draw: random.Random, tally: Tally) -> None:
    """Change a game, and ask one thing of it."""
    changed = mutate_tokens(text, draw)
    name = "game.nfg" if changed.lstrip().startswith("NFG") else "game.efg"
    command = draw.choice(sorted(GAME_LINES))
    attempt(name, changed, "", [_line(command, GAME_LINES, {}, draw)], tally)


def _state(tree: object, draw: random.Random) -> str:
    found = ["nothing=none"]
    for section, key in (("factors", "states"), ("choices", "options")):
        part = tree.get(section) if isinstance(tree, dict) else None
        for name, node in part.items() if isinstance(part, dict) else ():
            states = node.get(key) if isinstance(node, dict) else None
            found += (
                [f"{name}={state}" for state in states if isinstance(state, str)] if isinstance(states, list) else []
            )
    return draw.choice(found)


def _line(
    command: str, lines: Mapping[str, tuple[tuple[str, ...], ...]], words: Mapping[str, str], draw: random.Random
) -> list[str]:
    given = [part.format(new="new", other="other.yaml", **words) for part in draw.choice(lines[command])]
    if lines is CASE_LINES and command not in NO_WORLDS:
        threads = [] if command in NO_THREADS else ["--threads", "1"]
        given += ["--worlds", str(draw.choice(WORLDS)), "--seed", str(draw.randrange(3)), *threads]
    return [command, "{file}", *given, *(["--json"] if command not in NO_JSON and draw.random() < 0.5 else [])]


def attempt(name: str, text: str, other: str, lines: list[list[str]], tally: Tally) -> bool:
    """Run commands on a text in a process of its own; whether the first of them gave an answer."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            _in_child(name, text, other, lines, write_end)
        except BaseException:  # noqa: BLE001 -- a child must never go on with its parent's work
            traceback.print_exc()
            os._exit(70)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as reader:
        said = reader.read()
    _, status = os.waitpid(child, 0)
    outcomes = [json.loads(line) for line in said.splitlines()]
    for line, code, trouble in outcomes:
        tally.tries[f"{line[0]} {code}"] += 1
        if trouble:
            _keep(trouble, line, text, tally)
    if status and len(outcomes) < len(lines):
        line = lines[len(outcomes)]
        tally.tries[f"{line[0]} ended"] += 1
        _keep(f"ended by signal {os.WTERMSIG(status)} or code {os.waitstatus_to_exitcode(status)}", line, text, tally)
    return bool(outcomes) and outcomes[0][1] == 0


def _in_child(name: str, text: str, other: str, lines: list[list[str]], write_end: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    os.environ["MELIAN_DEBUG"] = "1"
    warnings.simplefilter("error", RuntimeWarning)
    with tempfile.TemporaryDirectory() as folder, os.fdopen(write_end, "w", encoding="utf-8") as writer:
        os.chdir(folder)
        Path(name).write_text(text, "utf-8")
        Path("other.yaml").write_text(other, "utf-8")
        for line in lines:
            spent = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(spent + 2 * MOST_SECONDS) + 1, resource.RLIM_INFINITY))
            code, trouble = _ask([part.format(file=name) for part in line])
            spent = time.process_time() - spent
            if not trouble and spent > MOST_SECONDS:
                trouble = f"slow: {line[0]}\n{spent:.0f} s"
            writer.write(json.dumps([line, code, trouble]) + "\n")
            writer.flush()


def _ask(line: list[str]) -> tuple[int, str]:
    """Exit code of a command, and what is wrong with how it ended."""
    try:
        result = CliRunner().invoke(app, line)
    except BaseException:  # noqa: BLE001 -- whatever it is, it is what is looked for
        return 3, traceback.format_exc()
    if result.exit_code not in (0, 1, 2):
        return result.exit_code, result.stderr
    if result.exit_code == 0 and "--json" in line:
        try:
            json.loads(result.stdout)
        except ValueError as problem:
            return 3, f"no JSON: {problem}\n{result.stdout[:200]}"
    if result.exit_code and not (result.stderr + result.stdout).strip():
        return 3, f"nothing said: {line[0]}"
    return result.exit_code, ""


def _keep(trouble: str, line: list[str], text: str, tally: Tally) -> None:
    """Keep the shortest example of each kind of failure: the error and where in melian it came up."""
    frames = re.findall(r'melian/(\S+\.py)", line (\d+)', trouble)
    last = [
        each for each in trouble.strip().splitlines() if re.match(r"[\w.]*(Error|Warning|Exception|Interrupt)\b", each)
    ]
    kind = f"{(last or trouble.splitlines()[:1] or ['?'])[-1][:90]} at {frames[-1] if frames else '?'} in {line[0]}"
    shown = f"# {' '.join(line)}\n" + "".join(f"# {each}\n" for each in trouble.splitlines()[-12:]) + text
    if kind not in tally.failures or len(shown) < len(tally.failures[kind]):
        tally.failures[kind] = shown
        name = re.sub(r"\W+", "-", kind)[:120]
        Path(f"found-{name}.yaml").write_text(shown, "utf-8")


def main(seconds: float, seed: int) -> int:
    """Fuzz, and say what came of it; 1 where anything failed."""
    tally = fuzz(seconds, seed)
    total = sum(tally.tries.values())
    sys.stdout.write(f"{total} commands\n" + "".join(f"  {name}: {n}\n" for name, n in sorted(tally.tries.items())))
    sys.stdout.write(f"{len(tally.failures)} kinds of failure\n" + "".join(f"  {kind}\n" for kind in tally.failures))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
