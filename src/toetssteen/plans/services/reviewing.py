"""Looking again at an agreement with a supplier, and ending the relation; every look is kept as it was written."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.plans.choices import CorrectiveState, StepState
from toetssteen.plans.models import CorrectivePlan, CorrectiveReview
from toetssteen.plans.services.correcting import locked_corrective


@dataclass(frozen=True)
class ExitData:
    """Why a relation ends, what that does to workers, and what the company does about it."""

    reasons: str
    effects: str
    measures: str
    decided_on: dt.date


@transaction.atomic
def review_corrective_plan(
    *,
    actor: Actor,
    corrective_id: int,
    state: str,
    review_on: dt.date | None,
    today: dt.date,
    now: dt.datetime,
    finding: str = "",
    held_on: dt.date | None = None,
    row_version: int | None = None,
) -> CorrectivePlan:
    """Look at a corrective plan together: it goes on until a next review, or it is solved."""
    plan = locked_corrective(actor, corrective_id, row_version)
    held_on = held_on or today
    if held_on > today:
        raise ValidationError({"held_on": _("This day has not come yet.")})
    if state not in (CorrectiveState.OPEN, CorrectiveState.IMPROVING, CorrectiveState.DONE):
        raise ValidationError({"state": _("Ending the relation has a page of its own.")})
    goes_on = state != CorrectiveState.DONE
    if goes_on and (review_on is None or review_on < today):
        raise ValidationError({"review_on": _("The next review lies ahead.")})
    plan.state = state
    if goes_on and review_on is not None:
        plan.review_on = max(review_on, plan.agreed_on)
    plan.row_version += 1
    plan.save(update_fields=["state", "review_on", "row_version"])
    _keep(plan, actor, now, held_on, finding, plan.review_on if goes_on else None)
    audit.record(actor=actor, verb="plans.review_corrective_plan", subject=plan, at=now, state=state)
    return plan


@transaction.atomic
def end_relation(
    *,
    actor: Actor,
    corrective_id: int,
    data: ExitData,
    today: dt.date,
    now: dt.datetime,
    row_version: int | None = None,
) -> CorrectivePlan:
    """End the relation with a supplier as a last resort, with reasons; or put right what was written of that."""
    plan = locked_corrective(actor, corrective_id, row_version, also_ended=True)
    for field in ("reasons", "effects", "measures"):
        if not getattr(data, field).strip():
            raise ValidationError({field: _("Fill this in: it is what makes an exit responsible.")})
    if data.decided_on > today:
        raise ValidationError({"decided_on": _("This day has not come yet.")})
    verb = "plans.correct_exit" if plan.state == CorrectiveState.EXIT else "plans.end_relation"
    plan.exit_reasons, plan.exit_effects = data.reasons.strip(), data.effects.strip()
    plan.exit_measures, plan.decided_on = data.measures.strip(), data.decided_on
    plan.decided_by_id, plan.state = actor.person_id, CorrectiveState.EXIT
    plan.row_version += 1
    plan.save()
    words = [str(value).strip() for field, value in asdict(data).items() if field != "decided_on"]
    _keep(plan, actor, now, data.decided_on, "\n\n".join(words), None)
    audit.record(actor=actor, verb=verb, subject=plan, at=now)
    return plan


@transaction.atomic
def take_exit_back(
    *,
    actor: Actor,
    corrective_id: int,
    reason: str,
    today: dt.date,
    now: dt.datetime,
    row_version: int | None = None,
) -> CorrectivePlan:
    """The relation goes on after all; what was decided stays among what was written down."""
    plan = locked_corrective(actor, corrective_id, row_version, also_ended=True)
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a few words why the relation goes on.")})
    if plan.state != CorrectiveState.EXIT:
        return plan
    begun = plan.steps.exclude(state=StepState.NOT_STARTED).exists()
    plan.state = CorrectiveState.IMPROVING if begun else CorrectiveState.OPEN
    plan.exit_reasons = plan.exit_effects = plan.exit_measures = ""
    plan.decided_by, plan.decided_on = None, None
    plan.row_version += 1
    plan.save()
    _keep(plan, actor, now, today, reason.strip(), plan.review_on)
    audit.record(actor=actor, verb="plans.take_exit_back", subject=plan, at=now)
    return plan


def _keep(
    plan: CorrectivePlan, actor: Actor, now: dt.datetime, held_on: dt.date, finding: str, review_on: dt.date | None
) -> None:
    CorrectiveReview.objects.create(
        plan=plan, held_on=held_on, state=plan.state, finding=finding.strip(), review_on=review_on,
        by_id=actor.person_id, at=now,
    )  # fmt: skip
