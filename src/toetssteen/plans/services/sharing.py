"""The secretariat's list of shared actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans.models import SharedAction
from toetssteen.plans.permissions import can_keep_shared_actions


@dataclass(frozen=True)
class SharedData:
    """A shared action as it was entered."""

    name_nl: str
    theme: str
    started_on: dt.date
    name_en: str = ""
    country: str = ""
    note: str = ""


@transaction.atomic
def save_shared_action(
    *,
    actor: Actor,
    shared_id: int | None,
    data: SharedData,
    pack: Pack,
    now: dt.datetime,
    row_version: int | None = None,
) -> SharedAction:
    """Add a shared action, or change what is said of one."""
    demand(can_keep_shared_actions(actor))
    if data.theme not in {theme.id for theme in pack.themes}:
        raise ValidationError({"theme": _("Choose a theme from the list.")})
    shared = SharedAction.objects.select_for_update().get(pk=shared_id) if shared_id else SharedAction()
    if shared_id and row_version is not None and shared.row_version != row_version:
        raise StaleRow(shared)
    if shared.closed_on is not None and shared.closed_on < data.started_on:
        raise ValidationError({"started_on": _("This day lies after the day on which it was closed.")})
    for field, value in asdict(data).items():
        setattr(shared, field, value)
    if shared_id is None:
        shared.created_by_id = actor.person_id
        shared.reference = "new"  # replaced below, once the row has its number
    shared.row_version += 1
    shared.save()
    if shared_id is None:
        shared.reference = f"SA{shared.pk:03d}"
        shared.save(update_fields=["reference"])
    audit.record(actor=actor, verb="plans.save_shared_action", subject=shared, at=now)
    return shared


@transaction.atomic
def close_shared_action(*, actor: Actor, shared_id: int, today: dt.date, now: dt.datetime) -> SharedAction:
    """Close a shared action: who joined keeps it, nobody joins it any more."""
    demand(can_keep_shared_actions(actor))
    shared = SharedAction.objects.select_for_update().get(pk=shared_id)
    if shared.closed_on is None:
        shared.closed_on = max(today, shared.started_on)
        shared.row_version += 1
        shared.save(update_fields=["closed_on", "row_version"])
        audit.record(actor=actor, verb="plans.close_shared_action", subject=shared, at=now)
    return shared


@transaction.atomic
def reopen_shared_action(*, actor: Actor, shared_id: int, now: dt.datetime) -> SharedAction:
    """Open a closed shared action again."""
    demand(can_keep_shared_actions(actor))
    shared = SharedAction.objects.select_for_update().get(pk=shared_id)
    if shared.closed_on is not None:
        shared.closed_on = None
        shared.row_version += 1
        shared.save(update_fields=["closed_on", "row_version"])
        audit.record(actor=actor, verb="plans.reopen_shared_action", subject=shared, at=now)
    return shared
