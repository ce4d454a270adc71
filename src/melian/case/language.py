"""The case language as data: every record with its keys, what each takes, and what it means in plain words.

The reader refuses keys that are not here, the JSON Schema is made from here, and so is the language reference: one
source for all three.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record.

    Attributes
    ----------
    form : what it takes: a scalar form (`text`, `date`, `name`, `grade`, ...), `judgement:KIND`, `row:KIND`, or
        `record:R`, `map:R`, `list:R` for records of the language.
    """

    name: str
    form: str
    doc: str
    required: bool = False


PROVENANCE: Final = (
    Key("by", "text", "Who made this judgement."),
    Key("on", "date", "When it was made."),
    Key("basis", "basis", "What it rests on: a fact, a judgement or an assumption."),
    Key("why", "text", "The reason, in a sentence or two."),
    Key("at", "text", "Where its ground is: a paragraph or page of a source."),
)
PROVENANCE_KEYS: Final = tuple(key.name for key in PROVENANCE)

# Names that a node, option, state or stake cannot have, because they mean something in a rule or a row.
RESERVED: Final = frozenset(
    {"when", "else", "others", "otherwise", "is", *PROVENANCE_KEYS, "given", "base", "influences", "chances", "states"}
    | {"order", "weights", "all", "any", "null"}
)

