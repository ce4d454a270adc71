"""The list of commands in `melian --help`: under headings, by what people want to do."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from melian.cli.guard import INTERRUPTED
from melian.source.cells import safe

Commands = Mapping[str, tuple[Callable[..., None], ...]]


class Grouped(TyperGroup):
    """Command line whose help has a section for each heading."""

    headings: ClassVar[dict[str, tuple[str, ...]]] = {}

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command; what is wrong with its use is said without anything that could steer a terminal."""
        by_itself = {**more, "standalone_mode": False}
        if not more.get("standalone_mode", True):
            return super().main(*args, **by_itself)
        try:
            code = super().main(*args, **by_itself)
        except typer.Abort:
            sys.exit(INTERRUPTED)
        except Exception as problem:
            if not (hasattr(problem, "show") and hasattr(problem, "exit_code")):
                raise
            problem.message = "\n".join(map(safe, problem.message.split("\n")))  # type: ignore[attr-defined]
            problem.show()
            sys.exit(problem.exit_code)
        sys.exit(code if isinstance(code, int) else 0)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command in a line, the lines of all sections aligned."""
        width = max(len(name) for names in self.headings.values() for name in names)
        limit = formatter.width - 6 - width
        for heading, names in self.headings.items():
            rows = [(name.ljust(width), self.commands[name].get_short_help_str(limit)) for name in names]
            with formatter.section(heading):
                formatter.write_dl(rows)


def listed(app: typer.Typer, groups: Commands) -> None:
    """Give a command line its commands, under the headings that its help shows."""
    for heading, commands in groups.items():
        Grouped.headings[heading] = tuple(command.__name__ for command in commands)
        for command in commands:
            app.command()(command)
