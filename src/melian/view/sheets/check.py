"""The sheet of a sound case in `melian check`: what it holds and what it costs."""

from typing import TYPE_CHECKING

from melian.answer.inventory import Inventory
from melian.case.case import Case
from melian.view import wording
from melian.view.sheet import Paragraph, Sheet
from melian.view.sheets.cost import cost_blocks

if TYPE_CHECKING:
    from melian.answer.expense import Expense  # it takes the solver along


def check_sheet(case: Case, inventory: Inventory, expense: "Expense | None" = None) -> Sheet:
    """Inventory of a sound case, and what solving it takes where that is asked for."""
    parts = (
        (inventory.actors, "actor"),
        (inventory.choices, "choice"),
        (inventory.factors, "factor"),
        (inventory.stakes, "stake"),
        (inventory.beliefs, "belief"),
    )
    judgements = f"{wording.counted(inventory.judgements, 'judgement')}, {inventory.uncertain:,} of them uncertain"
    size = f"the largest table has {wording.counted(inventory.cells, 'cell')}"
    cost = f"one world takes about {wording.counted(inventory.operations, 'operation')}"
    sentences = (
        wording.listed([wording.counted(number, noun) for number, noun in parts if number]),
        judgements,
        _evidence(case, inventory),
        *(f"solved together, because they answer each other: {wording.listed(names)}" for names in inventory.together),
        f"{size}; {cost}",
    )
    said = (Paragraph(wording.sentence(text)) for text in sentences)
    return Sheet(case.title, (*said, *(cost_blocks(expense) if expense else ())))


def _evidence(case: Case, inventory: Inventory) -> str:
    counted = wording.counted(inventory.reports, "report")
    said = (
        f"{counted} from {wording.counted(inventory.origins, 'origin')}"
        if inventory.reports
        else "no report"
        if inventory.believed
        else "no evidence"
    )
    if inventory.believed:
        said += f"; {wording.counted(inventory.believed, 'statement')} of what is believed after all evidence"
    if inventory.left_out and case.as_of:
        said += f"; {inventory.left_out:,} left out, because dated after {wording.day(case.as_of)}"
    if inventory.superseded:
        said += f"; {inventory.superseded:,} left out, because a later report has taken its place"
    return said
