"""Codes of reports and their sources."""

from typing import Final

from melian.case.codes.examples import HEAD, STRAIT
from melian.source.codes import Code

_CASE: Final = HEAD + STRAIT + "sources: {harbour: {title: Notices of the harbour, grade: B2}}\n"
_REPORT: Final = (
    "evidence:\n"
    "  - id: notice\n"
    "    date: 2022-03-20\n"
    "    claim: Pilots were called back.\n"
    "    source: harbour\n"
    "    bears_on: strait\n"
    "    likelihood: {closed: likely, open: unlikely}\n"
)
_GOOD: Final = _CASE + _REPORT
_NOTICE: Final = _REPORT.removeprefix("evidence:\n").replace("2022-03-20", "2022-03-21")
_SECOND: Final = (
    _REPORT.removeprefix("evidence:\n").replace("notice", "again").replace("called back", "all called back")
)
_OTHER: Final = (
    "  - {{id: sign{}, date: 2022-03-1{}, claim: Another sign., source: harbour, bears_on: strait, "
    "likelihood: {{closed: likely, open: unlikely}}}}\n"
)

_HUNCH: Final = "evidence:\n  - {id: hunch, claim: It will be shut., bears_on: strait, "

EVIDENCE: Final = (
    Code(
        "wrong-believed",
        "error",
        "what is believed is no single chance, or is said like a report",
        "`believed` is what you hold after all evidence: the answer shall be this, whatever the reports say. So it is "
        "one number for a state, said once of a node, and has no source, grade or origin. What a source said is a "
        "report.",
        HEAD + STRAIT + _HUNCH + "grade: B2, believed: {closed: 70 %}}\n",
        HEAD + STRAIT + _HUNCH + "believed: {closed: 70 %}}\n",
    ),
    Code(
        "wrong-report",
        "error",
        "a report says neither how likely it is nor what it shows nor what is believed, or two of them",
        "`likelihood` says how likely such a report would be in each state; `shows` names the state that it says "
        "holds, or several. What you hold yourself after all evidence is `believed`. One of the three is needed.",
        _GOOD + "    shows: closed\n",
        _GOOD,
    ),
    Code(
        "incomplete-likelihood",
        "error",
        "a report does not say how likely it would be in every state",
        "Evidence tells states apart, so each needs its likelihood. `others:` speaks for all that are not named.",
        _GOOD.replace("{closed: likely, open: unlikely}", "{closed: likely}"),
        _GOOD.replace("{closed: likely, open: unlikely}", "{closed: likely, others: unlikely}"),
    ),
    Code(
        "flat-evidence",
        "warning",
        "a report is equally likely in every state",
        "Such a report distinguishes nothing and moves nothing. If it seemed worth writing down, in which state would "
        "it have been more likely?",
        _GOOD.replace("open: unlikely", "open: likely"),
        _GOOD,
    ),
    Code(
        "like-reports",
        "warning",
        "two reports look like one piece of news told twice",
        "One event that two reporters write about is one piece of evidence, and counting it twice makes an answer look "
        "firmer than it is. Reports that bear on the same thing and are much alike in words, or share source, date "
        "and day, are likely to be one. An `origin:` that both share counts them once; an `origin:` of its own for "
        "each says that you have looked and that they are independent.",
        _GOOD + _SECOND,
        _GOOD + "    origin: pilots\n" + _SECOND + "    origin: pilots\n",
    ),
    Code(
        "one-sided-evidence",
        "info",
        "all reports on what is asked speak for the same answer",
        "That may well be so. It is also what one sees after looking only for what one expects. Ask what should be "
        "seen if it were otherwise, whether anyone has looked, and whether that nothing was seen is a report too.",
        _GOOD + "".join(_OTHER.format(number, number) for number in range(1, 4)),
        _GOOD + "".join(_OTHER.format(number, number) for number in range(1, 3)),
    ),
    Code(
        "impossible-evidence",
        "error",
        "reports exclude each other, so that no state is left",
        "Reports that are certainly true and show different states, or that are impossible in every state, fit no "
        "world. Sources err, and a graded source says so; a chance of 0 says that nothing ever could.",
        _GOOD.replace("    source: harbour\n", "").replace("{closed: likely, open: unlikely}", "{closed: 0, open: 0}"),
        _GOOD.replace("{closed: likely, open: unlikely}", "{closed: likely, open: 0}"),
    ),
    Code(
        "misplaced-date",
        "warning",
        "dates stand in the wrong order",
        "A report cannot be older than what it reports, and a question that ends before the day of the forecast leaves "
        "nothing to forecast. Most often one of the two dates is mistyped.",
        _GOOD + "    happened: 2023-03-19\n",
        _GOOD + "    happened: 2022-03-19\n",
    ),
    Code(
        "late-evidence",
        "info",
        "a report is dated after the day of the forecast",
        "A forecast knows nothing of what came later, so the report is left out. Without that, hindsight would look "
        "like skill.",
        _GOOD + "as_of: 2022-03-01\n",
        _GOOD + "as_of: 2022-03-24\n",
    ),
    Code(
        "certain-yet-doubted",
        "error",
        "a report is certain, and yet it is said how far to trust it",
        "`certain: true` says that the report is true whatever its source. A grade, a motive or a chance of deception "
        "beside it says the opposite, and only you know which holds.",
        _GOOD + "    certain: true\n    anyway: unlikely\n",
        _GOOD + "    certain: true\n",
    ),
    Code(
        "superseded-report",
        "info",
        "a later report has taken the place of a report",
        "What is known better since is counted once, by the later report. As of a day before that one, the earlier "
        "report still counts.",
        _GOOD.replace("- id: notice", "- id: rumour") + "    superseded_by: notice\n" + _NOTICE,
        _GOOD,
    ),
    Code(
        "wrong-supersession",
        "error",
        "a report is replaced by itself, in a circle, or by an older one",
        "`superseded_by` names the later report that is known better. If two name each other none would count, and an "
        "older report cannot correct a newer one; most often the key stands in the wrong report.",
        _GOOD + "    superseded_by: notice\n",
        _GOOD,
    ),
    Code(
        "undated-report",
        "warning",
        "a report has no date",
        "It cannot be told whether a forecast may know it, so it always counts.",
        _GOOD.replace("    date: 2022-03-20\n", ""),
        _GOOD,
    ),
    Code(
        "ungraded-report",
        "warning",
        "nothing says how far a report's source is to be trusted",
        "Without a source a report counts as certainly true; with a source that has no grade its reliability counts as "
        "unknown (F). Both are seldom what is meant.",
        _GOOD.replace(", grade: B2", ""),
        _GOOD,
    ),
    Code(
        "bad-grade",
        "error",
        "a grade is no Admiralty grade",
        "A letter A to F says how reliable the source is, a digit 1 to 6 how credible the information; F and 6 stand "
        "for what cannot be judged.",
        _GOOD.replace("grade: B2", "grade: B7"),
        _GOOD,
    ),
    Code(
        "unused-source",
        "warning",
        "no report cites a source",
        "Perhaps a report was meant to and left out.",
        _GOOD.replace("sources: {", "sources: {radio: {title: Radio traffic, grade: C3}, "),
        _GOOD,
    ),
)
