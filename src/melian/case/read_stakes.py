"""Reading what actors weigh: stakes with their values, their rank order or their weights."""

from itertools import combinations
from typing import Final

from melian.case.case import Name, Row, Rule, Stake, Stakes
from melian.case.judgement import Judgement, Provenance, shortened
from melian.case.language import STAKE, STAKES
from melian.case.read_fields import label_of
from melian.case.read_tables import mentioned, read_row, read_values
from melian.case.reader import Reader, is_empty
from melian.source.diagnostic import Label
from melian.source.text import Span
from melian.source.tree import Entry, Mapping, Node, Scalar

MAX_STAKES: Final = 12


def read_stakes(reader: Reader, entry: Entry) -> Stakes:
    """Read one actor's stakes."""
    what = f"the stakes of `{entry.key.text}`"
    inner = {} if is_empty(entry.value) else reader.record(entry.value, what, STAKES, open_names=True)
    provenance = reader.provenance(entry.value, reader.outer(entry))
    inner = {_stake_key(reader, found, what): found for found in inner.values()}
    own = {key.name for key in STAKES}
    stakes = tuple(
        _stake(reader, name, found, provenance)
        for name, found in inner.items()
        if name not in own and reader.name(found.key, "a stake", is_key=True) is not None
    )
    if len(stakes) > MAX_STAKES:
        place, label = inner[stakes[MAX_STAKES].name].key.span, f"the {MAX_STAKES + 1}th of {len(stakes)}"
        cure = "let those that go together be one stake"
        reader.error("too-many-stakes", f"{what} are more than {MAX_STAKES}", place, label, help=cure)
    order = _order(reader, inner["order"].value) if "order" in inner else ()
    weights: Row | None = None
    if "weights" in inner and not is_empty(inner["weights"].value):
        weights = read_row(reader, inner["weights"].value, "weight", "`weights`", provenance)
        if "order" in inner:
            _refuse_both(reader, what, inner, order, weights)
    actor = Name(entry.key.text, entry.key.span)
    return Stakes(actor, stakes, order, weights, entry.key.span, provenance)


def _refuse_both(
    reader: Reader, what: str, inner: dict[str, Entry], order: tuple[tuple[Name, ...], ...], weights: Row
) -> None:
    """Refuse an order beside weights, and show where the two contradict each other, if they do."""
    also = [Label(inner["order"].key.span, "an order here")]
    cure = "keep one of the two"
    if clash := _contradiction(order, weights):
        above, below, tied = clash
        high, low = dict(_by_name(weights))[above.text], dict(_by_name(weights))[below.text]
        also.append(Label(above.span, f"{'level with' if tied else 'ranked above'} `{below}`"))
        also += [Label(high.span, f"at most {high.high:g}")] if high.span else []
        also += [Label(low.span, f"at least {low.low:g}")] if low.span else []
        cure = f"keep one of the two: they say different things of `{above}` and `{below}`"
    headline, place = f"{what} have both an order and weights", inner["weights"].key.span
    reader.error("order-and-weights", headline, place, "and weights here", help=cure, also=also)


def _contradiction(order: tuple[tuple[Name, ...], ...], weights: Row) -> tuple[Name, Name, bool] | None:
    """First pair of which the weights say that the one that is ranked lower weighs more; and whether they are tied."""
    said = dict(_by_name(weights))
    ranked = [(place, name) for place, group in enumerate(order) for name in group if name.text in said]
    for (rank, above), (other_rank, below) in combinations(ranked, 2):
        if said[above.text].high < said[below.text].low:
            return above, below, rank == other_rank
        if rank == other_rank and said[below.text].high < said[above.text].low:
            return below, above, True
    return None


def _by_name(weights: Row) -> list[tuple[str, Judgement]]:
    return [(name.text, judgement) for name, judgement in weights.entries if not judgement.is_unread]


def _stake_key(reader: Reader, entry: Entry, what: str) -> str:
    """Key of an entry among stakes; a key of the language that is mistyped is told from a stake by its shape."""
    name, own = entry.key.text, [key.name for key in STAKES]
    if name in own or isinstance(entry.value, Mapping):
        return name
    near = reader.nearest(name, own)
    if near is None:
        return name
    headline = f"`{shortened(name)}` is not a key of {what}"
    reader.error("unknown-key", headline, entry.key.span, "not understood", help=f"did you mean `{near}`?")
    return near


def _stake(reader: Reader, name: str, entry: Entry, outer: Provenance) -> Stake:
    what = f"stake `{name}`"
    inner = reader.record(entry.value, what, STAKE)
    provenance = reader.provenance(entry.value, outer)
    given = reader.names(inner["given"].value, "`given`") if "given" in inner else None
    rules: tuple[Rule[Judgement], ...] = ()
    if "values" in inner:
        rules = read_values(reader, inner["values"].value, given or (), f"the values of {what}", provenance)
    label = label_of(reader, inner, "label", name)
    return Stake(name, label, given if given is not None else mentioned(rules), rules, entry.key.span, provenance)


def _order(reader: Reader, node: Node) -> tuple[tuple[Name, ...], ...]:
    """Rank order as a list whose items may hold ties (`a = b`)."""
    groups = []
    for item in reader.items(node, "`order`"):
        text = reader.text(item, "an item of `order`")
        if text is None:
            continue
        offset, group = len(item.text) - len(text) if isinstance(item, Scalar) else 0, []
        for part in text.split("="):
            start = item.span.start + offset + len(part) - len(part.lstrip())
            span = item.span
            if isinstance(item, Scalar) and not item.quoted:
                span = Span(item.span.source, start, start + len(part.strip()))
            group.append(reader.name_or_gap(Scalar(part.strip(), span, False), "a stake in `order`"))
            offset += len(part) + 1
        groups.append(tuple(group))
    return tuple(groups)
