"""The references of the command line, of Python and of words, made from what they describe."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import Any, Final, Literal, get_args, get_origin

from typer.models import ArgumentInfo, OptionInfo

import melian
from melian.cli.app import GROUPS
from melian.view.glossary import TERMS
from melian.view.looks import solved

# Where a command is shown at work.
SHOWN: Final = {
    "run": "../explanation/reading-an-answer.md",
    "why": "../how-to/ask-why.md",
    "indicators": "../how-to/know-what-to-watch.md",
    "storylines": "../how-to/tell-how-it-might-go.md",
    "whatif": "../how-to/suppose-otherwise.md",
    "diff": "../how-to/compare-two-versions.md",
    "levers": "../how-to/see-what-an-actor-can-do.md",
    "incentives": "../how-to/see-what-each-actor-wants.md",
    "drivers": "../how-to/find-what-the-answer-hangs-on.md",
    "evidence": "../how-to/weigh-the-evidence.md",
    "report": "../how-to/hand-over-a-report.md",
    "figure": "../how-to/hand-over-a-report.md",
    "new": "../how-to/begin-a-case.md",
    "check": "../how-to/let-melian-mend-slips.md",
    "fmt": "../how-to/keep-a-case-in-good-order.md",
    "convert": "../how-to/game-files.md",
    "explain": "glossary.md",
}
SECTION: Final = re.compile(r"^(\w[\w ]+)\n-{3,}\n", re.MULTILINE)


# The command line


def commands_reference() -> str:
    """Every command with all its arguments and options, under what people want to do."""
    parts = []
    for heading, group in GROUPS.items():
        parts += [f"## {heading}\n", *map(_command, group)]
    return "\n" + "\n".join(parts) + "\n"


def parameters_of(command: Callable[..., None]) -> dict[str, tuple[Any, ArgumentInfo | OptionInfo]]:
    """Parameters of a command that are shown, with their types and what the command line says of them."""
    found = {}
    for name, parameter in inspect.signature(command).parameters.items():
        kind, told = get_args(parameter.annotation)[:2]
        if not told.hidden:
            found[name] = kind, told
    return found


def spelled(name: str, told: ArgumentInfo | OptionInfo) -> tuple[str, ...]:
    """How an option, or an argument, is written."""
    if isinstance(told, ArgumentInfo):
        return (told.metavar or name.upper(),)
    first = [told.default] if isinstance(told.default, str) else []  # where Typer keeps the first of them
    return (*first, *(told.param_decls or ())) or (f"--{name.replace('_', '-')}",)


def _command(command: Callable[..., None]) -> str:
    parameters = parameters_of(command)
    taken = [spelled(name, told)[0] for name, (_, told) in parameters.items() if isinstance(told, ArgumentInfo)]
    usage = " ".join(["melian", command.__name__, *taken, "[OPTIONS]"])
    defaults = {name: one.default for name, one in inspect.signature(command).parameters.items()}
    rows = [f"| {_written(name, *one)} | {_meaning(one[1], defaults[name])} |" for name, one in parameters.items()]
    table = "\n".join(["| takes | meaning |", "| --- | --- |", *rows])
    shown = f" [At work]({SHOWN[command.__name__]})." if command.__name__ in SHOWN else ""
    said = inspect.cleandoc(command.__doc__ or "")
    return f"### {command.__name__}\n\n`{usage}`\n\n{said}{shown}\n\n{table}\n"


def _written(name: str, kind: Any, told: ArgumentInfo | OptionInfo) -> str:
    """How a parameter is written, with its value."""
    names = ", ".join(f"`{_escaped(one)}`" for one in spelled(name, told))
    if isinstance(told, ArgumentInfo) or kind is bool:
        return names
    value = "|".join(get_args(kind)) if get_origin(kind) is Literal else told.metavar
    return f"{names} `{_escaped(str(value))}`"


def _meaning(told: ArgumentInfo | OptionInfo, default: object) -> str:
    said = _escaped(told.help or "")
    if isinstance(default, str | int) and not isinstance(default, bool):
        return f"{said} By default {default}."
    return said if default is not inspect.Parameter.empty or isinstance(told, ArgumentInfo) else f"{said} Required."


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


# Python


def python_reference() -> str:
    """Every public name with what it takes, gives and refuses, and every kind of answer with what it holds."""
    parts = ["## Functions\n"]
    public = {name: getattr(melian, name) for name in melian.__all__ if not name.startswith("_")}
    parts += [_function(f"melian.{name}", one) for name, one in public.items() if isinstance(one, FunctionType)]
    parts.append("## Classes\n")
    classes = [(name, one) for name, one in public.items() if isinstance(one, type)]
    parts += [_class(f"melian.{name}", one) for name, one in classes if not issubclass(one, Exception)]
    parts.append("## Answers\n")
    parts += [_class(kind.__name__, kind) for kind in answer_kinds()]
    parts.append("## Exceptions\n")
    parts += [
        _class(f"melian.{name}", one)
        for name, one in public.items()
        if isinstance(one, type) and issubclass(one, Exception)
    ]
    return "\n" + "\n".join(parts) + "\n"


def answer_kinds() -> tuple[type, ...]:
    """Every kind of answer that a solution gives."""
    return tuple(kind for kind in solved.COLUMNS if kind is not melian.Solution)


def members_of(kind: type) -> dict[str, Any]:
    """Public methods and properties that a class defines or inherits from melian, in the order written."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("melian"):
            found |= {name: member for name, member in vars(each).items() if _is_shown(name, member)}
    return found


