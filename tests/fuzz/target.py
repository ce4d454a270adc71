"""What is held of every text that a fuzzer comes up with."""

from melian.api import examine_source
from melian.source.diagnostic import has_errors
from melian.source.render import as_json, concise, full
from melian.source.text import Source


def look_over(data: bytes) -> None:
    """Check a text as `melian check` does: it ends in a case or in errors, all of which can be shown in its lines."""
    text = data.decode("utf-8", "replace")
    case, found = examine_source(Source("case.yaml", text))
    assert case is not None or has_errors(found)
    assert len(concise(found).splitlines()) == len(found)
    assert len(as_json(found)) == len(found)
    full(found, limit=len(found))
    for one in found:
        for label in (one.primary, *one.secondary):
            assert 0 <= label.span.start <= label.span.end <= len(text)
