"""The words of the field that melian uses, each explained once: for `melian explain`, and for the pages.

Codes of diagnostics are explained beside what finds them; see `melian.source.codes`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """A word or two, and what melian means by them.

    Attributes
    ----------
    also : other words for it, or other forms of it.
    page : page of the documentation that says more, from the folder `docs`.
    """

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    page: str = ""


_READING: Final = "explanation/reading-an-answer.md"
_METHOD: Final = "explanation/method.md"
_LANGUAGE: Final = "reference/language.md"
_NUMBERS: Final = "explanation/judgements-as-numbers.md"

TERMS: Final = (
    Term(
        "actor",
        "Who chooses: a person, a government, a firm. An actor weighs its stakes, given what it sees and believes.",
        ("player", "agent"),
        _LANGUAGE,
    ),
    Term(
        "announced",
        "Done openly: the actors know what is brought about before they choose, and answer it. Unannounced, they "
        "choose as if nothing had been done.",
        ("unannounced",),
        "how-to/see-what-an-actor-can-do.md",
    ),
    Term(
        "anyway",
        "How likely a report would be made even if it were not so. A source with a motive says some things anyway, and "
        "its report then moves the answer less.",
        ("motive",),
        "how-to/write-evidence.md",
    ),
    Term(
        "as of",
        "The day on which the forecast is made. Reports dated later are left out, visibly, so that nothing is known "
        "too early.",
        ("as_of",),
        _LANGUAGE,
    ),
    Term(
        "band",
        "The range that a scale of words gives a word, as in `27 % [20-45 %], unlikely`. It says what the word stands "
        "for, and is no margin of error.",
        ("bracket",),
        _READING,
    ),
    Term(
        "base and influences",
        "A table of chances with many causes, written briefly: chances where nothing applies (the base), and how much "
        "each cause shifts their odds.",
        ("base", "influence", "influences"),
        "how-to/choose-rules-or-influences.md",
    ),
    Term(
        "basis",
        "What a judgement rests on: a fact, a judgement or an assumption. A report shows the three apart.",
        ("provenance",),
        _LANGUAGE,
    ),
    Term("belief", "How an actor sees a factor otherwise than the analyst does.", ("beliefs",), _LANGUAGE),
    Term(
        "bits",
        "How much something tells, on a scale that adds up. One bit for an event doubles its odds, one bit against "
        "halves them; two bits make it four times. Of what to watch: by how much seeing it is expected to lessen what "
        "is not known of the event; one bit would settle a question that stands at 50 %.",
        ("bit", "weight of evidence", "expected information"),
        "how-to/weigh-the-evidence.md",
    ),
    Term(
        "case",
        "One question with all that bears on it, in a file: actors, factors, choices, stakes, evidence, and judgements "
        "on each.",
        (),
        _LANGUAGE,
    ),
    Term("choice", "What an actor picks one option of, given what it sees.", ("decision", "option"), _LANGUAGE),
    Term(
        "clash of reports",
        "Two reports that disagree more than chance would have it: together they are less likely than if each had "
        "nothing to do with the other.",
        ("conflict", "conflicts"),
        "how-to/weigh-the-evidence.md",
    ),
    Term(
        "confidence",
        "How well an answer is founded: how many independent origins the evidence has and how good they are, how far "
        "the answer hangs on what nobody knows, how much of it rests on evidence. It says nothing of whether the event "
        "will come about, and stands in a sentence of its own.",
        ("level of confidence",),
        _READING,
    ),
    Term(
        "correlation",
        "How far two judgements are likely to err the same way: their rank correlation before any evidence.",
        ("rank correlation",),
        _LANGUAGE,
    ),
    Term(
        "crux",
        "A bound on one to three judgements beyond which the answer lies on the other side of a line, 50 % by default.",
        ("cruxes",),
        "how-to/find-what-the-answer-hangs-on.md",
    ),
    Term(
        "do",
        "To bring something about from outside (`--set`). It tells nothing about what led to it; to observe does.",
        ("intervention", "--set"),
        _METHOD,
    ),
    Term(
        "draft",
        "A case in which placeholders are left. Every answer of it is stamped DRAFT until the last `TODO` is gone.",
        ("placeholder", "TODO"),
        "how-to/begin-a-case.md",
    ),
    Term(
        "driver",
        "A judgement from which the spread of the answer comes. Its share is of the variance over worlds, by itself or "
        "together with others.",
        ("drivers", "sensitivity", "share of the spread"),
        "how-to/find-what-the-answer-hangs-on.md",
    ),
    Term(
        "effective worlds",
        "How many worlds of equal weight would be as good as the weighted ones. Evidence makes some worlds count for "
        "little; where few count, numbers are rounded or no answer is given.",
        ("effective sample size", "effective_worlds", "ESS"),
        _METHOD,
    ),
    Term(
        "event",
        "What the question asks about: a condition on factors and choices. Yes means that it holds.",
        (),
        _LANGUAGE,
    ),
    Term(
        "evidence",
        "Dated, sourced reports, each with how likely it would be in each state of what it bears on. It changes what "
        "the analyst believes, and not what the actors do.",
        ("report", "reports"),
        "how-to/write-evidence.md",
    ),
    Term("factor", "What nobody in the case chooses, with the chances of its states.", ("chance node",), _LANGUAGE),
    Term(
        "grade",
        "How far a source is trusted, on the Admiralty scale: a letter A to F for the source, a digit 1 to 6 for the "
        "information. What share of reports each letter gets right is an assumption of ours, and can be replaced.",
        ("Admiralty grade", "reliability"),
        "how-to/write-evidence.md",
    ),
    Term("horizon", "The day by which the event must have come about to count: `by` in the question.", (), _LANGUAGE),
    Term(
        "indicator",
        "Something not yet seen that would tell of the event. Indicators are ranked by the bits that seeing them is "
        "expected to tell.",
        ("indicators", "what to watch"),
        "how-to/know-what-to-watch.md",
    ),
    Term(
        "judgement",
        "A quantity as somebody holds it: a number, a range, a word, `about` a number, a rank order or a distribution. "
        "In each world it is drawn once.",
        ("judgements", "parameter"),
        _NUMBERS,
    ),
    Term(
        "lever",
        "An option of an actor, taken openly: what the event's chance and the actor's own worth would be then.",
        ("levers",),
        "how-to/see-what-an-actor-can-do.md",
    ),
    Term(
        "likelihood",
        "How likely the event is, given the evidence: the mean over worlds, each counting by how well it fits the "
        "evidence. Of a report: how likely such a report would be in a state of what it bears on.",
        (),
        _READING,
    ),
    Term("log-odds", "The logarithm of the odds; influences add up on this scale.", ("log odds",), _METHOD),
    Term(
        "logit",
        "How actors choose unless a case says `behaviour: rational`: the better an option is for them, the more often "
        "they pick it; how much more is their precision. In equations, the chance of an option is proportional to the "
        "exponential of precision times its expected utility (McKelvey and Palfrey 1998).",
        ("logit response", "quantal response"),
        _METHOD,
    ),
    Term(
        "Monte Carlo error",
        "How far an answer would vary if other worlds were drawn: the standard error. It bounds the digits printed, "
        "and says nothing of how good the judgements are.",
        ("error", "standard error"),
        _METHOD,
    ),
    Term(
        "observe",
        "To learn something as the analyst (`--observe`): it tells of what led to it. The actors' rules stay as they "
        "are.",
        ("--observe",),
        _METHOD,
    ),
    Term("odds", "A chance over its opposite: 75 % is odds of 3 to 1.", (), _METHOD),
    Term(
        "origin",
        "Where a report comes from in the end. Reports that share an origin (`origin: embassy-news`) are counted once, "
        "however many papers print them.",
        ("origins", "independent origins"),
        "how-to/count-two-reports-once.md",
    ),
    Term(
        "precision",
        "How consistently an actor picks what is best for it: erratic, ordinary or calculating, or a range of numbers.",
        ("lambda",),
        _METHOD,
    ),
    Term(
        "rank order",
        "Stakes ordered by importance (`order`): the weights are drawn evenly from all that fit the order.",
        ("order",),
        _NUMBERS,
    ),
    Term(
        "rational",
        "Actors pick what is best for them, always (`behaviour: rational`): the limit of limited consistency as "
        "precision grows.",
        ("best response",),
        _METHOD,
    ),
    Term(
        "regret",
        "How much more the best option would have been worth to an actor, averaged over worlds.",
        (),
        "how-to/see-what-an-actor-can-do.md",
    ),
    Term(
        "residual",
        "How nearly choices that were solved together answer each other, in the worst settled world: a share of the "
        "scale of worth.",
        ("certificate",),
        _METHOD,
    ),
    Term("resolution", "How one will know whether the event came about: a sentence in the question.", (), _LANGUAGE),
    Term(
        "reveal",
        "To let an actor know something when it chooses. It changes what the actor does; to observe does not.",
        (),
        _METHOD,
    ),
    Term(
        "rule",
        "What holds in some situation. Of a table: chances or values where its `when` holds, and the first rule that "
        "matches counts. Of an actor: how often it picks each option in each situation.",
        ("rules",),
        _LANGUAGE,
    ),
    Term(
        "seed",
        "The number from which the worlds are drawn. The same seed gives the same answer, bit for bit.",
        (),
        _METHOD,
    ),
    Term(
        "settled",
        "Of a world: choices that answer each other were solved together, with proof. Worlds that were not are counted "
        "and bounded, never dropped.",
        ("unsettled", "unconverged"),
        _METHOD,
    ),
    Term("situation", "What an actor sees when it chooses: one combination of states.", ("information set",), _METHOD),
    Term(
        "spread",
        "How far the answer lies apart over worlds: 90 of 100 lie between its 5 % and 95 % ends. It says how far the "
        "answer hangs on what nobody knows, and is no margin of error.",
        ("range",),
        _READING,
    ),
    Term(
        "stake",
        "What an actor weighs: values from 0 (worst) to 100 (best), and how much it counts beside the others.",
        ("stakes", "utility"),
        _LANGUAGE,
    ),
    Term(
        "storyline",
        "One course of events in sentences: a few of them carry most of the answer.",
        ("storylines",),
        "how-to/tell-how-it-might-go.md",
    ),
    Term(
        "word of likelihood",
        "A word that stands for a band of chances, on the scale of ICD 203 or the PHIA yardstick. As a judgement it is "
        "a distribution with 8 in 10 of its draws in the band.",
        ("words", "ICD 203", "PHIA"),
        _NUMBERS,
    ),
    Term(
        "world",
        "One full set of numbers that fits every judgement. melian draws tens of thousands and solves each; an answer "
        "is their weighted mean.",
        ("worlds", "draw"),
        _NUMBERS,
    ),
    Term(
        "worth",
        "Expected utility of an actor: 0 where all its stakes are at their worst, 100 where all are at their best.",
        ("expected utility",),
        "how-to/see-what-an-actor-can-do.md",
    ),
)


def term_of(said: str) -> Term | None:
    """Term of that name, or that goes by it too; whatever its capitals and hyphens."""
    return _BY_NAME.get(_plain(said))


def names() -> tuple[str, ...]:
    """Every name that is explained."""
    return tuple(name for term in TERMS for name in (term.name, *term.also))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


_BY_NAME: Final = {_plain(name): term for term in TERMS for name in (*term.also, term.name)}
