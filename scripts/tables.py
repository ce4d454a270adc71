"""Tables for the pages, made from the data that melian itself reads."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.stats import beta

from melian.answer import confidence
from melian.case import reader
from melian.case.codes import ALL_CODES
from melian.case.distributions import FORMS
from melian.case.grades import DIGITS, LETTERS, RELIABILITY
from melian.case.judgement import Judgement, parse_judgement
from melian.case.language import PROVENANCE, RECORDS, RULE, Key
from melian.case.quantity import BOUNDS, Kind
from melian.case.read import MAX_STATES
from melian.case.read_options import MAX_OPTIONS
from melian.case.read_parts import MAX_PARTS, MAX_STEPS
from melian.case.read_stakes import MAX_STAKES
from melian.case.rules.function import MAX_PIECES, MAX_SUMS
from melian.case.rules.scope import MAX_COMBINATIONS
from melian.case.rules.together import MAX_LINKED
from melian.case.rules.too_large_case import MAX_CHOICES, MAX_REPORTS, MAX_VARIABLES, MAX_WEIGHING
from melian.case.words import DEFAULT_SCALE, INFLUENCE_WORDS, PRECISION_WORDS, SCALES
from melian.exchange.game_codes import ALL_GAME_CODES
from melian.model.judged import distribution_of
from melian.plan.bounds import MAX_CELLS, MAX_HELD, MAX_OPERATIONS, MAX_UNKNOWN
from melian.solve.draws.quantile import quantile
from melian.solve.run import MAX_WORLDS
from melian.solve.solvable import MAX_UNCERTAIN
from melian.source.text import MAX_BYTES
from melian.source.tree import MAX_DEPTH, MAX_NODES
from scripts import overview, reference
from scripts.overview import grid

TAKES: Final = {
    "version": "`1`",
    "text": "text",
    "date": "date, `2031-05-02`",
    "name": "name",
    "names": "list of names",
    "paths": "list of [paths](#several-files)",
    "basis": "`fact`, `judgement` or `assumption`",
    "scale": "`icd203` or `phia`",
    "behaviour": "`logit` or `rational`",
    "knows": "`minds` or `chances`",
    "grade": "grade, `B2` or `B`",
    "outcome": "`yes` or `no`",
    "condition": "condition",
    "states": "list of states",
    "options": "list of [options](#options-that-are-not-always-open)",
    "record:available": "[when it is open](#options-that-are-not-always-open)",
    "order": "list of stakes",
    "rank": "number between -1 and 1",
    "list:correlation": "list of [correlations](#judgements-that-err-together)",
    "true": "`true`",
    "influences": "list of rules with influences",
    "record:function": "[function](#functions)",
    "causes": "list of causes, each a row of chances with its `when`",
    "conditions": "list of conditions",
    "votes": "list of names, or weights by name",
    "addends": "list of [numbers with conditions](#functions)",
    "amount": "plain number",
    "record:numeric": "[quantity](#quantities)",
    "edges": "list of plain numbers, or `open`",
    "numbers": "list of plain numbers",
    "then": "state, or a threshold for each state",
    "rows:chance": "row of chances, or list of rules",
    "rows:value": "values by state, or list of rules",
    "row:chance": "row of chances",
    "row:weight": "row of weights",
    "row:influence": "row of influences",
    "judgement:chance": "chance",
    "map:judgement": "[judgement](#judgements-with-a-name) by name",
    "judgement:value": "value",
    "judgement:precision": "precision",
    "map:judgement:chance": "chance for each letter",
    "record:question": "[question](#the-question)",
    "map:actor": "[actor](#actors) by name",
    "map:source": "[source](#sources-and-grades) by name",
    "map:factor": "[factor](#factors) by name",
    "map:choice": "[choice](#choices) by name",
    "map:stakes": "[stakes](#stakes) by actor",
    "map:beliefs": "[beliefs](#beliefs) by actor",
    "list:report": "list of [reports](#evidence)",
    "list:watched": "list of [reports that may yet come](#what-to-watch)",
    "record:observable": "[when and how it can be seen](#what-to-watch)",
    "ease": "`easily`, `with effort` or `hardly`",
}
NUMBERS: Final = {
    "uniform": "low, high",
    "triangular": "low, mode, high",
    "pert": "low, mode, high",
    "normal": "mean, sd",
    "beta": "a, b",
    "logitnormal": "mean, sd",
    "loguniform": "low, high",
    "lognormal": "mean, sd",
}
SHAPES: Final = {
    "uniform": "every number between the two alike",
    "triangular": "a straight rise to the mode and a straight fall from it",
    "pert": "a beta between the two ends with mean (low + 4 mode + high) / 6",
    "normal": "a normal, cut to the scale",
    "beta": "a beta over the whole scale",
    "logitnormal": "log-odds that are normal; mean and sd are those of the log-odds",
    "loguniform": "a logarithm that is even between the two",
    "lognormal": "a logarithm that is normal; mean and sd are those of the logarithm",
}
# Judgements of each kind that the reference shows, with what each draws.
EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "chance": (
        "0.3", "30 %", "0.2..0.4", "20..40 %", "unlikely", "about 0.3", "uniform(0.2, 0.4)", "beta(2, 5)",
        "normal(0.3, 0.1)", "triangular(0.1, 0.2, 0.6)", "pert(0.1, 0.2, 0.6)", "logitnormal(-0.85, 0.3)",
    ),
    "value": ("70", "60..80", "about 70", "normal(60, 10)", "triangular(20, 40, 90)", "pert(20, 40, 90)", "beta(4, 2)"),
    "influence": ("more", "slightly less", "times 3", "times 2..4", "0.5..1", "normal(0.7, 0.2)"),
    "precision": ("ordinary", "8", "4..12", "about 8", "lognormal(2, 0.5)"),
    "weight": ("0.3", "30 %", "0.2..0.4", "about 0.3", "pert(0.1, 0.2, 0.6)"),
}  # fmt: skip


def table(what: str) -> str:
    """Table by its name and arguments."""
    name, *arguments = what.split()
    makers = {
        "keys": keys,
        "words": words,
        "influences": influences,
        "precisions": precisions,
        "forms": forms,
        "distributions": distributions,
        "grades": grades,
        "digits": digits,
        "limits": limits,
        "codes": codes,
        "confidence": confidence_steps,
        "commands": overview.commands,
        "judgements": overview.judgements,
        "scales": overview.words,
        "strengths": overview.strengths,
        "measured": overview.measured,
        "waits": overview.waits,
        "reference": reference.commands_reference,
        "python": reference.python_reference,
        "glossary": reference.glossary,
    }
    return makers[name](*arguments)


def keys(record: str) -> str:
    """Keys of a record of the language."""
    all_keys: Sequence[Key] = PROVENANCE if record == "provenance" else {**RECORDS, "rule": RULE}[record]
    own = [key for key in all_keys if record == "provenance" or key not in PROVENANCE]
    rows = [(f"`{key.name}`", TAKES[key.form], ("Required. " if key.required else "") + key.doc) for key in own]
    if len(own) < len(all_keys):
        names = ", ".join(f"`{key.name}`" for key in PROVENANCE)
        rows.append((names, "", "[Whose judgement it is](#who-says-so-and-why)."))
    return grid(("key", "takes", "meaning"), rows)


def words(name: str) -> str:
    """Words of likelihood of one scale, with what each draws when it is written in a case."""
    rows = []
    for band in SCALES[name].bands:
        spellings = ", ".join(f"`{word}`" for word in (band.word, *band.synonyms))
        judgement = parse_judgement(band.word, "chance", SCALES[name])
        rows.append((spellings, f"{_percent(band.low)} to {_percent(band.high)}", *_quantiles(judgement)))
    return grid(("word", "band", "5 % of draws below", "half below", "95 % below"), rows)


def forms(kind: Kind) -> str:
    """Forms of a judgement of one kind, with what each draws."""
    rows = [(f"`{text}`", *_quantiles(parse_judgement(text, kind, DEFAULT_SCALE))) for text in EXAMPLES[kind]]
    return grid(("you write", "5 % of draws below", "half below", "95 % below"), rows)


def distributions() -> str:
    """Named distributions, with the quantities that each can describe."""
    rows = []
    for name, form in FORMS.items():
        kinds = "all" if set(form.kinds) == set(BOUNDS) else ", ".join(form.kinds)
        rows.append((f"`{name}({NUMBERS[name]})`", SHAPES[name], kinds))
    return grid(("you write", "draws", "for"), rows)


def _quantiles(judgement: object) -> tuple[str, str, str]:
    assert isinstance(judgement, Judgement)
    unit = {"value": 100.0}.get(judgement.kind, 1.0)
    low, half, high = (float(x) * unit for x in quantile(distribution_of(judgement), np.array([0.05, 0.5, 0.95])))
    shown = {"chance": _percent, "weight": _percent, "influence": _odds}.get(judgement.kind, _plain)
    return shown(low), shown(half), shown(high)


def _percent(share: float) -> str:
    percent = 100 * share
    digits = 1 if 0 < percent < 1.95 or 98.05 < percent < 100 else 0
    return f"{percent:.{digits}f}".removesuffix(".0") + " %"


def _plain(number: float) -> str:
    return f"{number:.3g}"


def _odds(log_odds: float) -> str:
    return f"odds times {math.exp(log_odds):.2f}"


def influences() -> str:
    """Words of influence, and what each makes of a chance of 20 % and of 50 %."""
    rows = []
    for word, (low, high) in INFLUENCE_WORDS.items():
        factor = "1" if low == high else f"{_factor(low)} to {_factor(high)}"
        moved = [" to ".join(dict.fromkeys(_percent(_shifted(start, f)) for f in (low, high))) for start in (0.2, 0.5)]
        rows.append((f"`{word}`", factor, *moved))
    return grid(("word", "odds times", "20 % becomes", "50 % becomes"), rows)


def _factor(odds: float) -> str:
    return f"{odds:g}" if odds >= 1 else f"1/{1 / odds:g}"


def _shifted(chance: float, odds_factor: float) -> float:
    odds = chance / (1 - chance) * odds_factor
    return odds / (1 + odds)


def precisions() -> str:
    """Words of precision, and how often each picks the better of two options."""
    rows = []
    for word, (low, high) in PRECISION_WORDS.items():
        often = [f"{_picks_better(low, gap)} to {_picks_better(high, gap)} times in 100" for gap in (0.1, 0.3)]
        rows.append((f"`{word}`", f"{low:g} to {high:g}", *often))
    heads = ("word", "precision", "picks the better of two options 0.1 apart", "0.3 apart")
    return grid(heads, rows)


def _picks_better(precision: float, gap: float) -> str:
    """Times in 100 that the better of two options is picked, their expected utilities being so far apart."""
    return _times(100 / (1 + math.exp(-precision * gap)))


def _times(number: float) -> str:
    return f"{number:.0f}" if number < 99.5 else "more than 99"


def grades() -> str:
    """Letters of sources, with the reliability that each is taken to mean."""
    rows = []
    for letter, (a, b) in RELIABILITY.items():
        mean = a / (a + b)
        low, high = (float(x) for x in beta.ppf((0.05, 0.95), a, b))
        ratio = (mean + (1 - mean) / 2) / ((1 - mean) / 2)
        spread = f"{_percent(low)} to {_percent(high)}"
        rows.append((letter, LETTERS[letter], f"Beta({a:g}, {b:g})", _percent(mean), spread, f"{ratio:.2g}"))
    heads = ("letter", "meaning", "reliability", "mean", "5 to 95 % of draws", "likelihood ratio")
    return grid(heads, rows)


def digits() -> str:
    """Digits of information."""
    return grid(("digit", "meaning"), DIGITS.items())


def limits() -> str:
    """Bounds on what a case may ask for."""
    rows = [
        ("size of the file, with all that it includes", f"{MAX_BYTES:,} bytes"),
        ("files that it includes", f"{MAX_PARTS}, by paths of {MAX_STEPS} steps"),
        ("mappings and lists within each other", f"{MAX_DEPTH}"),
        ("keys, values and lists", f"{MAX_NODES:,}"),
        ("factors and choices together", f"{MAX_VARIABLES:,}"),
        ("choices", f"{MAX_CHOICES:,}"),
        ("reports", f"{MAX_REPORTS:,}"),
        ("judgements that correlations link to one another", f"{MAX_LINKED:,}"),
        ("choices by their actors' stakes by factors and choices", f"{MAX_WEIGHING:,}"),
        ("length of a name", f"{reader.MAX_NAME} characters"),
        ("states of a factor", f"2 to {MAX_STATES}"),
        ("options of a choice", f"2 to {MAX_OPTIONS}"),
        ("stakes of an actor", f"{MAX_STAKES}"),
        ("combinations in a table, a stake, a choice's sight or a condition of the event", f"{MAX_COMBINATIONS:,}"),
        ("parts of a function, and sums that it may come to", f"{MAX_PIECES} and {MAX_SUMS}"),
        ("cells of the largest table while solving one world", f"{MAX_CELLS:,}"),
        ("cells of all tables that are held at once", f"{MAX_HELD:,}"),
        ("operations to solve one world", f"{MAX_OPERATIONS:,}"),
        ("chances to find at once where choices are solved together", f"{MAX_UNKNOWN}"),
        ("uncertain numbers in a case (dimensions of the cube)", f"{MAX_UNCERTAIN:,}"),
        ("worlds, where they fit into memory", f"{MAX_WORLDS:,}"),
    ]
    return grid(("what", "at most"), rows)


def codes(severity: str, what: str = "cases") -> str:
    """Codes of diagnostics of one severity, about cases or about games."""
    every = ALL_GAME_CODES if what == "games" else ALL_CODES
    found = sorted((code for code in every.values() if code.severity == severity), key=lambda code: code.code)
    return grid(("code", "says", "why it matters"), ((f"`{c.code}`", c.title, c.why) for c in found))


def confidence_steps() -> str:
    """Thresholds of the level of confidence."""
    effective, independent = confidence.EFFECTIVE, confidence.INDEPENDENT
    rows = [
        ("independent origins of reports", f"{independent[0]} or more", f"under {independent[1]}"),
        ("different sources", "4 or more", "under 2"),
        (
            "share of reports from sources graded A or B",
            f"{_percent(confidence.WELL_GRADED[0])} or more",
            f"under {_percent(confidence.WELL_GRADED[1])}",
        ),
        (
            "spread of the answer, 5 to 95 % of worlds",
            f"{100 * confidence.SPREAD[0]:.0f} points or less",
            f"over {100 * confidence.SPREAD[1]:.0f} points",
        ),
        (
            "how far the reports moved the answer",
            f"{100 * confidence.MOVED[0]:.0f} points or more",
            f"under {100 * confidence.MOVED[1]:.0f} points",
        ),
        ("effective worlds", f"{effective[0]:,.0f} or more", f"under {effective[1]:,.0f}"),
    ]
    return grid(("what", "good", "poor"), rows)
