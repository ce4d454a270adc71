"""The tutorial's notebook runs from the first cell to the last, as Jupyter would run it, in few worlds."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.view.pages import Page

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOK = DOCS / "tutorial" / "notebook.md"
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FEW = "case.solve(worlds=1_000)"


def cells() -> list[str]:
    text = NOTEBOOK.read_text("utf-8")
    assert "case.solve()" in text
    return [cell.replace("case.solve()", FEW) for cell in CELL.findall(text)]


def shown(cell: str, names: dict[str, Any]) -> Any:
    """What the last line of a cell comes to, once the cell has been run."""
    *before, last = ast.parse(cell).body
    exec(compile(ast.Module(before, []), "<cell>", "exec"), names)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    exec(compile(ast.Module([last], []), "<cell>", "exec"), names)
    return None


@pytest.mark.slow
def test_every_cell_runs_and_what_it_shows_can_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    found = [shown(cell, names) for cell in cells()]
    outputs = [value._repr_html_() for value in found if hasattr(value, "_repr_html_")]
    assert len(outputs) >= 12
    ours = [html for html in outputs if 'class="melian"' in html]
    Page(f"<div>{''.join(ours)}</div>")  # which asserts that no two of them share a name
    assert (tmp_path / "belarus.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_no_output_is_kept_in_the_page() -> None:
    assert "<div" not in NOTEBOOK.read_text("utf-8")


def test_only_the_notebook_is_run_when_the_pages_are_built() -> None:
    pages = [page for page in DOCS.rglob("*.md") if "_build" not in page.parts]
    assert [page for page in pages if "kernelspec:" in page.read_text("utf-8")] == [NOTEBOOK]
    assert [page for page in pages if "{code-cell}" in page.read_text("utf-8")] == [NOTEBOOK]
