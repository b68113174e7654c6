"""What becomes public of a plan: composed from fields marked public, shown, and approved by the company."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans import queries
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.plans.permissions import can_approve_public_plan, can_withdraw_approval, can_write_plan


def public_content_of(plan: Plan) -> dict[str, Any]:
    """Exactly what becomes public of a plan: never owners, means, proof, risks or anything not marked public."""
    return {
        "language": plan.language,
        "summary": plan.summary,
        "objectives": [_goal(goal) for goal in plan.objectives.all() if goal.is_public],
    }


def _goal(goal: Objective) -> dict[str, Any]:
    return {
        "theme": goal.theme,
        "text": goal.text,
        "indicator": goal.indicator,
        "baseline": goal.baseline,
        "target": goal.target,
        "deadline": goal.deadline.isoformat() if goal.deadline else None,
        "actions": [_action(action) for action in goal.actions.all() if action.is_public],
    }


def _action(action: PlannedAction) -> dict[str, Any]:
    return {
        "text": action.text,
        "together": action.together,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "state": action.state,
        "progress": action.progress,
    }


@transaction.atomic
def approve_public_plan(*, actor: Actor, plan_id: int, row_version: int, now: dt.datetime) -> Plan:
    """Approve what becomes public, exactly as it was shown; publishing is a later act of the secretariat."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_approve_public_plan(actor, plan))
    if plan.row_version != row_version:
        raise StaleRow(plan)
    whole = queries.plan_of(plan.organisation_id, plan.year_id)
    plan.public_content = public_content_of(whole or plan)
    plan.approved_by_id, plan.approved_at = actor.person_id, now
    plan.save(update_fields=["public_content", "approved_by", "approved_at"])
    goals = len(plan.public_content["objectives"])
    audit.record(actor=actor, verb="plans.approve_public_plan", subject=plan, at=now, objectives=goals)
    return plan


@transaction.atomic
def withdraw_approval(*, actor: Actor, plan_id: int, now: dt.datetime) -> Plan:
    """Take back the approval of a plan that was not published yet."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_withdraw_approval(actor, plan))
    plan.public_content, plan.approved_by, plan.approved_at = None, None, None
    plan.save(update_fields=["public_content", "approved_by", "approved_at"])
    audit.record(actor=actor, verb="plans.withdraw_approval", subject=plan, at=now)
    return plan


@transaction.atomic
def add_public_report(
    *,
    actor: Actor,
    organisation_id: int,
    title: str,
    published_on: dt.date,
    address: str,
    today: dt.date,
    now: dt.datetime,
) -> PublicReport:
    """Add a report or page in which the company tells the public about its due diligence."""
    demand(can_write_plan(actor, organisation_id))
    if published_on > today:
        raise ValidationError({"published_on": _("This day has not come yet.")})
    row = PublicReport.objects.create(
        organisation_id=organisation_id, title=title, published_on=published_on, address=address
    )
    audit.record(actor=actor, verb="plans.add_public_report", subject=row, at=now)
    return row


@transaction.atomic
def delete_public_report(*, actor: Actor, public_report_id: int, now: dt.datetime) -> None:
    """Take a public report off the list of the company."""
    row = PublicReport.objects.get(pk=public_report_id)
    demand(can_write_plan(actor, row.organisation_id))
    subject = audit.subject_of(row)
    row.delete()
    audit.record(actor=actor, verb="plans.delete_public_report", subject=subject, at=now)
