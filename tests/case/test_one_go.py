"""All mistakes are reported in one go, each once, and none raises follow-ups."""

from collections import Counter

from tests.reading import codes, errors, examined

MISTAKES = """\
melian: 1
case: straits
as_of: 24 March 2022
title: Many mistakes in one file
question:
  event: {strait: shut}
  outcome: maybe
actors:
  navy: {precision: ordinry}
  crown: {}
sources:
  radio: {grade: Z9}
factors:
  storm:
    states: [none, strong]
    chances: {strong: likley}
  mood:
    states: [low, high]
    chances:
      - {when: {strom: strong}, low: 0.7..0.3}
      - {else: true, low: 0.1}
  army:
    states: [holds, breaks]
    base: {breaks: 0.1}
    influnces: [{when: {mood: low}, breaks: more}]
  port:
    states: [busy, half busy, idle]
    chances: {busy: likely}
choices:
  strait: {actor: nave, options: [open, closed], sees: [storm, army, port]}
  demand: {actor: crown}
stakes:
  navy:
    oder: [gain, ease]
    gain: {given: [strait], values: {open: 0, closed: 200}}
    ease: {given: [strait, demand], values: {open: 100, closed: 0}}
  crown:
    order: [glory]
    glory: {given: [demand], values: {asks: 0, insists: 100}}
beliefs:
  navy: {storm: {strong: 1.5}}
evidence:
  - id: one
    date: 2022-03-20
    claim: so
    source: radio
    bears_on: strait
    likelihood: {closed: likely}
  - id: two
    claim: so
    bears_on: port
"""
EXPECTED = {
    3: "bad-date",
    6: "unknown-name",
    7: "unknown-word",
    9: "bad-judgement",
    12: "bad-grade",
    16: "bad-judgement",
    20: "unknown-name reversed-range",
    25: "unknown-key",
    27: "bad-name",
    30: "unknown-name",
    31: "missing-key",
    34: "unknown-key",
    35: "out-of-bounds",
    36: "values-need-given",
    41: "out-of-bounds",
    48: "incomplete-likelihood",
    49: "wrong-report",
}


def test_each_mistake_is_reported_once_on_its_line() -> None:
    found: dict[int, list[str]] = {}
    for one in sorted(examined(MISTAKES), key=lambda one: one.primary.span.start):
        if one.severity == "error":
            found.setdefault(one.primary.span.line, []).append(one.code)
    assert {line: " ".join(said) for line, said in found.items()} == EXPECTED


def test_warnings_of_what_plays_no_part_wait_until_all_is_understood() -> None:
    assert {one.code for one in examined(MISTAKES) if one.severity != "error"} <= {"ungraded-report", "undated-report"}


CASE = """\
melian: 1
case: strait
question: {event: {strait: closed}}
actors: {navy: {}}
factors:
  storm: {states: [none, strong], chances: {strong: unlikely}}
  port: {states: [busy, idle], chances: [{when: {storm: strong}, idle: likely}, {else: true, idle: unlikely}]}
choices:
  strait: {actor: navy, options: [open, closed], sees: [port]}
stakes:
  navy:
    order: [gain, ease]
    gain: {given: [strait], values: {open: 0, closed: 100}}
    ease: {given: [port], values: {busy: 100, idle: 0}}
evidence:
  - {id: one, date: 2022-03-20, claim: so, bears_on: port, likelihood: {idle: likely, others: unlikely}}
"""


RULE = "{when: {storm: strong}, idle: likely}"
LIKELIHOOD = "likelihood: {idle: likely, others: unlikely}"
STATES = "[none, strong], chances: {strong: unlikely}"


def slip(old: str, new: str) -> list[str]:
    assert CASE.count(old) == 1, old
    return errors(CASE.replace(old, new))


def test_one_slip_is_one_error() -> None:
    slips = {
        # A section, a record or a name that many others refer to.
        ("factors:\n", "factrs:\n"): ["unknown-key"],
        ("choices:\n", "choises:\n"): ["unknown-key"],
        ("  storm: {states: [none, strong], chances: {strong: unlikely}}", "  storm: strong"): ["wrong-shape"],
        ("states: [none, strong]", "states: [none, very strong]"): ["bad-name"],
        ("states: [none, strong]", "states: [strong]"): ["too-few-states"],
        ("states: [none, strong]", "state: [none, strong]"): ["unknown-key"],
        (STATES, "[none, strong], chances: {strong: unlikly}"): ["bad-judgement"],
        (STATES, "[none, strong]"): ["wrong-table"],
        ("actor: navy, options", "options"): ["missing-key"],
        ("actor: navy, options", "acter: navy, options"): ["unknown-key"],
        ("options: [open, closed]", "options: open"): ["too-few-states"],
        ("sees: [port]", "sees: {port}"): ["wrong-shape"],
        # A rule that cannot be read, which would otherwise leave combinations uncovered.
        (RULE, "{whn: {storm: strong}, idle: likely}"): ["unknown-key"],
        (RULE, "{idle: likely}"): ["rule-without-when"],
        (RULE, "{when: storm, idle: likely}"): ["wrong-shape"],
        ("{else: true, idle: unlikely}", "{else: no, idle: unlikely}"): ["unknown-word"],
        ("{else: true, idle: unlikely}", "otherwise"): ["wrong-shape"],
        ("{else: true, idle: unlikely}", "{else: true}"): ["empty-row"],
        # A stake that cannot be read, which the order names.
        ("order: [gain, ease]", "order: [gain, eas]"): ["unknown-name"],
        ("order: [gain, ease]", "order: [gain, 'ea se']"): ["bad-name"],
        ("{open: 0, closed: 100}", "{open: nil, closed: 100}"): ["bad-judgement"],
        ("gain: {given: [strait], values: {open: 0, closed: 100}}", "gain: high"): ["wrong-shape"],
        ("gain: {given: [strait], values:", "gain: {given: [strait], valeus:"): ["unknown-key"],
        # The question.
        ("question: {event: {strait: closed}}", "question: {event: closed}"): ["wrong-shape"],
        ("question: {event: {strait: closed}}", "question: {evnt: {strait: closed}}"): ["unknown-key"],
        ("question: {event: {strait: closed}}\n", ""): ["missing-key"],
        # A report.
        (LIKELIHOOD, "likelihood: likely"): ["wrong-shape"],
        (LIKELIHOOD, "likelihood: {}"): ["empty-row"],
        (LIKELIHOOD, "likelihood: {idle: likly, busy: unlikely}"): ["bad-judgement"],
        ("id: one, ", ""): ["missing-key"],
        ("bears_on: port, ", ""): ["missing-key"],
    }
    wrong = {change: found for change, expected in slips.items() if (found := slip(*change)) != expected}
    assert wrong == {}


def test_many_mistakes_of_one_kind_are_all_there() -> None:
    lines = "".join(f"  f{n}: {{states: [a, b], chances: {{a: wrong}}}}\n" for n in range(40))
    text = f"melian: 1\ncase: many\nquestion: {{event: {{f0: a}}}}\nfactors:\n{lines}"
    assert Counter(codes(text)) == {"bad-judgement": 40}
