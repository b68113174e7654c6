"""What becomes public of a plan: chosen field by field, shown, and approved by the company; and public reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import YES, Actor, Verdict
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans import policies, queries
from toetssteen.plans.choices import PublicField
from toetssteen.plans.models import Objective, Plan, PlannedAction, PlanVisibility, PublicReport
from toetssteen.plans.permissions import (
    can_approve_public_plan,
    can_withdraw_approval,
    can_write_plan,
)
from toetssteen.plans.public import content_of as public_content_of


@dataclass(frozen=True)
class Shown:
    """What a company chose to show of one goal: whether at all, which fields, and which of its actions."""

    is_public: bool
    fields: Sequence[str] = ()
    action_ids: Sequence[int] = ()


@transaction.atomic
def choose_public_fields(
    *,
    actor: Actor,
    plan_id: int,
    chosen: Mapping[int, Shown],
    row_version: int,
    now: dt.datetime,
    summary: bool | None = None,
) -> Plan:
    """Compose the public version field by field; nothing becomes public before the company approves what it sees."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_write_plan(actor, plan.organisation_id))
    if plan.row_version != row_version:
        raise StaleRow(plan)
    for goal in Objective.objects.filter(plan=plan, pk__in=list(chosen)).prefetch_related("actions"):
        shown = chosen[goal.pk]
        goal.is_public = shown.is_public
        goal.public_fields = [field.value for field in PublicField if field.value in shown.fields]
        goal.save(update_fields=["is_public", "public_fields"])
        for action in goal.actions.all():
            action.is_public = action.pk in shown.action_ids
        PlannedAction.objects.bulk_update(goal.actions.all(), ["is_public"])
    if summary is not None:
        plan.summary_is_public = summary
    plan.row_version += 1
    plan.save(update_fields=["row_version", "summary_is_public"])
    audit.record(actor=actor, verb="plans.choose_public_fields", subject=plan, at=now)
    return plan


@transaction.atomic
def approve_public_plan(*, actor: Actor, plan_id: int, row_version: int, now: dt.datetime) -> Plan:
    """Approve what becomes public, exactly as it was shown; publishing is a later act of the secretariat."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_approve_public_plan(actor, plan))
    if plan.row_version != row_version:
        raise StaleRow(plan)
    whole = queries.plan_of(plan.organisation_id, plan.year_id)
    content = public_content_of(whole or plan)
    _approve(plan, actor, now, content)
    goals = len(content["objectives"])
    audit.record(actor=actor, verb="plans.approve_public_plan", subject=plan, at=now, objectives=goals)
    return plan


@transaction.atomic
def withdraw_approval(*, actor: Actor, plan_id: int, now: dt.datetime) -> Plan:
    """Take back an approval that was not published yet; what everybody can read already stays approved."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_withdraw_approval(actor, plan))
    _approve(plan, actor, now, queries.published_content(plan))
    audit.record(actor=actor, verb="plans.withdraw_approval", subject=plan, at=now)
    return plan


def _approve(plan: Plan, actor: Actor, now: dt.datetime, content: dict[str, Any] | None) -> None:
    """What is approved from now on; nothing at all without content."""
    plan.public_content = content
    plan.approved_by_id, plan.approved_at = (None, None) if content is None else (actor.person_id, now)
    plan.save(update_fields=["public_content", "approved_by", "approved_at"])


@transaction.atomic
def take_off_public(*, actor: Actor, plan_id: int, reason: str, now: dt.datetime) -> Plan:
    """Take a published plan off the public pages at once; what was published stays in the records as it was."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_write_plan(actor, plan.organisation_id) and policies.can_go_off(plan))
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words why it goes off the public pages.")})
    PlanVisibility.objects.create(
        plan=plan, is_shown=False, reason=reason.strip(), by_id=actor.person_id, at=now
    )  # fmt: skip
    _approve(plan, actor, now, None)
    audit.record(actor=actor, verb="plans.take_off_public", subject=plan, at=now, reason=reason.strip())
    return plan


@transaction.atomic
def put_back_public(*, actor: Actor, plan_id: int, now: dt.datetime) -> Plan:
    """Put back what was taken off the public pages; a newer approval that was given since stays."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    demand(can_write_plan(actor, plan.organisation_id) and policies.can_come_back(plan))
    PlanVisibility.objects.create(plan=plan, is_shown=True, by_id=actor.person_id, at=now)
    if plan.approved_at is None:
        _approve(plan, actor, now, queries.published_content(plan))
    audit.record(actor=actor, verb="plans.put_back_public", subject=plan, at=now)
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
    language: str = "",
) -> PublicReport:
    """Add a report or page in which the company tells the public about its due diligence."""
    demand(can_write_plan(actor, organisation_id))
    if published_on > today:
        raise ValidationError({"published_on": _("This day has not come yet.")})
    row = PublicReport.objects.create(
        organisation_id=organisation_id, title=title, published_on=published_on, address=address, language=language
    )
    audit.record(actor=actor, verb="plans.add_public_report", subject=row, at=now)
    return row


@transaction.atomic
def delete_public_report(*, actor: Actor, public_report_id: int, now: dt.datetime) -> None:
    """Take a public report off the list of the company; one that everybody can read here goes when it is taken back."""
    row = PublicReport.objects.select_related("organisation").get(pk=public_report_id)
    demand(can_write_plan(actor, row.organisation_id))
    demand(may_go(row))
    subject = audit.subject_of(row)
    row.delete()
    audit.record(actor=actor, verb="plans.delete_public_report", subject=subject, at=now)


def may_go(row: PublicReport) -> Verdict:
    """Nothing that the platform itself published stands behind it."""
    return next((verdict for verdict in hooks.said("public_report_may_go", line=row) if not verdict), YES)
