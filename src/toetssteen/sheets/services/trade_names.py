"""The secretariat's own list of trade names, beside the one that reading knows."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.sheets import permissions
from toetssteen.sheets.models import TradeName
from toetssteen.sheets.policies import name_key


@transaction.atomic
def add_trade_name(*, actor: Actor, name: str, material: str, pack: Pack, now: dt.datetime) -> TradeName:
    """Add a trade name with the material that it is."""
    demand(permissions.can_edit_trade_name(actor))
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Enter the name.")})
    if material not in {known.id for known in pack.materials}:
        raise ValidationError({"material": _("This material does not exist.")})
    if TradeName.objects.filter(key=name_key(name)).exists():
        raise ValidationError({"name": _("This name is on the list already.")})
    made = TradeName.objects.create(
        name=name, key=name_key(name), material=material, added_by_id=actor.person_id, added_at=now
    )
    audit.record(actor=actor, verb="sheets.add_trade_name", subject=made, at=now, material=material)
    return made


@transaction.atomic
def remove_trade_name(*, actor: Actor, trade_name_id: int, now: dt.datetime) -> None:
    """Take a trade name off the list; chains that were made with it stay."""
    demand(permissions.can_edit_trade_name(actor))
    found = permissions.visible_trade_names(actor).filter(pk=trade_name_id).first()
    if found is None:
        return
    subject = audit.subject_of(found)
    found.delete()
    audit.record(actor=actor, verb="sheets.remove_trade_name", subject=subject, at=now)
