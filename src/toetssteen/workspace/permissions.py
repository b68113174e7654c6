"""Who keeps a private calendar address: only the person whose it is."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission
from toetssteen.workspace.models import CalendarKey


def visible_calendar_keys(actor: Actor) -> QuerySet[CalendarKey]:
    """One's own address, never that of somebody else."""
    if actor.person_id is None:
        return CalendarKey.objects.none()
    return CalendarKey.objects.filter(person_id=actor.person_id)


@permission("workspace.view_calendar_key")
def can_view_calendar_key(actor: Actor, key: CalendarKey) -> Verdict:
    """The person whose calendar it is."""
    if actor.person_id is not None and actor.person_id == key.person_id:
        return YES
    return no(_("This calendar belongs to somebody else."))


@permission("workspace.keep_calendar_key")
def can_keep_calendar_key(actor: Actor) -> Verdict:
    """Whoever acts for a company makes and ends an address for their own calendar."""
    if actor.is_signed_in and actor.company_id is not None:
        return YES
    return no(_("Only people of a company have a calendar of what is due."))
