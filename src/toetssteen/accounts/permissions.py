"""Who sees and changes an account: only its owner."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.core.access import YES, Actor, Verdict, no, permission


def visible_people(actor: Actor) -> QuerySet[Person]:
    """One's own account; who colleagues are is said by their appointments."""
    return Person.objects.none() if actor.person_id is None else Person.objects.filter(pk=actor.person_id)


@permission("accounts.view_account")
def can_view_account(actor: Actor, person: Person) -> Verdict:
    """The owner of the account."""
    return YES if actor.is_signed_in and actor.person_id == person.pk else no(_("This is somebody else's account."))


@permission("accounts.change_account")
def can_change_account(actor: Actor, person: Person) -> Verdict:
    """The owner of the account."""
    return can_view_account(actor, person)
