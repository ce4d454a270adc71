"""Writing an answer to standard output."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from melian.view.sheet import Sheet


def write_json(document: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Write one JSON document, in UTF-8 whatever the terminal's encoding."""
    from melian.view.documents.document import dumps

    text = dumps(document)
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        stream.write(text.encode())
        stream.flush()


def write_json_of_each(documents: Sequence[dict[str, Any]]) -> None:
    """Write a document, or, of several, one list of them."""
    write_json(documents[0] if len(documents) == 1 else list(documents))


def write_sheets(sheets: "Iterable[Sheet]") -> None:
    """Show sheets one below the other."""
    for place, sheet in enumerate(sheets):
        sys.stdout.write("\n" if place else "")
        write_sheet(sheet)


def write_line(text: str) -> None:
    """Write a line without anything that could steer a terminal, whatever name of a file is in it."""
    from melian.source.cells import safe

    sys.stdout.write(f"{safe(text)}\n")


def write_sheet(sheet: "Sheet") -> None:
    """Show a sheet on the terminal, or as plain text where there is none."""
    from melian.view.terminal import console_for, show

    show(sheet, console_for(sys.stdout))


def write_note(text: str) -> None:
    """Show one line that is never broken, such as a command to be copied."""
    from melian.view.terminal import console_for, show_line

    show_line(text, console_for(sys.stdout))
