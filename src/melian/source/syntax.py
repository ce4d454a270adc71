"""What the YAML parser chokes on, said so that the user can mend it."""

import re
from typing import Final

import yaml

from melian.source.diagnostic import Diagnostic, error
from melian.source.text import Source, Span

_CONTROL: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def control_characters(source: Source) -> list[Diagnostic]:
    """Diagnostics for the characters that YAML does not allow in a text at all."""
    return [
        error(
            "yaml-syntax",
            "a control character stands in the text",
            Span(source, match.start(), match.end()),
            f"the character U+{ord(match[0]):04X}",
            help="delete it",
        )
        for match in _CONTROL.finditer(source.text)
    ]


def explain(problem: yaml.YAMLError, source: Source, shift: int, last: Span | None) -> Diagnostic:
    """Diagnostic for a text that the parser refused."""
    mark = getattr(problem, "problem_mark", None)
    at = min(mark.index + shift, len(source.text)) if mark else 0
    return error("yaml-syntax", "the text is not valid YAML", Span(source, at, at), str(getattr(problem, "problem", "")))
