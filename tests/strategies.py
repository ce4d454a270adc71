"""Random cases as texts in the case language, small enough for the slow solver.

Nodes are drawn one after the other, each of them influenced by or seeing earlier ones only; factors are then declared
in another order, so that indices and influence do not run alike. Not every text can be solved: choices may depend on
each other in a circle, and an event may turn out to be certain. `tests.solving.solvable` leaves those out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from hypothesis import strategies as st

from tests.options import option_texts

MAX_SITUATIONS = 600  # product of all numbers of states: what the slow solver takes in a few hundredths of a second
TWENTIETHS = 20  # plain chances are multiples of 0.05, so that rows sum to 1

WORDS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)
INFLUENCES = (
    "slightly more",
    "more",
    "strongly more",
    "slightly less",
    "less",
    "strongly less",
    "no change",
    "times 2..4",
    "-0.7",
    "the push",
)
# Judgements that are stated once; each stands in several places of a case, or in none.
NAMED = "judgements: {grip: 0.1..0.35, push: times 1.5..3, worth: 20..70, care: 2..30}"
PRECISIONS = ("the care", "erratic", "ordinary", "calculating", "0", "1.5", "8", "2..30", "about 10")
DATES = ("2022-03-01", "2022-03-10", "2022-03-20")
LETTERS = "ABCDEF"

Draw = st.DrawFn


@dataclass(frozen=True)
class Shape:
    """What a random case may hold."""

    min_factors: int = 0
    max_factors: int = 4
    max_choices: int = 3
    min_choices: int = 0
    max_situations: int = MAX_SITUATIONS
    behaviour: Literal["logit", "rational"] = "logit"
    beliefs: bool = True
    evidence: bool = True
    impossible: bool = False  # whether factors may have states of chance 0
    perfect_information: bool = False  # every choice sees everything before it, and every factor is given by anything
    single_actor: bool = False  # who forgets nothing
    together: bool = (
        False  # choices that stand in a circle are solved together, so that they may see anything before them
    )
    numbers_only: bool = False
    available: bool = False  # whether options may be open only in some situations
    functions: bool = False  # whether factors may be functions of many others
    soft_only: bool = False  # reports without source, so that they are plain likelihoods


@dataclass(frozen=True)
class Drawn:
    """A node drawn so far."""

    name: str
    kind: Literal["factor", "choice"]
    states: tuple[str, ...]
    above: tuple[str, ...] = ()  # what a choice sees
    actor: str = ""


@dataclass
class Draft:
    """A case in the making: texts by section."""

    shape: Shape
    nodes: list[Drawn] = field(default_factory=list)
    impossible: set[str] = field(default_factory=set)
    factors: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def node(self, name: str) -> Drawn:
        return next(node for node in self.nodes if node.name == name)

    @property
    def actors(self) -> list[str]:
        return sorted({node.actor for node in self.nodes if node.kind == "choice"})


@st.composite
def case_texts(draw: Draw, shape: Shape = Shape()) -> str:
    """Text of a random case of some shape."""
    draft = Draft(shape)
    n_choices = draw(st.integers(shape.min_choices, shape.max_choices))
    least = max(shape.min_factors, 0 if n_choices else 1)
    n_factors = draw(st.integers(least, shape.max_factors))
    situations = 1
    for kind in draw(st.permutations(["factor"] * n_factors + ["choice"] * n_choices)):
        n_states = draw(st.integers(2, 3))
        while n_states > 2 and situations * n_states > shape.max_situations:
            n_states -= 1
        if situations * n_states > shape.max_situations:
            break
        situations *= n_states
        (_draw_factor if kind == "factor" else _draw_choice)(draw, draft, n_states)
    return _text(draw, draft)


def _text(draw: Draw, draft: Draft) -> str:
    sections = [
        "melian: 1",
        "case: random",
        f"as_of: {draw(st.sampled_from(DATES))}" if draft.shape.evidence and draw(st.booleans()) else "",
        f"behaviour: {draft.shape.behaviour}",
        f"question:\n  event: {_event(draw, draft)}",
        _section("actors", [_actor(draw, draft, name) for name in draft.actors]),
        _sources(draw, draft) if draft.shape.evidence and not draft.shape.soft_only else "",
        "" if draft.shape.numbers_only else NAMED,
        _section("factors", draw(st.permutations(draft.factors))),
        _section("choices", draft.choices),
        _section("stakes", [_stakes(draw, draft, actor) for actor in draft.actors if draw(st.integers(0, 9)) > 0]),
        _section("beliefs", _beliefs(draw, draft)),
        _section("evidence", _evidence(draw, draft)),
    ]
    return "\n".join(section for section in sections if section) + "\n"


def _section(name: str, records: Sequence[str]) -> str:
    return "\n  ".join([f"{name}:", *records]) if records else ""


# Nodes


def _subset(draw: Draw, names: Sequence[str], most: int) -> tuple[str, ...]:
    if not names:
        return ()
    return tuple(draw(st.lists(st.sampled_from(list(names)), unique=True, max_size=most)))


def _draw_factor(draw: Draw, draft: Draft, n_states: int) -> None:
    name, states = f"f{len(draft.factors)}", tuple(f"x{state}" for state in range(n_states))
    if draft.shape.functions and len(draft.nodes) > 1 and draw(st.integers(0, 2)) > 0:
        draft.factors.append(f"{name}: {{states: [{', '.join(states)}], function: {_function(draw, draft, states)}}}")
        draft.nodes.append(Drawn(name, "factor", states))
        draft.impossible.add(name)
        return
    above = _subset(draw, [node.name for node in draft.nodes], 3 if draft.shape.perfect_information else 2)
    zeros = draft.shape.impossible and draw(st.booleans())
    table = _table(draw, draft, states, above, zeros=zeros)
    if zeros:
        draft.impossible.add(name)
    draft.factors.append(f"{name}: {{states: [{', '.join(states)}], {table}}}")
    draft.nodes.append(Drawn(name, "factor", states))


def _draw_choice(draw: Draw, draft: Draft, n_states: int) -> None:
    name, states = f"c{len(draft.choices)}", tuple(f"o{state}" for state in range(n_states))
    actor = "a0" if draft.shape.single_actor else draw(st.sampled_from(["a0", "a1", "a2"]))
    sees = _sees(draw, draft, actor)
    options: Sequence[str] = states
    if draft.shape.available and sees:
        options = draw(option_texts(states, {n: draft.node(n).states for n in sees}, lambda: _when(draw, draft, sees)))
    draft.choices.append(f"{name}: {{actor: {actor}, options: [{', '.join(options)}], sees: [{', '.join(sees)}]}}")
    draft.nodes.append(Drawn(name, "choice", states, sees, actor))


def _sees(draw: Draw, draft: Draft, actor: str) -> tuple[str, ...]:
    """What a choice sees: all, anything, or (most of the time) what keeps the relevance graph without circles."""
    before = [node.name for node in draft.nodes]
    if draft.shape.perfect_information:
        return tuple(before)
    seen = set(_subset(draw, before, 1 if draft.shape.together else 3))
    if draft.shape.single_actor or (not draft.shape.together and draw(st.integers(0, 3)) > 0):
        for earlier in draft.nodes:
            if earlier.kind == "choice" and (earlier.actor == actor or not draft.shape.single_actor):
                seen |= {earlier.name, *earlier.above}
    return tuple(draw(st.permutations(sorted(seen))))


# Tables


def _table(draw: Draw, draft: Draft, states: Sequence[str], above: Sequence[str], *, zeros: bool) -> str:
    given = f"given: [{', '.join(above)}], "
    if above and not zeros and not draft.shape.numbers_only and draw(st.booleans()):
        return given + _influences(draw, draft, states, above)
    rules = []
    for _ in range(draw(st.integers(1, 3)) if above else 0):
        rules.append(f"{{when: {_when(draw, draft, above)}, {_row(draw, draft, states, zeros=zeros)}}}")
    if not rules:
        return f"{given}chances: {{{_row(draw, draft, states, zeros=zeros)}}}"
    return f"{given}chances: [{', '.join(rules)}, {{else: true, {_row(draw, draft, states, zeros=zeros)}}}]"


def _function(draw: Draw, draft: Draft, states: Sequence[str]) -> str:
    """Text of a random function of two to six nodes, or of fewer where there are fewer."""
    names = draw(st.permutations([node.name for node in draft.nodes]))[:6]
    comparable = [name for name in names if set(draft.node(name).states) <= {*states}]
    kinds = ["sum", "vote", "noisy_max", "noisy_min"]
    kinds += ["noisy_or", "noisy_and", "any", "all"] if len(states) == 2 else []
    kind = draw(st.sampled_from(kinds + (["max", "min"] if comparable else [])))
    if kind in ("max", "min"):
        return f"{{{kind}: [{', '.join(comparable)}]}}"
    if kind in ("any", "all"):
        conditions = ", ".join(f"{{{_test(draw, draft.node(name))}}}" for name in names)
        return f"{{{kind}: [{conditions}], then: {draw(st.sampled_from(states))}}}"
    if kind == "vote":
        bound = draw(st.sampled_from(["more than half", "at least 2/3", "at least 50 %", "at most 1.5", "exactly 2"]))
        says = draw(st.sampled_from(["x0", "x1"]))  # of factors; choices have options of other names
        voters = [name for name in names if says in draft.node(name).states]
        if not voters:
            return f"{{sum: [{_addends(draw, draft, names)}], then: {{{_steps(draw, states)}}}}}"
        weights = ", ".join(f"{name}: {draw(st.sampled_from(['1', '2', '3', '0.5']))}" for name in voters)
        then = f"{states[0]}: {bound}" + "".join(f", {state}: less than 1" for state in states[2:])
        return f"{{vote: {{{weights}}}, says: {says}, then: {{{then}}}}}"
    if kind == "sum":
        return f"{{sum: [{_addends(draw, draft, names)}], then: {{{_steps(draw, states)}}}}}"
    return f"{{{kind}: [{_causes(draw, draft, names, states, kind)}]{_leak(draw, draft, states, kind)}}}"


def _addends(draw: Draw, draft: Draft, names: Sequence[str]) -> str:
    amounts = st.sampled_from(["1", "2", "5", "-1", "-2.5", "0.25"])
    return ", ".join(f"{{when: {{{_test(draw, draft.node(name))}}}, add: {draw(amounts)}}}" for name in names)


def _steps(draw: Draw, states: Sequence[str]) -> str:
    bounds = st.sampled_from(["more than 2", "at least 1", "less than 0", "at most 0.25", "exactly 1"])
    return ", ".join(f"{state}: {draw(bounds)}" for state in states[1:])


def _causes(draw: Draw, draft: Draft, names: Sequence[str], states: Sequence[str], kind: str) -> str:
    def row() -> str:
        if kind in ("noisy_or", "noisy_and"):
            return f"{states[0]}: {_chance(draw, draft)}"
        return _row(draw, draft, states, zeros=False)

    causes = []
    for name in names:
        beside = draw(st.sampled_from(names))
        tests = dict.fromkeys((name, beside) if draw(st.integers(0, 3)) == 0 else (name,))
        when = ", ".join(_test(draw, draft.node(one)) for one in tests)
        otherwise = f", otherwise: {{{row()}}}" if draw(st.integers(0, 3)) == 0 else ""
        causes.append(f"{{when: {{{when}}}, {row()}{otherwise}}}")
    return ", ".join(causes)


def _leak(draw: Draw, draft: Draft, states: Sequence[str], kind: str) -> str:
    if draw(st.booleans()):
        return ""
    if kind in ("noisy_or", "noisy_and"):
        return f", leak: {{{states[0]}: {_chance(draw, draft)}}}"
    return f", leak: {{{_row(draw, draft, states, zeros=False)}}}"


def _influences(draw: Draw, draft: Draft, states: Sequence[str], above: Sequence[str]) -> str:
    shifts = [
        f"{{when: {_when(draw, draft, above)}, {_shift(draw, states)}{_otherwise(draw, states)}}}"
        for _ in range(draw(st.integers(1, 3)))
    ]
    return f"base: {{{_row(draw, draft, states, zeros=False)}}}, influences: [{', '.join(shifts)}]"


def _shift(draw: Draw, states: Sequence[str]) -> str:
    return f"{draw(st.sampled_from(states))}: {draw(st.sampled_from(INFLUENCES))}"


def _otherwise(draw: Draw, states: Sequence[str]) -> str:
    return f", otherwise: {{{_shift(draw, states)}}}" if draw(st.booleans()) else ""


def _when(draw: Draw, draft: Draft, names: Sequence[str]) -> str:
    tested = draw(st.lists(st.sampled_from(list(names)), unique=True, min_size=1, max_size=2))
    return "{" + ", ".join(_test(draw, draft.node(name)) for name in tested) + "}"


def _test(draw: Draw, node: Drawn) -> str:
    states = draw(st.lists(st.sampled_from(node.states), unique=True, min_size=1, max_size=len(node.states) - 1))
    return f"{node.name}: {states[0]}" if len(states) == 1 else f"{node.name}: [{', '.join(states)}]"


def _row(draw: Draw, draft: Draft, states: Sequence[str], *, zeros: bool) -> str:
    """Chances of states: plain numbers, ranges around plain numbers, or one judgement that leaves the rest open."""
    numbers = _shares(draw, len(states), least=0 if zeros else 1)
    form = "numbers" if zeros or draft.shape.numbers_only else draw(st.sampled_from(["numbers", "ranges", "one"]))
    if form == "numbers":
        return ", ".join(f"{state}: {number:g}" for state, number in zip(states, numbers, strict=True))
    if form == "ranges":
        return ", ".join(
            f"{s}: {max(n - 0.1, 0.01):g}..{min(n + 0.1, 0.99):g}" for s, n in zip(states, numbers, strict=True)
        )
    if len(states) > 2 and draw(st.booleans()):
        beside = draw(st.sampled_from(["0.1..0.5", "0.2", "unlikely", "the grip"]))
        return f"{states[0]}: the grip, {states[1]}: {beside}"
    return f"{draw(st.sampled_from(states))}: {_chance(draw, draft)}"


def _shares(draw: Draw, n_states: int, *, least: int) -> list[float]:
    """Multiples of 0.05 that sum to 1, each at least so many of them."""
    free = TWENTIETHS - n_states * least
    cuts = sorted(draw(st.lists(st.integers(0, free), min_size=n_states - 1, max_size=n_states - 1)))
    parts = [high - low + least for low, high in zip([0, *cuts], [*cuts, free], strict=True)]
    return [part / TWENTIETHS for part in parts]


def _number(draw: Draw) -> str:
    return f"{draw(st.integers(1, TWENTIETHS - 1)) / TWENTIETHS:g}"


def _chance(draw: Draw, draft: Draft) -> str:
    number = _number(draw)
    if draft.shape.numbers_only:
        return number
    low = draw(st.integers(1, 10)) / TWENTIETHS
    forms = [number, f"about {number}", f"{low:g}..{low + 0.3:g}", *draw(st.permutations(WORDS))[:2], '"beta(2, 5)"']
    forms.append("the grip")
    return draw(st.sampled_from(forms))


# Actors


def _actor(draw: Draw, draft: Draft, name: str) -> str:
    precision = f"{draw(st.integers(1, 160)) / 4:g}" if draft.shape.numbers_only else draw(st.sampled_from(PRECISIONS))
    return f"{name}: {{precision: {precision}}}"


def _stakes(draw: Draw, draft: Draft, actor: str) -> str:
    names = [f"v{index}" for index in range(draw(st.integers(1, 3)))]
    stakes = [f"{name}: {_stake(draw, draft)}" for name in names]
    return f"{actor}: {{{', '.join([*_weights(draw, draft, names), *stakes])}}}"


def _weights(draw: Draw, draft: Draft, names: Sequence[str]) -> list[str]:
    form = "numbers" if draft.shape.numbers_only else draw(st.sampled_from(["order", "numbers", "range", "open"]))
    if form == "numbers":
        shares = _shares(draw, len(names), least=1)
        return ["weights: {" + ", ".join(f"{n}: {share:g}" for n, share in zip(names, shares, strict=True)) + "}"]
    if form == "order":
        ranked = draw(st.permutations(names))
        tied = len(ranked) > 1 and draw(st.booleans())
        return [f"order: [{', '.join([' = '.join(ranked[:2]), *ranked[2:]] if tied else ranked)}]"]
    if form == "range" and len(names) > 1:
        return [f"weights: {{{draw(st.sampled_from(names))}: 0.3..0.6}}"]
    return []


def _stake(draw: Draw, draft: Draft) -> str:
    most, n_rules = (4, 5) if draft.shape.perfect_information else (3, 3)
    names = [node.name for node in draft.nodes]
    given = draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=most))
    if draft.shape.together:
        chosen = [node.name for node in draft.nodes if node.kind == "choice"]
        given = list(dict.fromkeys([*given[:1], *draw(st.permutations(chosen))[:2]]))
    rules = [
        f"{{when: {_when(draw, draft, given)}, is: {_value(draw, draft)}}}"
        for _ in range(draw(st.integers(1, n_rules)))
    ]
    return f"{{given: [{', '.join(given)}], values: [{', '.join(rules)}, {{else: true, is: {_value(draw, draft)}}}]}}"


def _value(draw: Draw, draft: Draft) -> str:
    number = draw(st.integers(0, 100))
    if draft.shape.numbers_only:
        return str(number)
    forms = [
        str(number),
        f"{number // 2}..{number // 2 + 30}",
        f"about {min(max(number, 5), 95)}",
        '"triangular(10, 20, 90)"',
        "the worth",
    ]
    return draw(st.sampled_from(forms))


def _beliefs(draw: Draw, draft: Draft) -> list[str]:
    """Beliefs on factors that nothing is impossible in, given by what they are given by or by less."""
    factors = [node for node in draft.nodes if node.kind == "factor" and node.name not in draft.impossible]
    if not draft.shape.beliefs or not factors:
        return []
    found = []
    for actor in draft.actors:
        if draw(st.booleans()):
            factor = draw(st.sampled_from(factors))
            before = [node.name for node in draft.nodes[: draft.nodes.index(factor)]]
            table = _table(draw, draft, factor.states, _subset(draw, before, 2), zeros=False)
            found.append(f"{actor}: {{{factor.name}: {{{table}}}}}")
    return found


# The analyst


def _event(draw: Draw, draft: Draft) -> str:
    names = [node.name for node in draft.nodes]
    form = draw(st.sampled_from(["tests", "tests", "any", "all"]))
    if form == "tests":
        return _when(draw, draft, names)
    inner = draw(st.sampled_from(["", "any", "all"]))
    parts = [_when(draw, draft, names) for _ in range(2)]
    nested = f", {{{inner}: [{_when(draw, draft, names)}, {_when(draw, draft, names)}]}}" if inner else ""
    return f"{{{form}: [{', '.join(parts)}{nested}]}}"


def _sources(draw: Draw, draft: Draft) -> str:
    """One graded source, and one of which nothing is said or how it misleads."""
    manner = draw(st.sampled_from(["", "", f"anyway: {_chance(draw, draft)}", f"deceptive: {_chance(draw, draft)}"]))
    return f"sources:\n  s0: {{grade: B2}}\n  s1: {{{manner}}}"


def _evidence(draw: Draw, draft: Draft) -> list[str]:
    """Reports, the latest first, so that a report may be replaced by one before it."""
    if not draft.shape.evidence:
        return []
    n_reports = draw(st.integers(0, 4))
    dates = sorted(draw(st.lists(st.sampled_from(DATES), min_size=n_reports, max_size=n_reports)), reverse=True)
    return [_report(draw, draft, index, date) for index, date in enumerate(dates)]


def _report(draw: Draw, draft: Draft, index: int, date: str) -> str:
    node = draft.node(draw(st.sampled_from([node.name for node in draft.nodes])))
    parts = [f"id: r{index}", f"date: {date}", "claim: said", f"bears_on: {node.name}"]
    shows = draw(st.integers(0, 3)) == 0
    parts.append(
        f"shows: {draw(st.sampled_from(node.states))}" if shows else f"likelihood: {_likelihood(draw, draft, node)}"
    )
    if not draft.shape.soft_only:
        parts += draw(
            st.sampled_from([[], ["source: s0"], ["source: s1"], [f"grade: {draw(st.sampled_from(LETTERS))}3"]])
        )
        parts += draw(st.sampled_from([[], [], [f"anyway: {_chance(draw, draft)}"]]))
        parts += draw(st.sampled_from([[], ["origin: one"], ["origin: two"]]))
        parts += draw(st.sampled_from([[], [], [f"deceptive: {_chance(draw, draft)}"]]))
        if not any(part.startswith(("grade", "anyway", "deceptive")) for part in parts):
            parts += draw(st.sampled_from([[], [], ["certain: true"]]))
    if index:
        parts += draw(st.sampled_from([[], [], [f"superseded_by: r{index - 1}"]]))
    return f"- {{{', '.join(parts)}}}"


def _likelihood(draw: Draw, draft: Draft, node: Drawn) -> str:
    named = draw(st.lists(st.sampled_from(node.states), unique=True, min_size=1, max_size=len(node.states)))
    parts = [f"{state}: {_chance(draw, draft)}" for state in named]
    if len(named) < len(node.states):
        parts.append(f"others: {_chance(draw, draft)}")
    return "{" + ", ".join(parts) + "}"
