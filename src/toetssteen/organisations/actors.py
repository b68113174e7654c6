"""Who asks: built once per request from the person's open appointments."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from toetssteen.accounts.models import Person
from toetssteen.core.access import NO_ONE, Actor, Holding, Role
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.models import Appointment

ACTING_FOR = "acting_for"


def open_appointments(person: Person) -> Sequence[Appointment]:
    """The appointments of a person that have not ended, by name of the organisation."""
    return _open_appointments(person.pk)


@prepared
def _open_appointments(person_id: int) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(person_id=person_id, ended_at__isnull=True)
    return rows.select_related("organisation").order_by("organisation__name", "role")


def actor_for(
    person: Person,
    *,
    acting_for: int | None = None,
    second_factor: bool = False,
    appointments: Sequence[Appointment] | None = None,
) -> Actor:
    """The actor for a person; of several organisations the chosen one, else the first by name."""
    if not person.is_active:
        return NO_ONE
    rows = open_appointments(person) if appointments is None else appointments
    chosen = next(
        (a.organisation for a in rows if a.organisation_id == acting_for), rows[0].organisation if rows else None
    )
    return Actor(
        person_id=person.pk,
        name=str(person),
        organisation_id=chosen.pk if chosen else None,
        organisation_name=chosen.name if chosen else "",
        organisation_kind=chosen.kind if chosen else "",
        holdings=frozenset(
            Holding(Role(a.role), a.organisation_id) for a in rows if chosen and a.organisation_id == chosen.pk
        ),
        second_factor=second_factor,
    )
