"""The exceptions carry what a program needs and print what a person needs."""

import pickle

from melian.errors import AskError, CaseError, MelianError, PlanError
from melian.source.diagnostic import error
from melian.source.text import Source, Span

SPAN = Span(Source("c", "a: 1\n"), 0, 1)


def test_a_case_error_shows_every_diagnostic() -> None:
    found = [error("e", "first", SPAN), error("e", "second", SPAN)]
    problem = CaseError(found)
    assert problem.diagnostics == tuple(found)
    assert str(problem) == f"\n{found[0]}\n{found[1]}"


def test_a_case_error_stops_counting_out_at_twenty() -> None:
    assert str(CaseError([error("e", "h", SPAN)] * 25)).endswith("\n... and 5 more")


def test_messages_come_with_notes() -> None:
    assert str(PlanError("too large", ["leave out `a`", "merge `b`"], code="too-costly", nodes=["a"])) == (
        "too large\n  = help: leave out `a`\n  = help: merge `b`"
    )
    assert str(AskError("no actor `x`")) == "no actor `x`"


def test_all_have_one_root_and_survive_pickling() -> None:
    for problem in (
        CaseError([error("e", "h", SPAN)]),
        PlanError("m", ["n"], code="too-costly", nodes=["a", "b"]),
        AskError("m"),
    ):
        assert isinstance(problem, MelianError)
        copy = pickle.loads(pickle.dumps(problem))
        assert type(copy) is type(problem)
        assert str(copy) == str(problem)


def test_a_plan_error_says_what_it_is_about() -> None:
    problem = pickle.loads(pickle.dumps(PlanError("m", ["n"], code="too-costly", nodes=["a", "b"])))
    assert (problem.code, problem.nodes, problem.notes) == ("too-costly", ("a", "b"), ("n",))
