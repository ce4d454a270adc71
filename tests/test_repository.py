"""What holds for the repository as a whole: its locks, its pages and its house rules."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import melian

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "melian"
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MAX_FILE_LINES = 400  # read in one sitting
MAX_FUNCTION_LINES = 80  # of code: without docstring, comments and blank lines


def distribution(requirement: str) -> str:
    """The normalised name in `Some_Name[extra]>=1.0`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]).lower()


def requirements_in(name: str) -> list[str]:
    """Requirements in a lock or an input file, each on one line with its hashes."""
    logical = (REQUIREMENTS / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in logical.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def named_on_dependencies_page() -> set[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (?!package)([^|]+) \|", page, flags=re.MULTILINE)
    return {distribution(name.strip()) for cell in first_cells for name in cell.split(",")}


def functions_in(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines of code."""
    text = path.read_text(encoding="utf-8")
    blank = {n for n, line in enumerate(text.splitlines(), 1) if not line.strip() or line.lstrip().startswith("#")}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node, clean=False) is not None
            docstring = set(range(first.lineno, first.end_lineno + 1)) if documented else set()
            yield node.name, len(set(range(node.lineno, node.end_lineno + 1)) - docstring - blank)


@pytest.mark.parametrize("lock", ["build.txt", "run.txt", "dev.txt", "bench.txt"])
def test_a_lock_names_no_index_host_or_path(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|^\s*--(?!hash=)|file:/|\s[/~]|\s@\s).*$", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize("lock", ["build.txt", "run.txt", "dev.txt", "bench.txt"])
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    pins = requirements_in(lock)
    assert pins
    assert [pin for pin in pins if not re.match(r"\S+==\S+ .*--hash=sha256:", pin)] == []


def test_the_run_lock_holds_every_runtime_dependency() -> None:
    wanted = {distribution(requirement) for requirement in PROJECT["project"]["dependencies"]}
    assert wanted <= {distribution(pin) for pin in requirements_in("run.txt")}


def test_the_locks_agree_on_versions() -> None:
    run, dev = ({pin.split()[0] for pin in requirements_in(lock)} for lock in ("run.txt", "dev.txt"))
    assert run <= dev
    shared = {pin.split("==")[0]: pin for pin in dev}
    bench = {pin.split()[0] for pin in requirements_in("bench.txt")}
    assert {pin for pin in bench if shared.get(pin.split("==")[0], pin) != pin} == set()


def test_dependencies_and_their_reasons_are_the_same_list() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    direct = [
        *PROJECT["project"]["dependencies"],
        *(each for extra in extras for each in extra),
        *requirements_in("build.in"),
        *requirements_in("dev.in"),
    ]
    direct += requirements_in("bench.in")
    assert named_on_dependencies_page() == {distribution(requirement) for requirement in direct}


def test_the_layer_contract_covers_every_step() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    named = set(re.findall(r"\w+", " ".join(layers["layers"])))
    assert layers["exhaustive"] is True
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= named


def test_every_step_says_what_it_takes_and_gives() -> None:
    steps = [path for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "catalog"]
    silent = [
        path.parent.name for path in steps if not re.search("^.*Takes .* gives ", path.read_text(encoding="utf-8"))
    ]
    assert steps
    assert silent == []


def test_the_package_and_the_project_agree_on_the_version() -> None:
    assert melian.__version__ == PROJECT["project"]["version"]


def test_importing_the_package_is_quiet() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import melian"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_file_can_be_read_in_one_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_every_function_can_be_taken_in_at_a_glance() -> None:
    lengths = {
        f"{path.relative_to(ROOT)} {name}": lines
        for path in PACKAGE.rglob("*.py")
        for name, lines in functions_in(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}
