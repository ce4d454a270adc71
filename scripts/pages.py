"""Write anew what the pages show of melian itself, so that no page can say what melian does not do.

A page holds blocks between two comments, and this program fills them:

    <!-- output: melian check pass.yaml, with pass.yaml from tutorial/stages/2-actors.yaml -->
    <!-- file: tutorial/stages/2-actors.yaml -->
    <!-- part: reference/language.yaml factors offensive -->
    <!-- table: words icd203 -->
    ...
    <!-- end -->

Paths are taken from `docs/`. Run from the project's folder, `python -m scripts.pages` writes every page that has
changed and names it; with `--check` it only names them, and ends with 1 if there are any.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from scripts.figures import FIGURES
from scripts.picture import picture
from scripts.plots import PLOTS
from scripts.tables import table

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
PICTURES: Final[dict[Path, Callable[[], str]]] = {
    DOCS / "pictures" / f"{name}.svg": draw for name, draw in {"answer": picture, **PLOTS, **FIGURES}.items()
}
BLOCK: Final = re.compile(r"(<!-- (output|file|part|table): (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
WITH: Final = re.compile(r"(.+?), with (\S+ from \S+(?: and \S+ from \S+)*)")
# What `make run` does once the environment is there: see the Makefile.
MADE: Final = {"make run": "melian run belarus-2022"}
CLONED: Final = "<address of this repository> melian"
COLUMNS: Final = "100"
TIME: Final = re.compile(r"\b\d+(\.\d+)? (s|ms|seconds)\b")


def pages() -> list[Path]:
    """Every page that may hold blocks."""
    return [ROOT / "README.md", *sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts)]


def filled(text: str) -> str:
    """Return a page with every block made anew; times are left as they were, since they differ in every run."""
    return BLOCK.sub(_block, text)


def _block(match: re.Match[str]) -> str:
    opening, kind, what, closing = match.groups()
    made = {"output": output, "file": file, "part": part, "table": table}[kind](what)
    old = match.group(0)[len(opening) : -len(closing)]
    if TIME.sub("", made) == TIME.sub("", old):
        made = old
    return opening + made + closing


def output(what: str) -> str:
    """Run a command and show it with what it prints."""
    found = WITH.fullmatch(what)
    command, files = found.groups() if found else (what, "")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in re.findall(r"(\S+) from (\S+)", files):
            Path(folder, name).write_text("\n".join(_shown_lines(path)) + "\n", "utf-8")
        shown = run(MADE.get(command, command), folder)
    return f"```console\n$ {command}\n{shown}```\n"


def run(command: str, folder: str | Path, **environment: str) -> str:
    """Return what a command of melian prints, both channels together, as in a terminal without colour."""
    program, *arguments = shlex.split(command)
    path = Path(sys.executable).with_name(program)
    plain = {"COLUMNS": COLUMNS, "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 (commands come from our own pages)
        [str(path), *arguments],
        cwd=folder,
        env={**os.environ, **(plain | environment)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"`{command}` ended with {done.returncode}:\n{done.stdout}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"


def file(path: str) -> str:
    """Show a whole file."""
    return _fenced(_shown_lines(path), "yaml" if path.endswith(".yaml") else "text")


def part(what: str) -> str:
    """Show one entry of a YAML file, found by the keys that lead to it, with the keys around it."""
    path, *keys = what.split()
    lines = _shown_lines(path)
    shown: list[str] = []
    for depth, key in enumerate(keys):
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{'  ' * depth}{key}:"))
        indent = 2 * depth
        end = next((i for i in range(at + 1, len(lines)) if _is_outside(lines[i], indent)), len(lines))
        if depth + 1 < len(keys):
            shown.append(lines[at])
        lines = lines[at:end]
        if depth + 1 < len(keys):
            lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return _fenced([*shown, *lines])


def _is_outside(line: str, indent: int) -> bool:
    return bool(line.strip()) and len(line) - len(line.lstrip()) <= indent


def _shown_lines(path: str) -> list[str]:
    """Lines of a file without the comment that tells its test what to expect."""
    lines = (DOCS / path).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("# expect:")]


def _fenced(lines: list[str], language: str = "yaml") -> str:
    return f"```{language}\n" + "\n".join(lines) + "\n```\n"


def stale() -> Iterator[tuple[Path, str]]:
    """Pages and pictures that are not what they should be, with what they should be."""
    for page in pages():
        text = page.read_text("utf-8")
        new = filled(text)
        if new != text:
            yield page, new
    for path, draw in PICTURES.items():
        drawn = draw()
        if not path.exists() or path.read_text("utf-8") != drawn:
            yield path, drawn


def main(arguments: list[str]) -> int:
    """Write stale pages, or only name them."""
    found = list(stale())
    for page, new in found:
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")
        if "--check" not in arguments:
            page.parent.mkdir(exist_ok=True)
            page.write_text(new, "utf-8")
    return int(bool(found) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
