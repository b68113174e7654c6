"""What the state of a plan allows, whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.foundation import hooks
from toetssteen.plans import smart
from toetssteen.plans.choices import CorrectiveState, PlanState, StepState
from toetssteen.plans.models import CorrectivePlan, Objective, Plan, PlannedAction, SharedAction

CLOSED = frozenset({StepState.DONE, StepState.STOPPED})
REVIEWED = frozenset({CorrectiveState.OPEN, CorrectiveState.IMPROVING})  # agreements that are looked at again

# state: {deed: next state}
TRANSITIONS: dict[str, dict[str, str]] = {
    PlanState.DRAFT: {"deliver": PlanState.DELIVERED},
    PlanState.DELIVERED: {"reopen": PlanState.DRAFT},
}


def editable(plan: Plan) -> Verdict:
    """A plan may be changed while it is a draft; a delivered one opens again when its report is returned."""
    if plan.state == PlanState.DRAFT:
        return YES
    return no(_("This plan was handed in with the report and can no longer be changed."))


def gaps_of(goal: Objective, plan: Plan, actions: Sequence[PlannedAction] | None = None) -> tuple[smart.Gap, ...]:
    """What a goal misses; whether somebody does something for it counts only where its actions are given."""
    return smart.smart_gaps(
        text=goal.text,
        theme=goal.theme,
        indicator=goal.indicator,
        baseline=goal.baseline,
        target=goal.target,
        deadline=goal.deadline,
        starts_on=plan.year.starts_on,
        is_linked=bool(goal.risk_id or goal.own_practice),
        has_actions=actions is None or bool(actions),
    )


def is_finished(goal: Objective) -> bool:
    """A goal is finished when it has actions and all of them are done or stopped."""
    actions = list(goal.actions.all())
    return bool(actions) and all(action.state in CLOSED for action in actions)


def is_overdue(action: PlannedAction, today: dt.date) -> bool:
    """An action is overdue when its day has passed and it is neither done nor stopped."""
    return action.due_on is not None and action.due_on < today and action.state not in CLOSED


def mean_progress(actions: Iterable[PlannedAction]) -> int | None:
    """How far actions are together, in whole percent rounded down; stopped ones do not count, none is no figure."""
    counted = [action.progress for action in actions if action.state != StepState.STOPPED]
    return sum(counted) // len(counted) if counted else None


def has_public_part(plan: Plan) -> Verdict:
    """There is something to show in public."""
    if any(objective.is_public for objective in plan.objectives.all()):
        return YES
    return no(_("There is nothing to show yet: mark at least one goal as public."))


def approval_withdrawable(plan: Plan) -> Verdict:
    """An approval may be taken back while that version has not been published, also when an earlier one has."""
    if plan.approved_at is None:
        return no(_("This plan has not been approved for publication."))
    if hooks.any_says_yes("plan_is_published", plan_id=plan.pk, version=plan.public_content):
        return no(_("This version is already in the public register. You can take it off the public pages."))
    return YES


def can_go_off(plan: Plan) -> Verdict:
    """Only what the public can read can be taken off."""
    if hooks.any_says_yes("plan_is_published", plan_id=plan.pk):
        return YES
    return no(_("This plan is not on the public pages."))


def can_come_back(plan: Plan) -> Verdict:
    """What was taken off comes back as long as no newer publication was made without it."""
    if hooks.any_says_yes("plan_is_off", plan_id=plan.pk):
        return YES
    return no(_("There is nothing to put back. Approve the plan: the secretariat publishes it with the results."))


def joinable(shared: SharedAction) -> Verdict:
    """A company can join a shared action while the secretariat keeps it open."""
    if shared.closed_on is None:
        return YES
    return no(_("This shared action was closed."))


def corrective_open(corrective: CorrectivePlan) -> Verdict:
    """A corrective plan may be changed until the relation was ended; that decision has pages of its own."""
    if corrective.state != CorrectiveState.EXIT:
        return YES
    return no(_("The relation with this supplier was ended. You can still correct that decision or take it back."))
