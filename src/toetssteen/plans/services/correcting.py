"""Putting something right with a supplier: agreed steps, a review, and ending the relation only with reasons."""

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


@dataclass(frozen=True)
class ExitData:
    """Why a relation ends, what that does to workers, and what the company does about it."""

    reasons: str
    effects: str
    measures: str
    decided_on: dt.date


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
        plan = _locked(actor, corrective_id)
        if row_version is not None and plan.row_version != row_version:
            raise StaleRow(plan)
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
    *, actor: Actor, corrective_id: int, step_id: int | None, data: CorrectiveStepData, now: dt.datetime
) -> CorrectiveStep:
    """Add a step to a corrective plan, or say how one stands; the plan follows its steps."""
    plan = _locked(actor, corrective_id)
    step = CorrectiveStep.objects.get(pk=step_id, plan=plan) if step_id else CorrectiveStep(plan=plan)
    if data.proof_id is not None:
        own = Evidence.objects.filter(pk=data.proof_id, organisation_id=plan.organisation_id, removed_at=None)
        if not own.exists():
            raise ValidationError({"proof_id": _("Choose from your own evidence.")})
    for field, value in asdict(data).items():
        setattr(step, field, value)
    step.save()
    if plan.state == CorrectiveState.OPEN and step.state in (StepState.IN_PROGRESS, StepState.DONE):
        plan.state = CorrectiveState.IMPROVING
    plan.row_version += 1
    plan.save(update_fields=["state", "row_version"])
    audit.record(actor=actor, verb="plans.save_corrective_step", subject=step, at=now, state=step.state)
    return step


@transaction.atomic
def delete_corrective_step(*, actor: Actor, corrective_id: int, step_id: int, now: dt.datetime) -> None:
    """Take a step off a corrective plan."""
    plan = _locked(actor, corrective_id)
    step = CorrectiveStep.objects.get(pk=step_id, plan=plan)
    subject = audit.subject_of(step)
    step.delete()
    audit.record(actor=actor, verb="plans.delete_corrective_step", subject=subject, at=now, plan=plan.pk)


@transaction.atomic
def review_corrective_plan(
    *, actor: Actor, corrective_id: int, state: str, review_on: dt.date, today: dt.date, now: dt.datetime
) -> CorrectivePlan:
    """Look at a corrective plan together: it goes on until a next review, or it is solved."""
    plan = _locked(actor, corrective_id)
    if state not in (CorrectiveState.OPEN, CorrectiveState.IMPROVING, CorrectiveState.DONE):
        raise ValidationError({"state": _("Ending the relation has a page of its own.")})
    if state != CorrectiveState.DONE and review_on < today:
        raise ValidationError({"review_on": _("The next review lies ahead.")})
    plan.state, plan.review_on = state, max(review_on, plan.agreed_on)
    plan.row_version += 1
    plan.save(update_fields=["state", "review_on", "row_version"])
    audit.record(actor=actor, verb="plans.review_corrective_plan", subject=plan, at=now, state=state)
    return plan


@transaction.atomic
def end_relation(
    *, actor: Actor, corrective_id: int, data: ExitData, today: dt.date, now: dt.datetime
) -> CorrectivePlan:
    """End the relation with a supplier as a last resort: with reasons, the effects on workers, and what is done."""
    plan = _locked(actor, corrective_id)
    for field in ("reasons", "effects", "measures"):
        if not getattr(data, field).strip():
            raise ValidationError({field: _("Fill this in: it is what makes an exit responsible.")})
    if data.decided_on > today:
        raise ValidationError({"decided_on": _("This day has not come yet.")})
    plan.exit_reasons, plan.exit_effects = data.reasons.strip(), data.effects.strip()
    plan.exit_measures, plan.decided_on = data.measures.strip(), data.decided_on
    plan.decided_by_id, plan.state = actor.person_id, CorrectiveState.EXIT
    plan.row_version += 1
    plan.save()
    audit.record(actor=actor, verb="plans.end_relation", subject=plan, at=now)
    return plan


def _locked(actor: Actor, corrective_id: int) -> CorrectivePlan:
    plan = CorrectivePlan.objects.select_for_update(of=("self",)).get(pk=corrective_id)
    demand(can_write_corrective_plan(actor, plan))
    return plan
