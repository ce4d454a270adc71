"""What every plan promises to those who run it."""

from hypothesis import given
from hypothesis import strategies as st

from melian.model.diagram import Model
from melian.plan.make import make_plan
from melian.plan.plan import Enquiry, Plan
from melian.plan.steps import Pick, Product, Register, Respond, Step, Total
from tests.solving import solvable
from tests.strategies import Shape, case_texts

LARGE = Shape(min_factors=8, max_factors=14, max_situations=10**8)


def operands(step: Step) -> tuple[Register, ...]:
    """Registers that a step reads."""
    match step:
        case Product(left, right, _):
            return left, right
        case Total(operand, _) | Pick(operand, _, _):
            return (operand,)
        case Respond(_, _, terms, _):
            return tuple(r for term in terms for r in (term.expectation, term.reach) if r is not None)
    return ()


def assert_sound(plan: Plan) -> None:
    for register, step in enumerate(plan.steps):
        read = operands(step)
        assert all(operand < register for operand in read)
        available = {axis for operand in read for axis in plan.axes[operand]}
        if isinstance(step, Product | Total):
            assert set(plan.axes[register]) <= available
        if isinstance(step, Pick):
            assert {*plan.axes[register], step.variable} == available
    assert all(list(axes) == sorted(set(axes)) for axes in plan.axes)
    assert len(set(plan.steps)) == len(plan.steps)


@given(case_texts(Shape(max_factors=6)))
def test_every_step_reads_what_earlier_steps_wrote_and_none_is_done_twice(text: str) -> None:
    assert_sound(make_plan(solvable(text)))


def observing(model: Model, data: st.DataObject) -> Enquiry:
    """Any states of some variables, observed."""
    seen = data.draw(st.lists(st.sampled_from(model.variables), unique=True, max_size=3))
    return Enquiry(observe={variable.index: data.draw(st.integers(0, variable.n_states - 1)) for variable in seen})


@given(case_texts(Shape(max_factors=6)), st.data())
def test_what_is_observed_is_no_axis_of_the_analysts_calculation(text: str, data: st.DataObject) -> None:
    model = solvable(text)
    enquiry = observing(model, data)
    plan = make_plan(model, enquiry)
    assert_sound(plan)
    ahead = [plan.joint]
    while ahead:
        register = ahead.pop()
        if isinstance(plan.steps[register], Product | Total):
            assert not set(plan.axes[register]) & enquiry.observe.keys()
            ahead += operands(plan.steps[register])
    assert {plan.axes[register] for register in plan.marginals.values()} == {
        (variable.index, plan.event_axis) for variable in model.variables
    }


@given(case_texts(Shape(max_factors=6, min_choices=1)))
def test_a_rule_tells_apart_only_what_its_actor_sees(text: str) -> None:
    model = solvable(text)
    plan = make_plan(model)
    for decision in model.decisions:
        axes = set(plan.axes[plan.rules[decision.variable]])
        assert decision.variable in axes
        assert axes <= {decision.variable, *decision.sees}


@given(case_texts(LARGE))
def test_outputs_have_the_axes_they_are_read_with(text: str) -> None:
    model = solvable(text)
    plan = make_plan(model)
    event = (plan.event_axis,)
    assert plan.axes[plan.joint] == plan.axes[plan.prior] == event
    assert {variable: plan.axes[register] for variable, register in plan.marginals.items()} == {
        variable.index: (variable.index, *event) for variable in model.variables
    }
    assert all(plan.axes[register] == event for register in plan.without.values())
    assert set(plan.without) == set(range(len(model.evidence)))
