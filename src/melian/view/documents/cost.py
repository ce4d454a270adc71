"""What solving a case takes."""

from typing import TYPE_CHECKING

from melian.view.documents.document import Document

if TYPE_CHECKING:
    from melian.answer.expense import Expense, TableSize


def expense_document(expense: "Expense") -> Document:
    """What solving a case takes."""
    low, high = expense.seconds
    return {
        "judgements": expense.judgements,
        "dimensions": expense.dimensions,
        "cells": expense.cells,
        "bytes": expense.bytes,
        "memory": expense.memory,
        "memory_per_world": expense.memory_per_world,
        "operations": expense.operations,
        "settling": expense.settling,
        "largest": _table_size(expense.widest),
        "tables": [_table_size(table) for table in expense.tables],
        "order": [
            {"choices": list(step.choices), "after": list(step.after), "unknown": step.unknown}
            for step in expense.order
        ],
        "time": {"worlds": expense.worlds, "cores": 1, "least": low, "most": high},
    }


def _table_size(table: "TableSize") -> Document:
    return {"what": table.what, "spans": list(table.spans), "cells": table.cells}
