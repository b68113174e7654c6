"""What stakeholders say of the order: recorded, corrected and taken away, with nothing lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.risks import permissions
from toetssteen.risks.models import StakeholderView


@dataclass(frozen=True)
class ViewData:
    """Who said what of the order, when, and what changed because of it."""

    who: str
    said_on: dt.date
    said: str
    changed: str = ""


@transaction.atomic
def record_view(
    *, actor: Actor, organisation_id: int, year_number: int, data: ViewData, now: dt.datetime
) -> StakeholderView:
    """Keep what a stakeholder said of the order, and what changed because of it."""
    demand(permissions.can_record_view(actor, organisation_id, year_number))
    view = _write(actor, organisation_id, year_number, data, now, None)
    audit.record(actor=actor, verb="risks.record_view", subject=view, at=now)
    return view


@transaction.atomic
def correct_view(*, actor: Actor, view_id: int, data: ViewData, now: dt.datetime) -> StakeholderView:
    """Write a recorded view again; the words before it are kept."""
    old = _locked(actor, view_id)
    if old.removed_at is not None:
        raise Refused(no(_("This view was changed or removed in the meantime.")))
    old.removed_by_id, old.removed_at = actor.person_id, now
    old.save(update_fields=["removed_by", "removed_at"])
    view = _write(actor, old.organisation_id, old.year_number, data, now, old)
    audit.record(actor=actor, verb="risks.correct_view", subject=view, at=now, corrects=old.pk)
    return view


@transaction.atomic
def remove_view(*, actor: Actor, view_id: int, now: dt.datetime) -> StakeholderView:
    """Take a view off the page; it can be brought back."""
    view = _locked(actor, view_id)
    if view.removed_at is None:
        view.removed_by_id, view.removed_at = actor.person_id, now
        view.save(update_fields=["removed_by", "removed_at"])
        audit.record(actor=actor, verb="risks.remove_view", subject=view, at=now)
    return view


@transaction.atomic
def restore_view(*, actor: Actor, view_id: int, now: dt.datetime) -> StakeholderView:
    """Bring a removed view back; one that was corrected stays replaced."""
    view = _locked(actor, view_id)
    if StakeholderView.objects.filter(corrects=view).exists():
        raise Refused(no(_("This view was corrected. Change the corrected one.")))
    if view.removed_at is not None:
        view.removed_by_id, view.removed_at = None, None
        view.save(update_fields=["removed_by", "removed_at"])
        audit.record(actor=actor, verb="risks.restore_view", subject=view, at=now)
    return view


def _locked(actor: Actor, view_id: int) -> StakeholderView:
    rows = permissions.visible_stakeholder_views(actor).select_for_update(of=("self",))
    view = rows.filter(pk=view_id).first()
    if view is None:
        raise Refused(no(_("This view does not exist any more.")))
    demand(permissions.can_record_view(actor, view.organisation_id, view.year_number))
    return view


def _write(
    actor: Actor, organisation_id: int, year_number: int, data: ViewData, now: dt.datetime, old: StakeholderView | None
) -> StakeholderView:
    if data.said_on > now.date() + dt.timedelta(days=1):
        raise ValidationError({"said_on": _("This day lies in the future.")})
    return StakeholderView.objects.create(
        organisation_id=organisation_id, year_number=year_number, who=data.who.strip(), said_on=data.said_on,
        said=data.said.strip(), changed=data.changed.strip(), recorded_by_id=actor.person_id, recorded_at=now,
        corrects=old,
    )  # fmt: skip
