"""Reading correlations between judgements that have a name."""

from melian.case.correlation import Correlation
from melian.case.language import CORRELATION
from melian.case.read_fields import Entries
from melian.case.reader import Reader
from melian.source.tree import Node, Scalar

CODE = "wrong-correlation"


def read_correlations(reader: Reader, entries: Entries) -> tuple[Correlation, ...]:
    """Read every correlation that can be read."""
    if "correlations" not in entries:
        return ()
    items = reader.items(entries["correlations"].value, "`correlations`")
    found = (_correlation(reader, item) for item in items)
    return tuple(correlation for correlation in found if correlation is not None)


def _correlation(reader: Reader, node: Node) -> Correlation | None:
    mapping = reader.mapping(node, "a correlation")
    if mapping is None:
        return None
    inner = reader.record(mapping, "a correlation", CORRELATION)
    if not {"between", "rank"} <= inner.keys():
        return None
    n_told = len(reader.diagnostics)
    names = reader.names(inner["between"].value, "the judgements of a correlation")
    if len(names) != 2 and len(reader.diagnostics) == n_told:
        headline, cure = (
            "a correlation is between two judgements",
            "write `between: [one, another]`, a line for each pair",
        )
        reader.error(CODE, headline, inner["between"].value.span, f"{len(names)} here", help=cure)
    rank = _rank(reader, inner["rank"].value)
    if len(names) != 2 or rank is None:
        return None
    provenance = reader.provenance(mapping, reader.outer_at(mapping.span))
    return Correlation(*names, rank, inner["between"].value.span, provenance)


def _rank(reader: Reader, node: Node) -> float | None:
    """Number between -1 and 1, both left out: what is bound so tightly is one judgement."""
    text = reader.text(node, "the rank correlation")
    try:
        rank = float(text) if text is not None and isinstance(node, Scalar) else None
    except ValueError:
        rank = None
    if text is not None and (rank is None or not -1 < rank < 1):
        headline, cure = f"`{text}` is no rank correlation", "write a number between -1 and 1, such as 0.6"
        if rank is not None and abs(rank) == 1:
            cure = "what always goes together is one judgement: state it once, and use its name in both places"
        reader.error(CODE, headline, node.span, "not between -1 and 1", help=cure)
        return None
    return rank
