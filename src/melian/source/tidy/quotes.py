"""Which texts can stand without quotes and be read the same, by melian and by every other reader of YAML.

Quotes stay wherever a reader of YAML 1.1 or 1.2 would take the bare text for something else than a text: a number, a
date, a truth value (`no`, `on`), nothing (`~`). They stay, too, where the bare text would end early.
"""

import re
from typing import Any, Final

import yaml

from melian.source.slips import split_tight_colon
from melian.source.tree import Scalar

_TYPED: Final = re.compile(
    r"[-+]?(?:\.\d+|\d[\d_,]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?|0[oxb][\da-fA-F_]+|[-+]?\.(?:inf|nan)|"
    r"y|n|yes|no|on|off|true|false|null|~|<<|=",
    re.IGNORECASE,
)
_STARTS: Final = "-?:,[]{}#&*!|>'\"%@`"
_RESOLVER: Final[Any] = yaml.resolver.Resolver()
_STR: Final = "tag:yaml.org,2002:str"


def needs_quotes(text: str, *, in_flow: bool) -> bool:
    """Whether a text would be read otherwise without quotes; where in doubt, it would.

    Parameters
    ----------
    in_flow : whether it stands inside braces or brackets, where commas and brackets end a text.
    """
    if not text or text != text.strip() or not text.isprintable() or text[0] in _STARTS:
        return True
    if re.search(r":\s|\s#|:$|^(?:---|\.\.\.)", text) or split_tight_colon(text):
        return True
    if in_flow and re.search(r"[,\[\]{}:]", text):
        return True
    return bool(_TYPED.fullmatch(text)) or _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) != _STR


def written(raw: str, node: Scalar, *, in_flow: bool, requote: bool = True) -> str:
    """How to write a text on one line: bare where that says the same, else in double quotes.

    Parameters
    ----------
    raw : as the user wrote it, with quotes.
    requote : whether quotes may change at all.
    """
    if "\n" not in raw and not (requote and node.quoted):
        return raw
    if "\n" not in raw and raw.startswith('"') and "\\" in raw:
        return raw  # what is escaped was escaped for a reason
    if not needs_quotes(node.text, in_flow=in_flow):
        return node.text
    if raw.startswith("'") and ('"' in node.text or "\\" in node.text):
        return "'" + node.text.replace("'", "''") + "'"
    if node.quoted or "\n" in raw:
        return '"' + node.text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return raw
