"""Handing in a plan together with the report of its year."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.plans import policies, queries, smart
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Objective, Plan
from toetssteen.plans.permissions import can_write_plan


@transaction.atomic
def deliver_plan(*, actor: Actor, organisation_id: int, year_id: int, today: dt.date, now: dt.datetime) -> Plan | None:
    """Hand in the plan of a year, on the day of this hand-in; an empty plan stays a draft and counts as not there."""
    demand(can_write_plan(actor, organisation_id))
    plan = queries.plan_of(organisation_id, year_id)
    if plan is None or plan.state == PlanState.DELIVERED or not queries.is_present(plan):
        return plan
    _refresh(plan)
    plan.state = PlanState.DELIVERED
    plan.delivered_on = today
    plan.row_version += 1
    plan.save(update_fields=["state", "delivered_on", "row_version"])
    audit.record(actor=actor, verb="plans.deliver_plan", subject=plan, at=now)
    return plan


def _refresh(plan: Plan) -> None:
    """What is handed in says of each goal whether it is measurable as it stands today."""
    changed = []
    for goal in plan.objectives.all():
        now_smart = smart.is_smart(policies.gaps_of(goal, plan))
        if goal.is_smart != now_smart:
            goal.is_smart = now_smart
            changed.append(goal)
    Objective.objects.bulk_update(changed, ["is_smart"])


@transaction.atomic
def reopen_plan(*, actor: Actor, organisation_id: int, year_id: int, now: dt.datetime) -> None:
    """Open a plan again because its report was returned; the caller has asked the verdict of returning."""
    plan = Plan.objects.select_for_update().filter(organisation_id=organisation_id, year_id=year_id).first()
    if plan is not None and plan.state == PlanState.DELIVERED:
        plan.state, plan.delivered_on = PlanState.DRAFT, None
        plan.row_version += 1
        plan.save(update_fields=["state", "delivered_on", "row_version"])
        audit.record(actor=actor, verb="plans.reopen_plan", subject=plan, at=now)
