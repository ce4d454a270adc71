"""The sheet of `melian check --cost`: what solving a case takes, and in which order it goes."""

from typing import TYPE_CHECKING

from melian.view import wording
from melian.view.sheet import Block, Heading, Paragraph, Table, Words

if TYPE_CHECKING:
    from melian.answer.expense import Expense, Step, TableSize  # it takes the solver along

NAMED = 12


def cost_blocks(expense: "Expense") -> tuple[Block, ...]:
    """What there is to show of a plan's cost."""
    low, high = (wording.seconds(value) for value in expense.seconds)
    settling = f", {expense.settling:,} of them to settle choices together" if expense.settling else ""
    drawn = f"drawn from {wording.counted(expense.dimensions, 'number')} that they leave open"
    tables = f"tables of {wording.counted(expense.cells, 'cell')}, {_size(expense.bytes)}"
    each, together = expense.memory_per_world, _size(expense.memory_per_world * expense.worlds)
    worlds = f"{_size(each)} for each world, {together} for {expense.worlds:,}"
    said = (
        f"{wording.counted(expense.judgements, 'judgement')}, {drawn}",
        f"one world: about {wording.counted(expense.operations, 'operation')}{settling}; {tables}",
        f"a run: {_size(expense.memory)} for each thread, and {worlds}",
        f"{expense.worlds:,} worlds take {low} to {high} on one core",
        f"the largest table that comes up has {wording.counted(expense.widest.cells, 'cell')}{_over(expense.widest)}",
    )
    blocks: list[Block] = [Heading("What it takes"), *(Paragraph(wording.sentence(text)) for text in said)]
    rows = tuple((Words(f"{table.what}{_over(table)}"), Words(f"{table.cells:,}")) for table in expense.tables)
    blocks += [Heading("The case's largest tables"), Table(("table", "cells"), rows)]
    if expense.order:
        steps = tuple((Words(_choices(step)), Words(_after(step))) for step in expense.order)
        blocks += [Heading("In which order the choices are solved"), Table(("choice", "after"), steps)]
    return tuple(blocks)


def _over(table: "TableSize") -> str:
    names = list(table.spans)
    if len(names) < 2:
        return ""
    shown = [*names[:NAMED], f"{len(names) - NAMED} more"] if len(names) > NAMED else names
    return f", over {wording.listed(shown)}"


def _choices(step: "Step") -> str:
    listed = wording.listed(step.choices)
    return f"{listed}, together ({step.unknown} chances to find)" if step.unknown else listed


def _after(step: "Step") -> str:
    return wording.listed(step.after) if step.after else "nothing"


def _size(n_bytes: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if n_bytes >= size:
            return f"{n_bytes / size:.1f} {unit}"
    return f"{n_bytes} bytes"
