"""Saying how far an action is: a dated update with a note and, where there is one, its proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.documents.models import Evidence
from toetssteen.documents.services import About, add_evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.plans.choices import StepState
from toetssteen.plans.models import ActionUpdate, Plan, PlannedAction
from toetssteen.plans.permissions import can_tell_progress
from toetssteen.plans.services.editing import own_evidence, settle
from toetssteen.plans.services.locking import touch

PROOF = "action_proof"


@dataclass(frozen=True)
class UpdateData:
    """How far an action is, as it was entered."""

    said_on: dt.date
    state: str
    progress: int = 0
    note: str = ""
    evidence_id: int | None = None


@transaction.atomic
def tell_progress(
    *,
    actor: Actor,
    plan_id: int,
    action_id: int,
    data: UpdateData,
    pack: Pack,
    today: dt.date,
    now: dt.datetime,
    upload: UploadedFile[Any] | None = None,
) -> ActionUpdate:
    """Add an update; the action then stands as its newest update says, and what proves it belongs to the action."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("year").get(pk=plan_id)
    demand(can_tell_progress(actor, plan))
    action = PlannedAction.objects.select_for_update(of=("self",)).get(pk=action_id, objective__plan=plan)
    _check(data, today)
    proof = _proof(actor, plan, data, pack, upload, now)
    action.state, action.progress = data.state, data.progress
    settle(action)
    update = ActionUpdate.objects.create(
        action=action, said_on=data.said_on, progress=action.progress, state=action.state, note=data.note.strip(),
        evidence=proof, by_id=actor.person_id, at=now,
    )  # fmt: skip
    _stand_as_newest(action)
    if proof is not None:
        action.evidence.add(proof)
        action.has_proof = True
    action.row_version += 1
    action.save(update_fields=["state", "progress", "has_proof", "row_version"])
    touch(plan)
    audit.record(actor=actor, verb="plans.tell_progress", subject=action, at=now, state=update.state)
    return update


def _check(data: UpdateData, today: dt.date) -> None:
    if data.said_on > today:
        raise ValidationError({"said_on": _("This day has not come yet.")})
    if data.state == StepState.STOPPED and not data.note.strip():
        raise ValidationError({"note": _("Say in a few words why you stop.")})


def _proof(
    actor: Actor, plan: Plan, data: UpdateData, pack: Pack, upload: UploadedFile[Any] | None, now: dt.datetime
) -> Evidence | None:
    if upload is not None:
        kinds = [kind.id for kind in pack.evidence_kinds]
        kind = PROOF if PROOF in kinds else kinds[0]
        about = About(title=(data.note.strip() or (upload.name or ""))[:160], kind=kind, document_on=data.said_on)
        kept = add_evidence(
            actor=actor, organisation_id=plan.organisation_id, upload=upload, about=about, pack=pack, now=now
        )
        return kept.evidence
    if data.evidence_id is not None:
        return own_evidence(actor, plan, [data.evidence_id])[0]
    return None


def _stand_as_newest(action: PlannedAction) -> None:
    """An update about an earlier day, told later, does not turn the action back."""
    newest = action.updates.order_by("-said_on", "-pk").first()
    if newest is not None:
        action.state, action.progress = newest.state, newest.progress
