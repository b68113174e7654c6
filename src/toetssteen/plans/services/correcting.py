"""Putting something right with a supplier: agreed steps, and removing or bringing back what was a mistake."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.documents.models import Evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans.choices import CorrectiveState, StepState
from toetssteen.plans.models import CorrectivePlan, CorrectiveStep
from toetssteen.plans.permissions import can_write_corrective_plan, can_write_plan
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain


@dataclass(frozen=True)
class CorrectiveData:
    """What was agreed with a supplier, as it was entered."""

    supplier_name: str
    problem: str
    agreed_on: dt.date
    review_on: dt.date
    chain_id: int | None = None
    risk_id: int | None = None


@dataclass(frozen=True)
class CorrectiveStepData:
    """One step as it was entered."""

    text: str
    due_on: dt.date
    state: str = StepState.NOT_STARTED
    proof_id: int | None = None


@transaction.atomic
def save_corrective_plan(
    *,
    actor: Actor,
    organisation_id: int,
    corrective_id: int | None,
    data: CorrectiveData,
    row_version: int | None,
    now: dt.datetime,
) -> CorrectivePlan:
    """Agree a corrective plan with a supplier, or change what was agreed."""
    if corrective_id is None:
        demand(can_write_plan(actor, organisation_id))
        plan = CorrectivePlan(organisation_id=organisation_id)
    else:
        plan = locked_corrective(actor, corrective_id, row_version)
    _check(plan, data)
    for field, value in asdict(data).items():
        setattr(plan, field, value)
    plan.row_version += 1
    plan.save()
    audit.record(actor=actor, verb="plans.save_corrective_plan", subject=plan, at=now)
    return plan


def _check(plan: CorrectivePlan, data: CorrectiveData) -> None:
    if data.review_on < data.agreed_on:
        raise ValidationError({"review_on": _("The review comes after the day on which you agreed it.")})
    mine = {"organisation_id": plan.organisation_id}
    if data.chain_id is not None and not Chain.objects.filter(pk=data.chain_id, **mine).exists():
        raise ValidationError({"chain_id": _("Choose one of your own chains.")})
    if data.risk_id is not None and not Risk.objects.filter(pk=data.risk_id, **mine).exists():
        raise ValidationError({"risk_id": _("Choose one of your own risks.")})


@transaction.atomic
def save_corrective_step(
    *,
    actor: Actor,
    corrective_id: int,
    step_id: int | None,
    data: CorrectiveStepData,
    now: dt.datetime,
    row_version: int | None = None,
) -> CorrectiveStep:
    """Add a step to a corrective plan, or say how one stands; the plan follows its steps."""
    plan = locked_corrective(actor, corrective_id)
    step = CorrectiveStep.objects.get(pk=step_id, plan=plan) if step_id else CorrectiveStep(plan=plan)
    if step_id and row_version is not None and step.row_version != row_version:
        raise StaleRow(step)
    if data.proof_id is not None and data.proof_id != step.proof_id:
        own = Evidence.objects.filter(pk=data.proof_id, organisation_id=plan.organisation_id, removed_at=None)
        if not own.exists():
            raise ValidationError({"proof_id": _("Choose from your own evidence.")})
    for field, value in asdict(data).items():
        setattr(step, field, value)
    step.row_version += 1
    step.save()
    if plan.state == CorrectiveState.OPEN and step.state in (StepState.IN_PROGRESS, StepState.DONE):
        plan.state = CorrectiveState.IMPROVING
    plan.row_version += 1
    plan.save(update_fields=["state", "row_version"])
    audit.record(actor=actor, verb="plans.save_corrective_step", subject=step, at=now, state=step.state)
    return step


@transaction.atomic
def delete_corrective_step(*, actor: Actor, corrective_id: int, step_id: int, now: dt.datetime) -> None:
    """Take a step off a corrective plan; it can be brought back."""
    plan = locked_corrective(actor, corrective_id)
    step = CorrectiveStep.objects.get(pk=step_id, plan=plan)
    _set_removed(step, actor.person_id, now)
    audit.record(actor=actor, verb="plans.delete_corrective_step", subject=step, at=now, plan=plan.pk)


@transaction.atomic
def restore_corrective_step(*, actor: Actor, corrective_id: int, step_id: int, now: dt.datetime) -> None:
    """Bring a step back."""
    plan = locked_corrective(actor, corrective_id)
    step = CorrectiveStep.with_removed.get(pk=step_id, plan=plan)
    if step.removed_at is not None:
        _set_removed(step, None, None)
        audit.record(actor=actor, verb="plans.restore_corrective_step", subject=step, at=now, plan=plan.pk)


@transaction.atomic
def delete_corrective_plan(*, actor: Actor, corrective_id: int, now: dt.datetime) -> None:
    """Remove a corrective plan that was a mistake; it can be brought back."""
    plan = locked_corrective(actor, corrective_id)
    _set_removed(plan, actor.person_id, now)
    audit.record(actor=actor, verb="plans.delete_corrective_plan", subject=plan, at=now)


@transaction.atomic
def restore_corrective_plan(*, actor: Actor, corrective_id: int, now: dt.datetime) -> CorrectivePlan:
    """Bring a removed corrective plan back, with its steps."""
    plan = CorrectivePlan.with_removed.select_for_update(of=("self",)).get(pk=corrective_id)
    demand(can_write_corrective_plan(actor, plan))
    if plan.removed_at is not None:
        _set_removed(plan, None, None)
        audit.record(actor=actor, verb="plans.restore_corrective_plan", subject=plan, at=now)
    return plan


def _set_removed(row: CorrectivePlan | CorrectiveStep, by: int | None, at: dt.datetime | None) -> None:
    row.removed_by_id, row.removed_at = by, at
    row.row_version += 1
    row.save(update_fields=["removed_by", "removed_at", "row_version"])


def locked_corrective(
    actor: Actor, corrective_id: int, row_version: int | None = None, *, also_ended: bool = False
) -> CorrectivePlan:
    """The corrective plan of which the actor may change something, locked and as it was shown.

    What was written of the end of a relation is changed after it was ended.
    """
    plan = CorrectivePlan.objects.select_for_update(of=("self",)).get(pk=corrective_id)
    demand(can_write_plan(actor, plan.organisation_id) if also_ended else can_write_corrective_plan(actor, plan))
    if row_version is not None and plan.row_version != row_version:
        raise StaleRow(plan)
    return plan
