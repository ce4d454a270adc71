"""The rules of soundness: takes a case, gives what is wrong or doubtful about it; one rule a file."""

from collections.abc import Callable, Iterable, Iterator

from melian.case.case import Case
from melian.case.rules import (
    availability,
    believed,
    circular,
    correlation,
    dead_rule,
    flat_evidence,
    forgotten,
    function,
    idle,
    idle_belief,
    impossible_evidence,
    impossible_row,
    incomplete_likelihood,
    incomplete_order,
    late_evidence,
    like_reports,
    misplaced_date,
    name_taken,
    narrow_stake,
    one_sided,
    others_in_influence,
    outside_given,
    overpowering_influences,
    placeholder_left,
    settled_event,
    supersession,
    too_large_case,
    too_large_table,
    uncovered_combination,
    undated_report,
    ungraded_report,
    unknown_name,
    untested_given,
)
from melian.source.diagnostic import Diagnostic, has_errors

Check = Callable[[Case], Iterator[Diagnostic]]

RULES: tuple[Check, ...] = (
    unknown_name.check,
    name_taken.check,
    outside_given.check,
    too_large_case.check,
    too_large_table.check,
    uncovered_combination.check,
    function.check,
    dead_rule.check,
    availability.check,
    believed.check,
    circular.check,
    correlation.check,
    impossible_row.check,
    incomplete_order.check,
    incomplete_likelihood.check,
    others_in_influence.check,
    overpowering_influences.check,
    settled_event.check,
    impossible_evidence.check,
    flat_evidence.check,
    late_evidence.check,
    supersession.check,
    misplaced_date.check,
    undated_report.check,
    ungraded_report.check,
    narrow_stake.check,
    placeholder_left.check,
)
# What plays no part can only be told where all that is there is understood.
RULES_OF_THE_WHOLE: tuple[Check, ...] = (
    idle.check,
    idle_belief.check,
    untested_given.check,
    like_reports.check,
    one_sided.check,
    forgotten.check,
)


def check_soundness(case: Case, found: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Everything that the rules have to say about a case.

    Parameters
    ----------
    found : what was said when the case was read.
    """
    diagnostics = [diagnostic for rule in RULES for diagnostic in rule(case)]
    if not has_errors([*found, *diagnostics]):
        diagnostics += [diagnostic for rule in RULES_OF_THE_WHOLE for diagnostic in rule(case)]
    return diagnostics
