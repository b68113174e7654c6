"""What the actor may do with a file now, each with the sentence that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toetssteen.assessment import permissions, policies
from toetssteen.assessment.models import Assessment
from toetssteen.core.access import Actor, Verdict

if TYPE_CHECKING:
    from toetssteen.assessment.queries.desk import Desk


def verdicts_on(actor: Actor, file: Desk) -> dict[str, Verdict]:
    """Every act on a file with its verdict, so that a page shows why a button is disabled."""
    report, assessment = file.report, file.assessment or Assessment(report=file.report)
    may = permissions.can_score(actor, report, conflict=file.conflict)
    second = permissions.can_second_read(
        actor, report, assessor_id=assessment.assessor_id, conflict=file.conflict
    ) and permissions.can_second_read(actor, report, assessor_id=assessment.second_asked_by_id, conflict=file.conflict)
    second_rule = file.pack.decision.second_assessor.value
    last_request = file.requests[-1].due_on if file.requests else None
    return {
        "take": may and policies.allows_taking(report),
        "score": may and policies.allows_scoring(report),
        "ask": may and policies.allows_asking(report),
        "talk": may,
        "return": may and policies.allows_returning(report),
        "call_in": may and policies.allows_calling_in(report, file.extension, last_request, file.today),
        "provisional": may and policies.allows_provisional(report, left=file.left),
        "take_back": may and policies.allows_taking_back(report),
        "ask_second": may and policies.allows_second_reader(report, assessment, rule=second_rule),
        "second_read": second and policies.allows_second_read(report, assessment),
        "decide": may
        and policies.allows_decision(report, assessment, replied=file.replied, today=file.today, rule=second_rule),
        "extend": may and _extendable(file),
    }


def _extendable(file: Desk) -> Verdict:
    meets = file.pack.decision.of_kind("meets")
    most = file.pack.extension.max_times_in_a_row if file.pack.extension else None
    return policies.allows_extension(
        file.result,
        file.report,
        meets_colour=meets.colour if meets else "",
        times=len(file.extensions),
        most=most.value if most else 1,
    )
