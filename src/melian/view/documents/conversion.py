"""How a file for Gambit came about."""

from melian.answer.conversion import Conversion, notes_on
from melian.view.documents.document import Document


def conversion_document(made: Conversion, source: str, path: str) -> Document:
    """What was written, from which world, and what of the case is not in it."""
    document: Document = {
        "input": source,
        "output": path,
        "players": list(made.players),
        "size": {f"{part}s".replace(" ", "_"): number for part, number in made.sizes.items()},
        "payoffs": made.payoffs,
    }
    if made.world is not None and made.told is not None:
        document |= {
            "world": "mean" if made.world.number is None else made.world.number,
            "seed": made.world.seed,
            "precision": dict(made.told.precision),
            "actors": list(made.actors),
            "left_out": list(made.told.left_out),
            "summed_out": list(made.told.folded),
            "beliefs_replaced": [{"actor": actor, "factor": factor} for actor, factor in made.told.replaced],
            "impossible": [{"factor": factor, "state": state} for factor, state in made.told.impossible],
            "reports_left_out": made.n_reports,
        }
    return document | {
        "renamed": [{"what": one.what, "before": one.before, "after": one.after} for one in made.renamed],
        "notes": list(notes_on(made)),
    }
