"""Taking hold of a risk before it is changed."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.risks import permissions
from toetssteen.risks.models import Risk


def locked(actor: Actor, risk_id: int, row_version: int | None) -> Risk:
    """The risk, locked and open for change; for whom may not see it, it does not exist."""
    risk = permissions.visible_risks(actor).select_for_update(of=("self",)).filter(pk=risk_id).first()
    if risk is None:
        raise Refused(no(_("This risk does not exist any more.")))
    demand(permissions.can_edit_risk(actor, risk))
    if row_version is not None and risk.row_version != row_version:
        raise StaleRow(risk)
    return risk


def touch(risk: Risk, actor: Actor, now: dt.datetime) -> None:
    """Save with who changed it last."""
    risk.changed_by_id, risk.changed_at = actor.person_id, now
    risk.row_version += 1
    risk.save()
