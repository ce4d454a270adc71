"""`melian new`: a case to begin with, from a template or from a few questions."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from melian.catalog import ENDING, template_names, template_text
from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.options import parse_day
from melian.cli.output import write_json, write_line

NameOfCase = Annotated[
    str,
    typer.Argument(metavar="NAME", help="Name of the case, its question in a few words, or the name of a template."),
]
BLANK, QUICK = "blank", "quick"
STARTS = (QUICK, *template_names(), BLANK)
Template = Annotated[
    str | None, typer.Option("--template", metavar="T", help=f"Begin with {', '.join(STARTS[:-1])} or {BLANK}.")
]
Folder = Annotated[Path, typer.Option("--dir", metavar="D", help="Folder to write into; made if it is not there.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="File to write, instead of NAME.yaml.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing: leave a placeholder for every answer.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Today = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="DATE", help="Day of the forecast; today by default."),
]


@guarded
def new(  # noqa: PLR0913 - one parameter for each option
    name: NameOfCase,
    template: Template = None,
    folder: Folder = Path(),
    out: Out = None,
    yes: Yes = False,
    force: Force = False,
    as_of: Today = None,
    json: options.Json = False,
    debug: options.Debug = False,
) -> None:
    """Begin a case: a commented draft that runs.

    On a terminal a few questions are asked. What nobody has said is marked TODO in the file: melian check lists it, and
    every answer is stamped as a draft until it is gone. quick is a forecaster's question: one event, a base rate, a few
    reports.
    """
    if template is None and name in STARTS:
        template = name
    if template is not None and template not in STARTS:
        raise typer.BadParameter(_no_template(template), param_hint="--template")
    path = out or folder / f"{_named(name)}{ENDING}"
    if os.path.lexists(path) and not force:
        raise typer.BadParameter(f"'{path}' is there already; --force writes over it", param_hint="NAME")
    asks = not (yes or json) and sys.stdin.isatty() and sys.stdout.isatty()
    text = _text(name, _named(path.stem), template, as_of or date.today(), asks=asks)
    schema = _write(path, text, force=force)
    if json:
        write_json(
            {"case": _named(path.stem), "path": str(path), "template": template or BLANK, "schema": str(schema or "")}
        )
    else:
        _tell(path, schema, template)


def _text(name: str, case: str, template: str | None, today: date, *, asks: bool) -> str:
    """Text of the draft."""
    from melian.case.draft import Answers, drafted, identifier

    if template in template_names():
        from melian.case.template import as_draft, on_day

        return as_draft(on_day(template_text(str(template)), case, today))
    title = "" if name == template or identifier(name) == name else name
    if asks and template != BLANK:
        from melian.cli.asking import asked

        return drafted(case, asked(title, today, of_chance=template == QUICK), today)
    return drafted(case, Answers(question=title, actors=() if template == QUICK else None), today)


def _named(name: str) -> str:
    """Name of the case for what was typed."""
    from melian.case.draft import identifier

    if any(mark in name for mark in "/\\"):
        raise typer.BadParameter(
            f"'{name}' is a path, and a name is needed; --dir says where to write", param_hint="NAME"
        )
    case = identifier(name.removesuffix(ENDING))
    if not case:
        raise typer.BadParameter(f"'{name}' has no letter or digit to make a name of", param_hint="NAME")
    return case


def _no_template(template: str) -> str:
    from melian.source.suggest import nearest

    near = nearest(template, STARTS)
    known = ", ".join(STARTS)
    return f"there is no template '{template}'; " + (f"did you mean '{near}'?" if near else f"there are {known}")


def _write(path: Path, text: str, *, force: bool) -> Path | None:
    """Write the case, and the schema that editors find it by; None where another file has the schema's name."""
    import json

    from melian.case.draft import SCHEMA_FILE
    from melian.case.schema import make_schema
    from melian.source.save import save_text

    path.parent.mkdir(parents=True, exist_ok=True)
    schema, made = path.parent / SCHEMA_FILE, make_schema()
    is_ours = not schema.exists() or f'"title": "{made["title"]}"' in schema.read_text("utf-8", "replace")
    if is_ours:
        save_text(schema, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    save_text(path, text, is_new=not force)
    return schema if is_ours else None


def _tell(path: Path, schema: Path | None, template: str | None) -> None:
    """Say what was written, and what comes next."""
    lines = [f"wrote {path}"]
    if schema:
        lines.append(f"wrote {schema}, by which editors complete and check the case")
    else:
        lines.append("left another file alone that has the name of the schema")
    if template is None:
        lines.append(f"templates of a pattern: melian new NAME --template {'|'.join(STARTS[:-1])}")
    shown = f'"{path}"' if " " in str(path) else str(path)
    for line in [*lines, "", "next:", f"  melian check {shown}", f"  melian run {shown}"]:
        write_line(line)
