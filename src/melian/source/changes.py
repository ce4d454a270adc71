"""What has changed in a text, line by line, as a patch that people and programs read."""

import re
from difflib import unified_diff

_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def patch(path: str, before: str, after: str) -> str:
    """Unified diff of two texts of one file; empty where nothing has changed."""
    shown = unified_diff(_LINES.findall(before), _LINES.findall(after), path, path, n=2)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown)
