"""The trail of acts, for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from toetssteen.accounts.models import Person
from toetssteen.assessment.permissions import can_view_audit, visible_events
from toetssteen.core.access import Actor
from toetssteen.foundation.models import AuditEvent
from toetssteen.organisations.models import Organisation


@dataclass(frozen=True)
class TrailRow:
    """One act as the list shows it."""

    event: AuditEvent
    person: str
    organisation: str

    @property
    def details(self) -> list[tuple[str, str]]:
        """What the act says about itself: identifiers, states and hashes."""
        return [(key.replace("_", " "), str(value)) for key, value in self.event.detail.items()]


def may_view_trail(actor: Actor) -> bool:
    """The trail exists for this actor."""
    return bool(can_view_audit(actor))


def trail(actor: Actor, filters: dict[str, Any]) -> QuerySet[AuditEvent]:
    """The acts, newest first; filters `subject` and `verb` (what they start with) and `person` (part of a name)."""
    rows = visible_events(actor)
    if filters.get("subject"):
        rows = rows.filter(subject__icontains=filters["subject"].strip())
    if filters.get("verb"):
        rows = rows.filter(verb__icontains=filters["verb"].strip())
    if filters.get("person"):
        named = Person.objects.filter(name__icontains=filters["person"].strip())
        rows = rows.filter(person_id__in=list(named.values_list("pk", flat=True)[:500]))
    return rows.order_by("-number")


def trail_rows(events: list[AuditEvent]) -> list[TrailRow]:
    """The acts of one page with the names of who did them, in two queries."""
    people = dict(Person.objects.filter(pk__in={e.person_id for e in events if e.person_id}).values_list("pk", "name"))
    organisations = dict(
        Organisation.objects.filter(pk__in={e.organisation_id for e in events if e.organisation_id}).values_list(
            "pk", "name"
        )
    )
    return [
        TrailRow(e, people.get(e.person_id or 0, ""), organisations.get(e.organisation_id or 0, "")) for e in events
    ]
