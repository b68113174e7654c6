"""State of which chains the risks were looked at."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.supplychain import permissions, services
from toetssteen.supplychain.models import Chain


@transaction.atomic
def record_risk_scan(
    *, actor: Actor, organisation_id: int, seen: dict[int, int], on: dt.date, now: dt.datetime
) -> list[int]:
    """State of which chains the risks were looked at on a day; `seen` names each chain with the version on the screen.

    A chain that somebody changed in the meantime is left out; the answer says which ones were noted.
    """
    demand(permissions.can_add_chain(actor, organisation_id))
    services._confirmable(on, now)
    rows = Chain.objects.select_for_update().filter(
        organisation_id=organisation_id, pk__in=seen, closed_on__isnull=True
    )
    scanned = [chain for chain in rows if chain.row_version == seen[chain.pk]]
    for chain in scanned:
        chain.risk_scan_on = on
        chain.row_version += 1
        chain.changed_by_id, chain.changed_at = actor.person_id, now
    Chain.objects.bulk_update(scanned, ["risk_scan_on", "row_version", "changed_by", "changed_at"], batch_size=200)
    ids = [chain.pk for chain in scanned]
    subject = f"organisations.Organisation:{organisation_id}"
    audit.record(actor=actor, verb="supplychain.record_risk_scan", subject=subject, at=now, on=on, chains=ids)
    return ids
