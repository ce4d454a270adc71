"""Kinds of play that a case can describe, each solved one choice at a time and together, against Gambit's solver.

Mixed precision, chance moves between choices, several choices of one actor who remembers or forgets, and what only its
owner knows: random cases hold all of these somewhere; here each stands for itself, in the order in which it is solved.
"""

from dataclasses import dataclass

import pytest

from melian.plan.make import make_plan
from tests.oracle.game import gambit_rules
from tests.oracle.test_exact import rule_of
from tests.solving import model_of, theta_of, worlds_of

SAME = 1e-5  # Gambit follows the branch with a corrector tolerance of about 1e-6 of its own measure
AT = 1e-7  # Gambit stops within 1e-8 of the precision that it is asked for
PRECISION = 4.0

CHANCE = "noise: {states: [x, y], given: [a], chances: [{when: {a: o0}, x: 0.8}, {else: true, x: 0.3}]}"
KIND = "kind: {states: [x, y], chances: {x: 0.35}}"


@dataclass(frozen=True)
class Play:
    """Choices `a`, `b` and perhaps `c` of actors `one` and `two`, by what each sees.

    Attributes
    ----------
    sees : by choice, what it sees.
    owners : actor of each choice, in order.
    factor : the one factor, if any.
    together : choices that have to be solved together.
    """

    sees: dict[str, str]
    together: tuple[str, ...]
    owners: tuple[str, ...] = ("one", "two", "one")
    factor: str = ""
    closed: str = ""  # condition under which the second option of the last choice is open
    precision: tuple[float, float] = (PRECISION, PRECISION)

    def text(self) -> str:
        """The case."""
        names = list(self.sees)
        weighed = [*names, *([self.factor.partition(":")[0]] if self.factor else [])]
        lines = ["melian: 1", "case: play", "question: {event: {a: o0}}"]
        lines.append(f"actors: {{one: {{precision: {self.precision[0]}}}, two: {{precision: {self.precision[1]}}}}}")
        if self.factor:
            lines += ["factors:", f"  {self.factor}"]
        lines.append("choices:")
        for owner, (name, seen) in zip(self.owners, self.sees.items(), strict=False):
            second = f"{{o1: {{available: {{when: {self.closed}}}}}}}" if self.closed and name == names[-1] else "o1"
            lines.append(f"  {name}: {{actor: {owner}, options: [o0, {second}, o2], sees: [{seen}]}}")
        lines.append("stakes:")
        for actor, turn in (("one", 0), ("two", 1)):
            lines.append(f"  {actor}: {{s: {{given: [{', '.join(weighed)}], values: [{_values(weighed, turn)}]}}}}")
        return "\n".join(lines) + "\n"


def _values(weighed: list[str], turn: int) -> str:
    """Values that make every move matter to both, and differently."""
    first, second, last = weighed[0], weighed[1], weighed[-1]
    third = "x" if last in ("noise", "kind") else "o0"
    also = "" if last == second else f", {last}: {third}"
    rules = [
        f"{{when: {{{first}: o0, {second}: o{turn}}}, is: {90 - 30 * turn}}}",
        f"{{when: {{{second}: o1{also}}}, is: {20 + 80 * turn}}}",
        f"{{when: {{{first}: o{1 + turn}}}, is: {55 - 15 * turn}}}",
        f"{{when: {{{last}: {third}}}, is: {10 + 25 * turn}}}",
    ]
    return ", ".join([*rules, "{else: true, is: 0}"])


PLAYS = {
    "mixed-precision": Play({"a": "", "b": "a"}, (), precision=(1.5, 9.0)),
    "mixed-precision-at-once": Play({"a": "", "b": ""}, ("a", "b"), precision=(9.0, 3.0)),
    "chance-between": Play({"a": "", "b": "a, noise"}, (), factor=CHANCE),
    "chance-between-that-hides": Play({"a": "", "b": "noise"}, ("a", "b"), factor=CHANCE),
    "remembers": Play({"a": "", "b": "a", "c": "a, b"}, ()),
    "remembers-and-moves-at-once": Play({"a": "", "b": "a", "c": "a"}, ("b", "c")),
    "forgets-what-it-did": Play({"a": "", "b": "a", "c": "b"}, ("a", "b", "c")),
    "knows-its-kind-and-moves-last": Play({"a": "", "b": "a, kind"}, (), factor=KIND),
    "knows-its-kind-and-is-read": Play({"a": "kind", "b": "a"}, ("a", "b"), factor=KIND),
    "knows-its-kind-at-once": Play({"a": "kind", "b": ""}, ("a", "b"), factor=KIND),
    "closed-by-what-was-done": Play({"a": "", "b": "a"}, (), closed="{a: [o0, o1]}"),
    "closed-by-a-hidden-kind": Play({"b": "", "a": "kind"}, ("a", "b"), ("two", "one"), KIND, closed="{kind: x}"),
    "closed-and-read": Play({"a": "", "b": "a", "c": "b"}, ("a", "b", "c"), closed="{b: [o0, o2]}"),
}


@pytest.mark.parametrize("play", PLAYS.values(), ids=PLAYS)
def test_its_logit_play_is_gambits(play: Play) -> None:
    model = model_of(play.text())
    plan = make_plan(model)
    assert plan.together == ((tuple(sorted(model.index_of(name) for name in play.together)),) if play.together else ())
    worlds = worlds_of(model)
    assert not worlds.unsettled[0]
    expected, reached = gambit_rules(model, theta_of(model)[:, 0], PRECISION)
    assert reached == pytest.approx(PRECISION, abs=AT)
    for choice, rule in expected.items():
        ours = rule_of(model, worlds, choice)
        for situation, options in rule.items():
            assert ours[situation] == pytest.approx(options, abs=SAME)


@pytest.mark.parametrize("play", PLAYS.values(), ids=PLAYS)
def test_every_choice_does_something(play: Play) -> None:
    """Else agreement would show nothing: no rule is even."""
    model = model_of(play.text())
    worlds = worlds_of(model)
    for decision in model.decisions:
        rules = rule_of(model, worlds, decision.variable).values()
        assert any(max(rule) - min(rule) > 0.02 for rule in rules)
