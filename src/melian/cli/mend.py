"""Applying safe fixes to the files of a case, round by round, until there is nothing left that is safe to mend."""

import sys
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import typer

from melian.source.cells import safe
from melian.source.diagnostic import Diagnostic
from melian.source.text import Source

MOST_ROUNDS: Final = 10


@dataclass(slots=True)
class Mended:
    """What was done to a case, and how it stands after that.

    Attributes
    ----------
    texts : of each file that changes: as it was, and as it should be.
    done : diagnostics that were mended, each with its place in the text as it stood in that round.
    left : everything there is to say about the mended case, with the files that it includes as they still are.
    """

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: list[Diagnostic] = field(default_factory=list)
    left: list[Diagnostic] = field(default_factory=list)


def mended_case(name: str, as_of: date | None) -> Mended:
    """Mend a case by its path; a case of the gallery stays as it is.

    Raises
    ------
    typer.BadParameter
        If the name is one of the gallery.
    """
    import os

    from melian.catalog import case_path

    if not os.path.exists(name) and case_path(name) is not None:
        raise typer.BadParameter(f"'{name}' is a case of the gallery, which stays as it is", param_hint="--fix")
    return mend(name, as_of)


def show_patches(mended: Mended, *, as_json: bool) -> None:
    """Show what would change, as patches."""
    from melian.source.changes import patch

    patches = {name: patch(name, *texts) for name, texts in sorted(mended.texts.items())}
    if as_json:
        from melian.cli.output import write_json
        from melian.source import render

        diffs = [{"path": name, "diff": text} for name, text in patches.items()]
        write_json({"files": diffs, "mended": render.as_json(mended.done), "diagnostics": render.as_json(mended.left)})
        return
    sys.stdout.write("".join(patches.values()) or "nothing can be mended safely\n")


def write_mended(mended: Mended, *, quiet: bool) -> None:
    """Write the files that change, and say what was done."""
    from melian.source.save import save_text
    from melian.source.text import mark_of

    for name, (_, text) in mended.texts.items():
        save_text(name, mark_of(name) + text)
    if quiet:
        return
    for one in mended.done:
        span = one.primary.span
        what = safe(one.fix.what) if one.fix else ""
        sys.stdout.write(f"mended {safe(span.source.path)}:{span.line}:{span.column}: {one.code}: {what}\n")
    if mended.done:
        sys.stdout.write("\n")
        sys.stdout.flush()


def mend(path: str, as_of: date | None = None) -> Mended:
    """Mend the text of a case; nothing is written.

    The files that a case includes are mended once: they are read again only when they are written.

    Raises
    ------
    CaseError
        If the file itself cannot be read.
    """
    from melian.api import examine_source
    from melian.source.folder import folder_of
    from melian.source.text import read_source
    from melian.source.tree import parse

    source, folder = read_source(path), folder_of(path)
    mended = Mended()
    _, mended.left = examine_source(source, as_of=as_of, folder=folder)
    for number in range(MOST_ROUNDS):
        fixed = [one for one in _fixable(mended.left) if number == 0 or one.primary.span.source == source]
        texts = _texts(fixed)
        new = Source(source.path, texts.pop(source, source.text))
        broken = parse(source)[0] is not None and parse(new)[0] is None
        if not fixed or broken:
            break
        for part, text in texts.items():
            mended.texts[part.path] = (part.text, text)
        mended.texts[source.path] = (mended.texts.get(source.path, (source.text, ""))[0], new.text)
        mended.done += fixed
        source = new
        _, mended.left = examine_source(source, as_of=as_of, folder=folder)
    mended.texts = {name: texts for name, texts in mended.texts.items() if texts[0] != texts[1]}
    return mended


def _fixable(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics to be mended now, in the order of the text."""
    from melian.source.fixes import without_conflict
    from melian.source.render import in_order

    return without_conflict(in_order(diagnostics))


def _texts(fixed: list[Diagnostic]) -> dict[Source, str]:
    """Text of each file after the fixes."""
    from melian.source.fixes import applied

    sources = {edit.span.source for one in fixed if one.fix for edit in one.fix.edits}
    return {source: applied(source, fixed) for source in sources}
