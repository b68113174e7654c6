"""How the secretariat keeps the list of quarry areas."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.supplychain import permissions
from toetssteen.supplychain.data import AreaData
from toetssteen.supplychain.models import QuarryArea


@transaction.atomic
def add_quarry_area(*, actor: Actor, data: AreaData, now: dt.datetime) -> QuarryArea:
    """Add an area to the list."""
    demand(permissions.can_edit_quarry_area(actor))
    if QuarryArea.objects.filter(code__iexact=data.code).exists():
        raise ValidationError({"code": _("This code is taken.")})
    area = QuarryArea(code=data.code)
    _save(area, data)
    audit.record(actor=actor, verb="supplychain.add_quarry_area", subject=area, at=now, code=area.code)
    return area


@transaction.atomic
def edit_quarry_area(*, actor: Actor, area_id: int, data: AreaData, now: dt.datetime) -> QuarryArea:
    """Change an area of the list; its code stays."""
    area = QuarryArea.objects.select_for_update().get(pk=area_id)
    demand(permissions.can_edit_quarry_area(actor, area))
    _save(area, data)
    audit.record(actor=actor, verb="supplychain.edit_quarry_area", subject=area, at=now, code=area.code)
    return area


def _save(area: QuarryArea, data: AreaData) -> None:
    area.name, area.country, area.level, area.admin1 = data.name, data.country, data.level, data.admin1
    parent = QuarryArea.objects.filter(pk=data.parent).first() if data.parent else None
    _check_parent(area, parent)
    area.parent = parent
    area.save()


def _check_parent(area: QuarryArea, parent: QuarryArea | None) -> None:
    """An area lies in one of the same country, and never in itself or in a part of itself."""
    if parent is None:
        return
    if parent.country != area.country:
        raise ValidationError({"parent": _("The larger area lies in another country.")})
    above: QuarryArea | None = parent
    while above is not None:
        if area.pk is not None and above.pk == area.pk:
            raise ValidationError({"parent": _("An area cannot lie in itself.")})
        above = above.parent
