"""How numbers, dates and conditions are said to people: the one place that puts a chance into words.

Readers take bare words of likelihood to mean very different things, so a word never stands without its number and the
band that the scale gives it, and digits are printed only as far as the Monte Carlo error bears them. No model makes
anything certain, so 0 % and 100 % are never printed. Likelihood and confidence never share a sentence, as Intelligence
Community Directive 203 asks.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from melian.answer.rounding import FINE, gap, rounded, shown
from melian.case.case import Case, Choice, Condition, Factor, Test
from melian.case.numeric import told
from melian.case.words import Band, Scale

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def likelihood(chance: float, scale: Scale, *, step: float = FINE, by: date | None = None) -> str:
    """Chance as people are to read it: number, [band], word, horizon.

    Parameters
    ----------
    chance : in [0, 1].
    scale : the case's scale of words.
    step : points to which the number is rounded.
    by : the question's horizon, if it has one.

    Examples
    --------
    >>> from melian.case.words import ICD203
    >>> likelihood(0.27, ICD203, by=date(2022, 6, 30))
    '27 % [20-45 %], unlikely, by 30 June 2022'
    >>> likelihood(0.0004, ICD203)
    '<1 % [<1 %], almost no chance'
    """
    band = scale.band_at(chance)
    said = f"{percent(chance, step)} [{_bracket(chance, band)}], {band.word}"
    return f"{said}, by {day(by)}" if by else said


def percent(chance: float, step: float = FINE) -> str:
    """Chance or share as a number of per cent, never 0 % or 100 %.

    Examples
    --------
    >>> percent(0.273), percent(0.273, 5), percent(0.004), percent(0.98, 5), percent(0.4121, 0.1)
    ('27 %', '25 %', '<1 %', '>95 %', '41.2 %')
    """
    points = shown(chance, step)
    if points <= 0:
        return f"<{_number(step, step)} %"
    return f">{_number(100 - step, step)} %" if points >= 100 else f"{_number(points, step)} %"


def percent_range(low: float, high: float, step: float = FINE) -> str:
    """Range of chances; one number where both ends round to it.

    Examples
    --------
    >>> percent_range(0.02, 0.54), percent_range(0.004, 0.54), percent_range(0.2, 0.2)
    ('2-54 %', '<1 to 54 %', '20 %')
    """
    first, last = percent(low, step), percent(high, step)
    joint = "-" if first[0].isdigit() and last[0].isdigit() else " to "
    return last if first == last else f"{first.removesuffix(' %')}{joint}{last}"


def points(difference: float, step: float = FINE) -> str:
    """Difference between two chances that are not shown beside it: `41 points`."""
    return _points(rounded(difference, step), step)


def shift(difference: float, step: float = FINE) -> str:
    """Difference between two chances that are not shown beside it, with its direction.

    Examples
    --------
    >>> shift(0.031), shift(-0.012), shift(0.001)
    ('up 3 points', 'down 1 point', '')
    """
    return _shift(rounded(difference, step), step)


def moved(before: float, after: float, step: float = FINE) -> str:
    """Difference between two chances that are shown beside it: that of the numbers as they stand there.

    Examples
    --------
    >>> moved(0.1349, 0.1451), moved(0.23, 0.2309)
    ('up 2 points', '')
    """
    return _shift(gap(before, after, step), step)


def more_or_less(worth: float) -> str:
    """Difference between two expected utilities, in points of 100.

    Examples
    --------
    >>> more_or_less(2.12), more_or_less(-4.0), more_or_less(0.04)
    ('2.1 more', '4.0 less', 'hardly more')
    """
    side = "more" if worth > 0 else "less"
    return f"{abs(worth):.1f} {side}" if abs(worth) >= 0.05 else f"hardly {side}"


def times_less(bits: float) -> str:
    """How much less often, from bits: `half`, `a third`, `1 in 20 times`.

    Examples
    --------
    >>> times_less(0.6), times_less(1.0), times_less(1.6), times_less(4.0)
    ('two thirds', 'half', 'a third', '1 in 16 times')
    """
    ratio = 2.0**bits
    for most, said in ((1.75, "two thirds"), (2.5, "half"), (3.5, "a third"), (4.5, "a quarter"), (5.5, "a fifth")):
        if ratio < most:
            return said
    return f"1 in {round(ratio)} times"


def _shift(points: float, step: float) -> str:
    return f"{'up' if points > 0 else 'down'} {_points(abs(points), step)}" if points else ""


def _points(points: float, step: float) -> str:
    return f"{_number(points, step)} point{'' if points == 1 else 's'}" if points else "less than a point"


def _number(points: float, step: float) -> str:
    """Points with a decimal only where steps are parts of one."""
    return f"{points:.{0 if step >= FINE else 1}f}"


def _bracket(chance: float, band: Band) -> str:
    """Edges of a band, as its scale has them; where the chance lies outside, that is said."""
    low, high = round(100 * band.low), round(100 * band.high)
    if low == 0:
        edges = f"<{high} %"
    elif high == 100:
        edges = f">{low} %"
    else:
        edges = f"{low}-{high} %"
    if band.low <= min(max(chance, 0.0), 1.0) <= band.high:  # rounding may leave a sum of chances just above 1
        return edges
    if chance < 0.01:
        return "<1 %"
    return ">99 %" if chance > 0.99 else f"nearest band {edges}"


def short_day(when: date) -> str:
    """Day and month: `30 Jun`."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def day(when: date) -> str:
    """Date as `30 June 2022`, whatever the language of the machine."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def bits(value: float) -> str:
    """Weight of evidence in bits, with the side it is on: `0.62 against`; what rounds to nothing is on neither."""
    if abs(value) < 0.005:
        return "0.00"
    return f"{abs(value):.2f} {'for' if value > 0 else 'against'}"


def bits_told(value: float, error: float) -> str:
    """Information in bits, with as many digits as its Monte Carlo error bears.

    Examples
    --------
    >>> bits_told(0.23946, 0.0012), bits_told(0.0021, 0.0001), bits_told(0.00002, 0.0), bits_told(0.5, 0.04)
    ('0.239', '0.002', '<0.001', '0.50')
    """
    digits = 3 if error <= 0.005 else 2 if error <= 0.05 else 1
    least = 10.0**-digits
    return f"<{least:.{digits}f}" if value < least / 2 else f"{value:.{digits}f}"


def counted(number: int, noun: str) -> str:
    """Number and noun: `1 warning`, `20,000 worlds`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(items: Sequence[str], joint: str = "and") -> str:
    """Items in a row: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def seconds(value: float) -> str:
    """Time with two digits that mean something."""
    return f"{value:.0f} s" if value >= 10 else f"{value:.1f} s" if value >= 1 else f"{1000 * value:.0f} ms"


def sentence(text: str) -> str:
    """Text with a capital letter and a full stop; only its first letter is touched."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def confidence(level: str, reasons: Iterable[str]) -> str:
    """Level of confidence with its reasons, in a sentence of its own.

    Examples
    --------
    >>> confidence("low", ["there is no evidence, only judgements"])
    'Confidence is low: there is no evidence, only judgements.'
    """
    return sentence(f"Confidence is {level}: {'; '.join(reasons)}")