def _is_shown(name: str, member: object) -> bool:
    is_told = isinstance(member, FunctionType | property) or hasattr(member, "func")
    return not name.startswith("_") and is_told


def _class(name: str, kind: type) -> str:
    """A class: what it is, what it holds, what it can be asked."""
    text = [f"### {name}\n", _prose(kind.__doc__ or "")]
    known = _fields(kind)
    if known:
        text.append(f"Holds {', '.join(f'`{field}`' for field in known)}.\n")
    for member, value in members_of(kind).items():
        if member in known or (kind in answer_kinds() and member in ("plot", "to_dict", "to_frame")):
            continue
        target = value if isinstance(value, FunctionType) else getattr(value, "fget", None) or value.func
        signature = _signature(target) if isinstance(value, FunctionType) else ""
        text.append(
            f"#### {kind.__name__}.{member}\n\n```py\n{member}{signature}\n```\n\n{_prose(target.__doc__ or '')}"
        )
    return "\n".join(text)


def _fields(kind: type) -> list[str]:
    if not is_dataclass(kind):
        return []
    return [one.name for one in fields(kind) if not one.name.startswith("_") and one.name != "origin"]


def _function(name: str, function: FunctionType) -> str:
    return f"### {name}\n\n```py\n{name}{_signature(function)}\n```\n\n{_prose(function.__doc__ or '')}"


def _signature(function: FunctionType) -> str:
    """Signature without what only a type checker needs, one parameter a line where it is long."""
    signature = inspect.signature(function)
    kept = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    text = str(signature.replace(parameters=kept))
    text = re.sub(r"(?<=[:>] )'([^']+)'", r"\1", text)
    text = re.sub(r"\*<class (?:'[\w.]*\.)?(\w+)'?>", r"Unpack[\1]", text)
    text = re.sub(r"\b(?:melian(?:\.\w+)*|collections\.abc|datetime|os|pathlib|typing)\.(?=\w+)", "", text)
    if len(text) <= 100:
        return text
    inside, _, gives = text[1:].rpartition(")")
    return "(\n    " + ",\n    ".join(_parted(inside)) + f",\n){gives}"


def _parted(text: str) -> Iterator[str]:
    """Parameters, parted at the commas that stand in no bracket."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "[({") - (letter in "])}")
        if letter == "," and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def _prose(doc: str) -> str:
    """A docstring as Markdown: sections as lists and code."""
    parts = SECTION.split(inspect.cleandoc(doc))
    text = f"{parts[0].strip()}\n"
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        if title == "Examples":
            text += f"\n```python\n{body.strip()}\n```\n"
        elif title in ("Parameters", "Attributes", "Raises"):
            text += f"\n{title}:\n\n" + "".join(f"- {entry}\n" for entry in _entries(body, title))
        else:
            text += f"\n{title}: {body.strip()}\n"
    return text


def _entries(body: str, title: str) -> Iterator[str]:
    """Entries of a section, each with the lines that are indented below it."""
    for entry in re.split(r"\n(?=\S)", body.strip()):
        head, _, rest = entry.partition("\n") if title == "Raises" else entry.partition(" : ")
        names = ", ".join(f"`{name.strip()}`" for name in head.split(","))
        yield f"{names}: {' '.join(rest.split())}"


# Words


def glossary() -> str:
    """Every word of the field that is explained."""
    found = []
    for term in TERMS:
        also = f" Also: {', '.join(term.also)}." if term.also else ""
        more = f" [More](../{term.page})." if term.page else ""
        found.append(f"**{term.name}**\n: {term.meaning}{also}{more}\n")
    return "\n" + "\n".join(found) + "\n"
