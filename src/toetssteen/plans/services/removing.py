"""Removing goals and actions, and bringing them back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.plans.models import Objective, PlannedAction
from toetssteen.plans.services.locking import locked_plan, touch

GONE = ["removed_by", "removed_at", "removal_reason"]


def take_away(goal: Objective, actor: Actor, now: dt.datetime, reason: str = "") -> None:
    """Mark a goal and its actions as removed in one moment, so that they come back together."""
    goal.removed_by_id, goal.removed_at, goal.removal_reason = actor.person_id, now, reason
    goal.save(update_fields=GONE)
    goal.actions.update(removed_by=actor.person_id, removed_at=now)


@transaction.atomic
def delete_objective(*, actor: Actor, plan_id: int, objective_id: int, now: dt.datetime) -> None:
    """Remove a goal with its actions; it can be brought back."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    take_away(goal, actor, now)
    touch(plan)
    audit.record(actor=actor, verb="plans.delete_objective", subject=goal, at=now, plan=plan.pk)


@transaction.atomic
def restore_objective(*, actor: Actor, plan_id: int, objective_id: int, now: dt.datetime) -> Objective:
    """Bring a removed goal back, with the actions that went with it."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.with_removed.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    if goal.removed_at is not None:
        PlannedAction.with_removed.filter(objective=goal, removed_at=goal.removed_at).update(
            removed_by=None, removed_at=None, removal_reason=""
        )
        goal.removed_by, goal.removed_at, goal.removal_reason = None, None, ""
        goal.save(update_fields=GONE)
        touch(plan)
        audit.record(actor=actor, verb="plans.restore_objective", subject=goal, at=now, plan=plan.pk)
    return goal


@transaction.atomic
def delete_action(*, actor: Actor, plan_id: int, action_id: int, now: dt.datetime) -> None:
    """Remove an action; it can be brought back."""
    plan = locked_plan(actor, plan_id)
    action = PlannedAction.objects.get(pk=action_id, objective__plan=plan)
    action.removed_by_id, action.removed_at = actor.person_id, now
    action.save(update_fields=GONE)
    touch(plan)
    audit.record(actor=actor, verb="plans.delete_action", subject=action, at=now, plan=plan.pk)


@transaction.atomic
def restore_action(*, actor: Actor, plan_id: int, action_id: int, now: dt.datetime) -> PlannedAction:
    """Bring a removed action back to its goal, if that goal is still there."""
    plan = locked_plan(actor, plan_id)
    action = PlannedAction.with_removed.get(pk=action_id, objective__plan=plan, objective__removed_at__isnull=True)
    if action.removed_at is not None:
        action.removed_by, action.removed_at, action.removal_reason = None, None, ""
        action.save(update_fields=GONE)
        touch(plan)
        audit.record(actor=actor, verb="plans.restore_action", subject=action, at=now, plan=plan.pk)
    return action