# Conditions, in the labels of the case


def state(case: Case, node: str, name: str) -> str:
    """State of a node as `label of the node: label of the state`; several, with `|` between them, as any of them."""
    labels = _labels(case, node)
    return f"{case.nodes[node].label}: {' or '.join(_quoted(labels[one]) for one in name.split('|'))}"


def state_of(case: Case, node: str, name: str) -> str:
    """Return the label of a state in quotes."""
    return _quoted(_labels(case, node)[name])


def happening(case: Case, node: str, name: str) -> str:
    """State of a node as a clause, where the labels of the case make one, else after a colon.

    `X's move` and `attacks` make `X attacks`; `the front` and `stays quiet` make `the front stays quiet`.
    """
    thing, label = case.nodes[node], _labels(case, node)[name]
    subject = _subject(case, thing) if isinstance(thing, Choice) else thing.label
    if subject is None or label == name or not label[:1].islower():
        return state(case, node, name)
    return f"{subject} {label}"


def _subject(case: Case, choice: Choice) -> str | None:
    """Actor of a choice whose label says whose it is, as `The Front's reply` of `The Highland Front` does."""
    owner, possessive, _ = choice.label.partition("'s ")
    actor = case.actor(choice.actor.text).label
    is_own = possessive and set(owner.casefold().split()) <= set(actor.casefold().split())
    return actor if is_own else None


def condition(case: Case, said: Condition | Test, *, is_inner: bool = False) -> str:
    """Condition on factors and choices, in the case's labels; conditions within conditions in brackets."""
    if isinstance(said, Test):
        return _test(case, said)
    parts = [condition(case, part, is_inner=len(said.parts) > 1) for part in said.parts]
    joined = f"; {'and' if said.kind == 'all' else 'or'} ".join(parts)
    return f"({joined})" if is_inner and len(parts) > 1 else joined


def _test(case: Case, test: Test) -> str:
    node, labels = case.nodes[test.node.text], _labels(case, test.node.text)
    named = [name.text for name in test.states]
    others = [name for name in labels if name not in named]
    if isinstance(node, Factor) and node.numeric is not None and (span := told(node.numeric, list(labels), named)):
        return f"{node.label}: {span}"
    if len(others) == 1 and len(named) > 1:
        return f"{node.label}: anything but {_quoted(labels[others[0]])}"
    return f"{node.label}: {listed([_quoted(labels[name]) for name in named], 'or')}"


def _quoted(label: str) -> str:
    return f'"{label}"'


def _labels(case: Case, node: str) -> dict[str, str]:
    return {each.name: each.label for each in case.nodes[node].states}
