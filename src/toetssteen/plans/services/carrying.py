"""Starting the plan of a year with what last year's plan left open, and deciding on each goal that came along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.pages import demand
from toetssteen.plans import policies, queries, smart
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.plans.permissions import can_write_plan
from toetssteen.plans.services.locking import locked_plan, touch
from toetssteen.plans.services.removing import take_away
from toetssteen.risks.queries import carried_to


@transaction.atomic
def start_plan(*, actor: Actor, organisation_id: int, year_id: int, now: dt.datetime) -> Plan:
    """Start the plan of a year with the goals of last year's plan that go on, or give the one that is there."""
    demand(can_write_plan(actor, organisation_id))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    known = queries.plan_of(organisation_id, year_id)
    if known is not None:
        return known
    plan = Plan.objects.create(organisation_id=organisation_id, year=year)
    carried = _carry_over(plan, queries.plan_before(organisation_id, year))
    audit.record(actor=actor, verb="plans.start_plan", subject=plan, at=now, carried_over=carried)
    hooks.tell("plan.started", actor=actor, plan=plan, now=now)
    return plan


def _carry_over(plan: Plan, before: Plan | None) -> int:
    """Copy the goals that go on, with their open actions; each says which one it continues."""
    concluded = queries.conclusions_of(plan)
    goals = [goal for goal in before.objectives.all() if goes_on(goal, concluded.get(goal.pk))] if before else []
    risks = carried_to([goal.risk_id for goal in goals if goal.risk_id], plan.year.number)
    for position, goal in enumerate(goals, 1):
        carry(goal, plan, position, risks)
    return len(goals)


def goes_on(goal: Objective, concluded: Mapping[str, Any] | None) -> bool:
    """A goal goes on as its evaluation concluded; without one it goes on as long as it is not finished."""
    return not policies.is_finished(goal) if concluded is None else bool(concluded["goes_along"])


def carry(goal: Objective, plan: Plan, position: int, risks: Mapping[int, int] | None = None) -> Objective:
    """A copy of a goal of last year with its open actions; `risks` says which risk of this year continues which."""
    if risks is None:
        risks = carried_to([goal.risk_id] if goal.risk_id else [], plan.year.number)
    actions = [action for action in goal.actions.all() if action.state not in policies.CLOSED]
    goal.carried_from_id, goal.needs_confirmation = goal.pk, True
    goal.risk_id = risks.get(goal.risk_id or 0, goal.risk_id)
    goal.pk, goal.plan, goal.position = None, plan, position
    goal.reference, goal.evaluated_on, goal.row_version = "", None, 0
    goal.is_smart = smart.is_smart(policies.gaps_of(goal, plan))  # a day that has passed is no day to reach it
    goal._state.adding = True
    goal.save()
    for action in actions:
        action.carried_from_id, action.has_proof = action.pk, False
        action.pk, action.objective, action.reference, action.row_version = None, goal, "", 0
        action._state.adding = True
    PlannedAction.objects.bulk_create(actions)
    return goal


@transaction.atomic
def confirm_objective(*, actor: Actor, plan_id: int, objective_id: int, now: dt.datetime) -> Objective:
    """Keep a goal of last year as it is."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    goal.needs_confirmation = False
    goal.save(update_fields=["needs_confirmation"])
    touch(plan)
    audit.record(actor=actor, verb="plans.confirm_objective", subject=goal, at=now, earlier=goal.carried_from_id)
    return goal


@transaction.atomic
def confirm_all(*, actor: Actor, plan_id: int, now: dt.datetime) -> int:
    """Keep the goals of last year that nobody looked at yet; gives how many.

    One of which an evaluation concludes that it does not go on is left to be decided by itself.
    """
    plan = locked_plan(actor, plan_id)
    concluded = queries.conclusions_of(plan)
    waiting = plan.objectives.filter(needs_confirmation=True).order_by("pk")
    kept = [goal for goal in waiting if goal.pk not in concluded or concluded[goal.pk]["goes_along"]]
    Objective.objects.filter(pk__in=[goal.pk for goal in kept]).update(needs_confirmation=False)
    touch(plan)
    audit.record(actor=actor, verb="plans.confirm_all", subject=plan, at=now, goals=[goal.pk for goal in kept])
    return len(kept)


@transaction.atomic
def stop_objective(*, actor: Actor, plan_id: int, objective_id: int, reason: str, now: dt.datetime) -> Objective:
    """Do not go on with a goal of last year; the reason stays with the plan, and it can be brought back."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    if goal.carried_from_id is None:
        raise ValidationError(_("This goal is new this year. Remove it instead."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words why you stop.")})
    take_away(goal, actor, now, reason.strip())
    touch(plan)
    audit.record(actor=actor, verb="plans.stop_objective", subject=goal, at=now, earlier=goal.carried_from_id)
    return goal


def follow_risks(organisation_id: int, year_number: int, carried: Mapping[int, int]) -> None:
    """Let the goals of a draft plan aim at the risks that continue those of last year; no act of a person."""
    goals = Objective.objects.filter(
        plan__organisation_id=organisation_id, plan__year__number=year_number, plan__state=PlanState.DRAFT
    ).filter(risk_id__in=list(carried))
    changed = list(goals)
    for goal in changed:
        goal.risk_id = carried[goal.risk_id or 0]
    Objective.objects.bulk_update(changed, ["risk"])
