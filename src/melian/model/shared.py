"""Judgements that are stated once: each becomes one parameter, whatever the number of places that it stands in."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from melian.case.case import Case
from melian.model.distribution import Distribution
from melian.model.judged import Ground
from melian.model.parameter import Parameter, Scalar, Shared, Tied
from melian.model.tied import cuts_of

__all__ = ["Joined", "join_shared", "shared_key", "with_correlations"]


@dataclass(frozen=True, slots=True)
class Joined:
    """Parameters, each once.

    Attributes
    ----------
    aliases : by the name of a scalar that is no parameter of its own, the name of that which it is.
    """

    parameters: list[Parameter]
    aliases: dict[str, str]


def shared_key(name: str) -> str:
    """Name of the parameter of a judgement that has a name."""
    return f"judgement {name}"


def join_shared(case: Case, found: Sequence[Parameter]) -> Joined:
    """Put one parameter in the place of all that are one judgement; it stands where the first of them stood."""
    uses: dict[str, list[Ground]] = {}
    first: dict[str, Distribution] = {}
    aliases: dict[str, str] = {}
    kept: list[Parameter | str] = []
    for parameter in found:
        for name, distribution, ground in _used(parameter):
            if name not in uses:
                kept.append(name)
            uses.setdefault(name, []).append(ground)
            first.setdefault(name, distribution)
        if isinstance(parameter, Scalar) and (stated := _ground(parameter).shared) is not None:
            aliases[parameter.name] = shared_key(stated)
        else:
            kept.append(parameter)
    cuts = cuts_of(parameter for parameter in found if isinstance(parameter, Tied))
    grounds = {
        named.name: (named.judgement.text, named.judgement.span, named.judgement.provenance)
        for named in case.judgements
        if named.judgement is not None
    }
    joined: list[Parameter] = []
    for each in kept:
        if not isinstance(each, str):
            joined.append(each)
            continue
        ground = Ground("judgement", (each,), *grounds[each], uses=tuple(uses[each]))
        joined.append(_cut(Scalar(shared_key(each), first[each], None, ground), cuts.get(shared_key(each))))
    return Joined(joined, aliases)


def with_correlations(case: Case, parameters: Iterable[Parameter]) -> list[Parameter]:
    """Let correlated judgements know of each other; what nothing uses is no parameter, and moves with nothing.

    Notes
    -----
    Scores that are normal with correlation 2 sin(pi rank / 6) have that rank correlation (Pearson 1907), and so have
    any two numbers that rise with them.
    """
    kept = list(parameters)
    known = {parameter.name for parameter in kept}
    links: dict[str, list[tuple[str, float]]] = {}
    for correlation in case.correlations:
        names = shared_key(correlation.one.text), shared_key(correlation.other.text)
        score = 2.0 * math.sin(math.pi * correlation.rank / 6.0)
        for one, other in (names, names[::-1]):
            if one in known and other in known:
                links.setdefault(one, []).append((other, score))
    return [
        replace(parameter, moves_with=tuple(links[parameter.name]))
        if isinstance(parameter, Scalar) and parameter.name in links
        else parameter
        for parameter in kept
    ]


def _used(parameter: Parameter) -> Iterable[tuple[str, Distribution, Ground]]:
    """Named judgements that a parameter is or holds."""
    if isinstance(parameter, Scalar) and (name := _ground(parameter).shared) is not None:
        yield name, parameter.distribution, _ground(parameter)
    if isinstance(parameter, Tied):
        for part in parameter.parts:
            if isinstance(part, Shared):
                yield part.name.removeprefix(shared_key("")), part.distribution, _ground(parameter)


def _ground(parameter: Parameter) -> Ground:
    ground = parameter.origin
    assert isinstance(ground, Ground)
    return ground


def _cut(scalar: Scalar, ends: tuple[float, float] | None) -> Scalar:
    """Cut a number to what its rows leave it; an even range is a narrower range, others are drawn within the ends."""
    whole = scalar.distribution
    if ends is None or (ends[0] <= whole.low and whole.high <= ends[1]):
        return scalar
    low, high = max(ends[0], whole.low), min(ends[1], whole.high)
    if low >= high:
        return scalar  # cannot be met: said where the rows are looked at
    if whole.family == "uniform":
        return replace(scalar, distribution=Distribution("uniform", (low, high), low, high))
    return replace(scalar, within=(low, high))
