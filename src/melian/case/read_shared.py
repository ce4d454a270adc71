"""Reading judgements that have a name: after all their uses, which tell what kind of quantity each is."""

from melian.case.case import Named
from melian.case.judgement import Problem, parse_judgement, shared_name
from melian.case.quantity import BOUNDS, EXAMPLES
from melian.case.reader import Reader
from melian.case.shared import NEEDS_ITS_OWN, STATE_IT, STATED_BY_ANOTHER
from melian.source.tree import Mapping, Scalar


def read_judgements(reader: Reader) -> tuple[Named, ...]:
    """Every judgement that has a name; of one that nothing uses at least that it could be one."""
    found = []
    for name, stated in reader.shared.stated.items():
        if stated.judgement is None:
            _check_unused(reader, name)
        found.append(Named(name, stated.judgement, stated.entry.key.span))
    return tuple(found)


def _check_unused(reader: Reader, name: str) -> None:
    node = reader.shared.stated[name].entry.value
    if isinstance(node, Mapping) and (inner := node.get("is")) is not None:
        node = inner.value
    if isinstance(node, Scalar) and shared_name(node.text) is not None:
        reader.error("bad-judgement", STATED_BY_ANOTHER.format(name), node.span, NEEDS_ITS_OWN, help=STATE_IT)
    elif not (isinstance(node, Scalar) and _is_judgement(reader, node.text)):
        headline = f"the judgement `{name}` cannot be read"
        reader.error("bad-judgement", headline, node.span, "no judgement of any kind", help=EXAMPLES["chance"])


def _is_judgement(reader: Reader, text: str) -> bool:
    """Whether a text is a judgement on some kind of quantity."""
    return any(not isinstance(parse_judgement(text, kind, reader.scale), Problem) for kind in BOUNDS)
