"""The chance of the evidence by itself, whatever is asked about."""

from melian.case.dependence import ancestors
from melian.model.diagram import Model
from melian.plan.make import all_of, seen_among, small_plan, solved_rules, tables_of, witnesses_of
from melian.plan.plan import Enquiry, Plan
from melian.plan.program import Program
from melian.plan.relevance import Outlooks


def plan_reports(model: Model, enquiry: Enquiry) -> Plan:
    """Plan how to find the chance of the evidence alone: what it reads is what the evidence can teach anything of."""
    program = Program(model, frozenset(enquiry.do))
    witnesses = witnesses_of(program, enquiry)
    known = {*enquiry.observe, *enquiry.among}.union(*(program.axes[register] for register in witnesses.values()))
    asked = ancestors(Outlooks(program.model, frozenset(enquiry.do)).graph(None), known)
    rules, stages = solved_rules(program, enquiry.do if enquiry.announced else {}, asked)
    tables = tables_of(program, rules, enquiry.do, asked)
    operands = [*(program.pick(register, enquiry.observe) for register in all_of(tables)), *witnesses.values()]
    operands += seen_among(program, enquiry)
    return small_plan(program, program.contract(operands, set()), stages, {})