KNOWS: Final = (
    "What actors know of the others' weights, values and precision: `minds`, what these are (default), or `chances`, "
    "only what the analyst knows of them, and what the moves that are seen tell."
)
CASE: Final = (
    Key("melian", "version", "Version of the case language; 1.", required=True),
    Key("case", "name", "Short name of the case.", required=True),
    Key("title", "text", "The question in a sentence, as people would ask it."),
    Key("as_of", "date", "The day the forecast is made; reports dated later are left out."),
    Key("words", "scale", "Scale of words of likelihood: `icd203` (default) or `phia`."),
    Key("behaviour", "behaviour", "How actors choose: `logit` (limited consistency, default) or `rational`."),
    Key("knows", "knows", KNOWS),
    *PROVENANCE,
    Key("include", "paths", "Files beside this one that hold parts of the case: `actors.yaml`, `evidence/*.yaml`."),
    Key("question", "record:question", "What is asked.", required=True),
    Key("actors", "map:actor", "Who chooses, by name."),
    Key("sources", "map:source", "Who reports, by name."),
    Key("grades", "map:judgement:chance", "Replaces what share of its reports a source of each letter gets right."),
    Key(
        "judgements",
        "map:judgement",
        "Judgements that are used in several places, by name: each is drawn once, and stands wherever `the NAME` does.",
    ),
    Key(
        "correlations",
        "list:correlation",
        "Judgements with a name that are likely to err the same way, or opposite ways.",
    ),
    Key("factors", "map:factor", "What nobody in the case chooses, by name."),
    Key("choices", "map:choice", "What actors choose, by name."),
    Key("stakes", "map:stakes", "What each actor weighs, by actor."),
    Key("beliefs", "map:beliefs", "Where an actor sees a factor otherwise than the analyst does, by actor and factor."),
    Key("evidence", "list:report", "Dated, sourced reports."),
    Key("watch", "list:watched", "Reports that may yet come: what each would tell is an indicator."),
)
# What a file that a case includes may hold: sections, and who made the judgements in it.
PART: Final = (
    Key("melian", "version", "Version of the case language; 1."),
    *(key for key in CASE if key.name == "include" or key in PROVENANCE or key.form.startswith(("map:", "list:"))),
)
QUESTION: Final = (
    Key("event", "condition", "Condition on factors and choices that the question asks about.", required=True),
    Key("by", "date", "The day by which it must have happened."),
    Key("resolution", "text", "How one will know whether it happened."),
    Key("outcome", "outcome", "What happened, `yes` or `no`; used only to score, never to compute."),
)
ACTOR: Final = (
    Key("name", "text", "What people call the actor."),
    Key("precision", "judgement:precision", "How consistently it picks what is best for it; `ordinary` by default."),
    Key("knows", "knows", "Of the others: `minds` or `chances`, as for the whole case, which it goes before."),
    *PROVENANCE,
)
SOURCE: Final = (
    Key("title", "text", "Title of the publication, broadcast or document."),
    Key("publisher", "text", "Who published it."),
    Key("date", "date", "When it appeared."),
    Key("grade", "grade", "Admiralty grade: letter A to F for the source, digit 1 to 6 for the information."),
    Key(
        "anyway", "judgement:chance", "Its motive: how readily it would say so if it were not so; for all its reports."
    ),
    Key("deceptive", "judgement:chance", "Chance that it knows the truth and says the opposite; for all its reports."),
    *PROVENANCE,
)
TABLE: Final = (
    Key("given", "names", "The nodes that the chances depend on; inferred from the rules when absent."),
    Key("chances", "rows:chance", "Chances of the states: one row, or rules of which the first that matches counts."),
    Key("base", "row:chance", "Chances of the states before any influence; goes with `influences`."),
    Key("influences", "influences", "What shifts the base, in log-odds; all that apply add up."),
    Key("function", "record:function", "What decides the state from many nodes at once: causes, votes, conditions."),
)
FUNCTION: Final = (
    Key("noisy_or", "causes", "Causes that each bring a state about by themselves, with the chance that it does."),
    Key("noisy_and", "causes", "Conditions that must all be met, each with the chance that it is."),
    Key("noisy_max", "causes", "Causes that each lead to some state by themselves; the highest comes about."),
    Key("noisy_min", "causes", "Limits that each allow some state by themselves; the lowest comes about."),
    Key("leak", "row:chance", "What comes about whatever the causes."),
    Key("any", "conditions", "Conditions of which one is enough."),
    Key("all", "conditions", "Conditions that must all hold."),
    Key("vote", "votes", "Factors and choices that vote: a list, or each with its weight."),
    Key("says", "names", "The state, or states, in which each of them votes for."),
    Key("sum", "addends", "Numbers that are added where their conditions hold."),
    Key("max", "names", "Nodes of which the highest state counts, in the order of `states`."),
    Key("min", "names", "Nodes of which the lowest state counts, in the order of `states`."),
    Key("then", "then", "The state where `any` or `all` holds; of votes and sums, each state with its threshold."),
)
ADDEND: Final = (
    Key("when", "condition", "States of nodes in which it is added.", required=True),
    Key("add", "amount", "The number that is added.", required=True),
)
NUMERIC: Final = (
    Key("unit", "text", "What it is counted in, such as `dollars a barrel`."),
    Key("edges", "edges", "Edges of bands, one more than there are states; the outer ones may be `open`."),
    Key("values", "numbers", "The value of each state, where each is one value."),
)
_SEEN: Final = Key("observable", "record:observable", "When and how readily its state can be seen.")
FACTOR: Final = (
    Key("label", "text", "What people call it."),
    Key("states", "states", "Its states; each a name or `{name: label}`.", required=True),
    Key("numeric", "record:numeric", "The quantity that its states are values or bands of."),
    *TABLE,
    _SEEN,
    *PROVENANCE,
)
CHOICE: Final = (
    Key("label", "text", "What people call it."),
    Key("actor", "name", "Who chooses.", required=True),
    Key("options", "options", "What can be chosen; each a name, `{name: label}` or `{name: {...}}`.", required=True),
    Key("sees", "names", "Factors and choices that the actor knows when choosing."),
    _SEEN,
    *PROVENANCE,
)
OPTION: Final = (
    Key("label", "text", "What people call it."),
    Key("available", "record:available", "When it is open; without this it always is."),
)
AVAILABLE: Final = (
    Key("when", "condition", "The situations in which it is open, told by what the choice sees.", required=True),
    *PROVENANCE,
)
OBSERVABLE: Final = (
    Key("when", "text", "When it can be known: a date, or in words."),
    Key("how", "ease", "How readily: `easily`, `with effort` or `hardly`."),
)
STAKES: Final = (
    Key("order", "order", "Rank order of importance, most important first; `a = b` for a tie."),
    Key("weights", "row:weight", "Weights of the stakes instead of an order: numbers or ranges."),
    *PROVENANCE,
)
STAKE: Final = (
    Key("label", "text", "What people call it."),
    Key("given", "names", "The nodes that decide how good things are on this stake; inferred when absent."),
    Key("values", "rows:value", "How good, from 0 (worst) to 100 (best): by state, or by rules.", required=True),
    *PROVENANCE,
)
BELIEF: Final = (*TABLE, *PROVENANCE)
CORRELATION: Final = (
    Key("between", "names", "Two judgements, by their names.", required=True),
    Key("rank", "rank", "Their rank correlation (Spearman's), between -1 and 1.", required=True),
    *PROVENANCE,
)
REPORT: Final = (
    Key("id", "name", "Short name of the report.", required=True),
    Key("date", "date", "When it was reported."),
    Key("happened", "date", "When what it reports happened."),
    Key("claim", "text", "What it says, in the analyst's own words.", required=True),
    Key("source", "name", "Who reported it; one of `sources`."),
    Key("grade", "grade", "Grade of this report, where it differs from its source's."),
    Key("bears_on", "name", "The factor or choice it tells something about.", required=True),
    Key("likelihood", "row:chance", "How likely such a report is in each state, if the source reports truly."),
    Key("shows", "names", "The state that the report says holds, or several of which one does."),
    Key("believed", "row:chance", "No report, but what you hold after all evidence: the answer shall be this."),
    Key("certain", "true", "That the report is true beyond doubt, whatever its source's grade: a hard finding."),
    Key("anyway", "judgement:chance", "How readily the source would say so if it were not so: its motive."),
    Key("deceptive", "judgement:chance", "Chance that the source knows the truth and says the opposite."),
    Key(
        "origin",
        "text",
        "What it goes back to, or the `id` of the report that it repeats: one origin counts once.",
    ),
    Key("superseded_by", "name", "The later report that takes the place of this one, which then no longer counts."),
    *PROVENANCE,
)
WATCHED: Final = (
    Key("id", "name", "Short name of the report.", required=True),
    Key("claim", "text", "What it would say.", required=True),
    Key("bears_on", "name", "The factor or choice it would tell something about.", required=True),
    Key("likelihood", "row:chance", "How likely such a report is in each state, if the source reports truly."),
    Key("shows", "names", "The state that the report would say holds, or several of which one does."),
    Key("grade", "grade", "Grade of the source it would come from; without one it is as good as seen."),
    Key("anyway", "judgement:chance", "How readily the source would say so if it were not so: its motive."),
    Key("observable", "record:observable", "When and how readily such a report can be had."),
    *PROVENANCE,
)
RULE: Final = (
    Key("when", "condition", "States of nodes in which the rule holds."),
    Key("else", "true", "Holds where no earlier rule does."),
    Key("is", "judgement:value", "The value, in rules of a stake."),
    Key("otherwise", "row:influence", "In an influence: what shifts where its condition does not hold."),
    *PROVENANCE,
)
VALUE_RULE: Final = tuple(key for key in RULE if key.name != "otherwise")
LONG_JUDGEMENT: Final = (
    Key("is", "judgement", "The judgement itself.", required=True),
    *PROVENANCE,
)

RECORDS: Final = {
    "case": CASE,
    "question": QUESTION,
    "actor": ACTOR,
    "source": SOURCE,
    "factor": FACTOR,
    "numeric": NUMERIC,
    "function": FUNCTION,
    "addend": ADDEND,
    "choice": CHOICE,
    "option": OPTION,
    "available": AVAILABLE,
    "observable": OBSERVABLE,
    "stakes": STAKES,
    "stake": STAKE,
    "belief": BELIEF,
    "report": REPORT,
    "watched": WATCHED,
    "correlation": CORRELATION,
}
