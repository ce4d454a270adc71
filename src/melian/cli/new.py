"""`melian new`: a case to begin with, from a template or from a few questions."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.catalog import ENDING, template_names, template_text
from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.options import parse_day
from melian.cli.output import write_json

if TYPE_CHECKING:
    from melian.case.draft import Answers

NameOfCase = Annotated[str, typer.Argument(metavar="NAME", help="Name of the case, or its question in a few words.")]
Template = Annotated[
    str | None, typer.Option("--template", metavar="T", help=f"Begin with {', '.join(template_names())} or blank.")
]
Folder = Annotated[Path, typer.Option("--dir", metavar="D", help="Folder to write into; made if it is not there.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Today = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="DATE", help="Day of the forecast; today by default."),
]
BLANK = "blank"


@guarded
def new(  # noqa: PLR0913 - one parameter for each option
    name: NameOfCase,
    template: Template = None,
    folder: Folder = Path(),
    force: Force = False,
    as_of: Today = None,
    json: options.Json = False,
    debug: options.Debug = False,
) -> None:
    """Begin a case: a commented file that runs.

    Without a template a few questions are asked on a terminal; anywhere else the blank one is taken.
    """
    from melian.case.draft import Answers, drafted, identifier, on_day

    case = _named(name)
    path = folder / f"{case}{ENDING}"
    if template is not None and template not in (*template_names(), BLANK):
        raise typer.BadParameter(_no_template(template), param_hint="--template")
    if os.path.lexists(path) and not force:
        raise typer.BadParameter(f"'{path}' is there already; --force writes over it", param_hint="NAME")
    today = as_of or date.today()
    if template in template_names():
        text = on_day(template_text(str(template)), case, today)
    else:
        asks = template is None and not json and sys.stdin.isatty() and sys.stdout.isatty()
        title = "" if identifier(name) == name else name
        text = drafted(case, _asked(title, today) if asks else Answers(question=title or Answers().question), today)
    schema = _write(path, text)
    if json:
        write_json({"case": case, "path": str(path), "template": template or BLANK, "schema": str(schema or "")})
    else:
        _tell(path, schema, template)


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

    near = nearest(template, (*template_names(), BLANK))
    known = ", ".join((*template_names(), BLANK))
    return f"there is no template '{template}'; " + (f"did you mean '{near}'?" if near else f"there are {known}")


def _write(path: Path, text: str) -> Path | None:
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
    save_text(path, text)
    return schema if is_ours else None


def _tell(path: Path, schema: Path | None, template: str | None) -> None:
    """Say what was written, and what comes next."""
    lines = [f"wrote {path}"]
    if schema:
        lines.append(f"wrote {schema}, by which editors complete and check the case")
    else:
        lines.append("left another file alone that has the name of the schema")
    if template is None:
        lines.append(f"templates of a pattern: melian new NAME --template {'|'.join(template_names())}")
    shown = f'"{path}"' if " " in str(path) else str(path)
    sys.stdout.write("\n".join([*lines, "", "next:", f"  melian check {shown}", f"  melian run {shown}", ""]))


# Questions


def _asked(title: str, today: date) -> "Answers":
    """Ask on the terminal; an empty answer takes what is shown in brackets."""
    from melian.case.draft import HORIZON, MOST_PARTS, Answers

    usual = Answers()
    sys.stdout.write("A few questions. Return takes what is in brackets; all of it can be changed later.\n\n")
    question = typer.prompt("What is the question", default=title or usual.question)
    by = typer.prompt("By when must it have happened", default=str(today + HORIZON), value_proc=parse_day)
    actors = _listed("Who takes part? The one that decides first, with commas between", usual.actors, 1)
    decision = typer.prompt(f"What is it that {actors[0]} decides, in a word or two", default=usual.decision)
    chosen = _listed("Which options are there? First the one that means yes", usual.options, 2)
    factors = _listed("What bears on it that none of them chooses", usual.factors, 0)
    if len(actors) + len(factors) > MOST_PARTS:
        sys.stdout.write(f"More than {MOST_PARTS} actors and factors: the last are left out, to be added by hand.\n")
        actors = actors[: MOST_PARTS // 2]
        factors = factors[: MOST_PARTS - len(actors)]
    sys.stdout.write("\n")
    return Answers(question, by, actors, decision, chosen, factors)


def _listed(question: str, usual: tuple[str, ...], least: int) -> tuple[str, ...]:
    """Ask for several things with commas between, until there are enough that differ."""
    while True:
        said = typer.prompt(question, default=", ".join(usual))
        parts = tuple(dict.fromkeys(part for part in (part.strip() for part in said.split(",")) if part))
        if len(parts) >= least:
            return parts
        sys.stdout.write(f"At least {least}, please, with a comma between.\n")
