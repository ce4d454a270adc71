"""Writing an answer to standard output."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from melian.view.sheet import Sheet


def write_json(document: dict[str, Any]) -> None:
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


def write_sheet(sheet: "Sheet") -> None:
    """Show a sheet on the terminal, or as plain text where there is none."""
    from melian.view.terminal import console_for, show

    show(sheet, console_for(sys.stdout))
