"""Every code that melian uses is explained, and every example does what its text says."""

import ast
import re
from pathlib import Path

import pytest

import melian
from melian.api import examine, examine_source
from melian.case.codes import ALL_CODES, CASE_CODES
from melian.source.codes import SOURCE_CODES, Code
from melian.source.text import Source

PACKAGE = Path(melian.__file__).parent
EXAMPLES = [pytest.param(code, id=code.code) for code in CASE_CODES]
STEPS = ("source", "case", "model", "plan")  # what a case goes through; other programs' formats have codes of their own
MAKERS = {"error", "warning", "info", "Problem", "Diagnostic", "tight_colon", "Refused", "refuse"}


def diagnosed(code: Code, text: str | None, folder: Path) -> list[tuple[str, str]]:
    """Codes and severities of what is said about an example, read from its file where it includes others."""
    assert text is not None
    if not code.parts:
        return [(one.code, one.severity) for one in examine_source(Source("case.yaml", text))[1]]
    for name, content in (("case.yaml", text), *code.parts):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return [(one.code, one.severity) for one in examine(folder / "case.yaml")[1]]


def literals(node: ast.AST) -> list[object]:
    """Values in a node where a code of a diagnostic may stand."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        firsts = node.args[:1] if name in MAKERS else []
        return [
            getattr(part, "value", None) for part in (*firsts, *(k.value for k in node.keywords if k.arg == "code"))
        ]
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if getattr(target, "id", "") in ("CODE", "CODES"):
            return [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
    return []


def codes_used() -> dict[str, str]:
    """Each code in the source, with a file that uses it."""
    found = {}
    for path in (PACKAGE / "api.py", *(path for step in STEPS for path in (PACKAGE / step).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value in literals(node):
                if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", value):
                    found[value] = str(path.relative_to(PACKAGE))
    return found


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_shows_it_with_its_severity(code: Code, tmp_path: Path) -> None:
    assert (code.code, code.severity) in diagnosed(code, code.bad, tmp_path)


@pytest.mark.parametrize("code", EXAMPLES)
def test_there_is_nothing_to_say_about_the_good_example(code: Code, tmp_path: Path) -> None:
    assert diagnosed(code, code.good, tmp_path) == []


def test_every_code_in_the_source_is_explained() -> None:
    assert {code: path for code, path in codes_used().items() if code not in ALL_CODES} == {}


def test_every_code_that_is_explained_is_used() -> None:
    assert set(ALL_CODES) - set(codes_used()) == set()


def test_codes_are_unique_and_well_formed() -> None:
    assert len(ALL_CODES) == len(CASE_CODES) + len(SOURCE_CODES)
    for code in CASE_CODES:
        assert code.title[0].islower()
        assert not code.title.endswith(".")
        assert code.why.endswith((".", "?"))
