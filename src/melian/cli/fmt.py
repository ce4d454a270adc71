"""`melian fmt`: cases in good order, without a change to what they say."""

import sys
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from melian.cli import options
from melian.cli.game import not_a_case
from melian.cli.guard import WRONG_CASE, guarded, show_diagnostics
from melian.cli.output import write_json, write_line
from melian.errors import CaseError
from melian.exchange.kinds import is_game_file
from melian.source.text import BYTE_ORDER_MARK, Source, mark_of, read_source

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Case files; - reads standard input.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; end with 1 if a file is not in good order.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]
Stdout = Annotated[bool, typer.Option("--stdout", help="Write to standard output instead of the file.")]
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Tidied:
    """A file as it is and as it should be; `problem` where that cannot be told."""

    path: str
    before: str = ""
    after: str = ""
    problem: CaseError | None = None

    @property
    def is_changed(self) -> bool:
        """Whether it is not in good order yet."""
        return self.before != self.after


@guarded
def fmt(
    files: Files,
    check: Check = False,
    diff: Diff = False,
    stdout: Stdout = False,
    json: options.Json = False,
    debug: options.Debug = False,
) -> None:
    """Put a case file in good order: what it says stays the same.

    Two spaces a level, one blank line between sections, quotes only where they are needed, long lines in braces broken
    up, short ones kept. Every comment, every order and every key of your own stays.
    """
    stdout = stdout or files == [STANDARD_INPUT]
    if stdout and len(files) > 1:
        raise typer.BadParameter("it takes one file", param_hint="--stdout")
    found = [_tidied(_place(name, writes=not (check or diff or stdout))) for name in files]
    if json:
        write_json({"files": [_document(one, with_text=stdout) for one in found]})
    else:
        _show(found, diff=diff, stdout=stdout)
    if not (check or diff or stdout):
        _save(found, quiet=json)
    elif not (stdout or json or diff):
        _tell(found, "would be tidied")
    if any(one.problem or (check and one.is_changed) for one in found):
        raise typer.Exit(WRONG_CASE)


def _place(name: str, *, writes: bool) -> str:
    """Path of a file, or of a gallery case where nothing is written."""
    import os

    from melian.catalog import case_path

    if is_game_file(name):
        raise not_a_case(name)
    path = None if name == STANDARD_INPUT or os.path.exists(name) else case_path(name)
    if path is None:
        return name
    if writes:
        raise typer.BadParameter(f"'{name}' is a case of the gallery, which stays as it is; --stdout shows it tidied")
    return str(path)


def _tidied(path: str) -> Tidied:
    from melian.source.tidy.tidy import tidy

    try:
        source = Source("standard input", sys.stdin.read()) if path == STANDARD_INPUT else read_source(path)
        before = source.text if path == STANDARD_INPUT else mark_of(path) + source.text
        return Tidied(source.path, before, tidy(Source(source.path, source.text.removeprefix(BYTE_ORDER_MARK))))
    except CaseError as problem:
        return Tidied(path, problem=problem)


def _document(one: Tidied, *, with_text: bool) -> dict[str, Any]:
    from melian.source.changes import patch
    from melian.source.render import as_json

    said: dict[str, Any] = {
        "path": one.path,
        "changed": one.is_changed,
        "diff": patch(one.path, one.before, one.after),
        "diagnostics": as_json(one.problem.diagnostics) if one.problem else [],
    }
    return {**said, "text": one.after} if with_text else said


def _show(found: list[Tidied], *, diff: bool, stdout: bool) -> None:
    """Diagnostics, and the texts or patches that were asked for."""
    from melian.source.changes import patch

    for one in found:
        if one.problem:
            show_diagnostics(one.problem)
        elif diff:
            sys.stdout.write(patch(one.path, one.before, one.after))
        elif stdout:
            sys.stdout.write(one.after)


def _save(found: list[Tidied], *, quiet: bool) -> None:
    from melian.source.save import save_text

    for one in found:
        if one.is_changed:
            save_text(one.path, one.after)
    if not quiet:
        _tell(found, "tidied")


def _tell(found: list[Tidied], what: str) -> None:
    """Say which files changed, and how many had no need to."""
    from melian.view.wording import counted

    for one in found:
        if one.is_changed:
            write_line(f"{what}: {one.path}")
    in_order = sum(not (one.is_changed or one.problem) for one in found)
    if in_order:
        sys.stdout.write(f"{counted(in_order, 'file')} in good order already\n")
