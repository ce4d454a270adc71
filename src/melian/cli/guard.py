"""Exit codes: 0 done, 1 wrong case, 2 wrong usage, 3 a fault of melian itself, 4 answer not written, 130 interrupted.

What goes wrong is said on standard error, so that standard output holds the answer or nothing.
"""

import os
import platform
import shlex
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec

import typer

from melian.cli.streams import LostOutputError, leave
from melian.errors import AskError, CaseError, PlanError, PrintError, RefusalError
from melian.source.cells import safe

WRONG_CASE: Final = 1
WRONG_USAGE: Final = 2
FAULT: Final = 3
INTERRUPTED: Final = 130

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Command whose failures end in an exit code and a message that a person can use."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        prepare_streams()
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter, LostOutputError):
            raise
        except BrokenPipeError:
            leave()
            raise typer.Exit from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except CaseError as problem:
            show_diagnostics(problem)
            raise typer.Exit(WRONG_CASE) from None
        except (PlanError, AskError, PrintError) as problem:
            say(f"error: {problem}")
            raise typer.Exit(WRONG_CASE if isinstance(problem, PlanError | RefusalError) else WRONG_USAGE) from None
        except Exception as fault:  # noqa: BLE001 - whatever it is, the user is told what to do
            report_fault(fault, debug=bool(kwargs.get("debug")))
            raise typer.Exit(FAULT) from None

    return run


def prepare_streams() -> None:
    """Let a stream that cannot show a character show its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print on standard error, without anything that could steer a terminal."""
    sys.stderr.write("".join(f"{safe(line)}\n" for line in text.split("\n")))


def show_diagnostics(problem: CaseError) -> None:
    """Print what is wrong with a case, with carets, on standard error."""
    from melian.source.render import full

    sys.stderr.write(full(problem.diagnostics, colour=colours(sys.stderr.isatty())))


def colours(is_terminal: bool) -> bool:
    """Whether colour is wanted there: on a terminal that has it, unless NO_COLOR is set."""
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("dumb", "unknown")


def report_fault(fault: Exception, *, debug: bool = False) -> None:
    """Say that melian is at fault, and ask for a report that can be worked with."""
    from melian import __version__

    if debug or os.environ.get("MELIAN_DEBUG", "0") not in ("", "0"):
        traceback.print_exception(fault)
    line = shlex.join(["melian", *sys.argv[1:]])
    system = f"Python {platform.python_version()}, {platform.system()}"
    say(f"error: this is a fault of melian itself: {type(fault).__name__}: {fault}")
    say("  = help: please report it, with the next line and, if you may show it, the case")
    say(f"  = info: melian {__version__}, {system}: {line}")
    say("  = info: MELIAN_DEBUG=1 shows where in melian it happened")
