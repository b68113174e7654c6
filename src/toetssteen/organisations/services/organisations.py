"""Adding organisations and keeping their public facts right."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.organisations.models import Organisation
from toetssteen.organisations.permissions import can_create_organisation, can_edit_organisation


@dataclass(frozen=True)
class OrganisationFacts:
    """The public facts of an organisation."""

    name: str
    kind: str
    country: str = ""
    region: str = ""
    subtype: str = ""
    market_role: str = ""
    size_class: str = ""
    market_segments: str = ""
    website: str = ""


@transaction.atomic
def create_organisation(
    *, actor: Actor, facts: OrganisationFacts, now: dt.datetime, reference: str = ""
) -> Organisation:
    """Add an organisation; its number is given once and never used again."""
    demand(can_create_organisation(actor))
    organisation = Organisation(reference=reference or _next_reference(), **asdict(facts))
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        raise Refused(no(_("There is already an organisation with this number."))) from None
    audit.record(actor=actor, verb="organisations.created", subject=organisation, at=now, kind=facts.kind)
    return organisation


@transaction.atomic
def change_organisation(
    *, actor: Actor, organisation_id: int, facts: OrganisationFacts, row_version: int, now: dt.datetime
) -> Organisation:
    """Change public facts; the kind of an organisation stays what it is, because roles and history hang on it."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    demand(can_edit_organisation(actor, organisation))
    if organisation.row_version != row_version:
        raise StaleRow(organisation)
    if facts.kind != organisation.kind:
        raise Refused(no(_("The kind of an organisation cannot be changed. Add a new organisation instead.")))
    changed = {name: value for name, value in asdict(facts).items() if getattr(organisation, name) != value}
    if not changed:
        return organisation
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.row_version += 1
    organisation.save()
    audit.record(actor=actor, verb="organisations.changed", subject=organisation, at=now, fields=sorted(changed))
    return organisation


def _next_reference() -> str:
    """The next free number of the form O0001; numbers given by hand or from a list are left alone."""
    last = Organisation.objects.filter(reference__regex=r"^O[0-9]{4,}$").order_by("-reference").first()
    return f"O{int(last.reference[1:]) + 1:04d}" if last else "O0001"
