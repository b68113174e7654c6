"""Reading accounts."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from toetssteen.accounts.models import Person
from toetssteen.accounts.permissions import visible_people
from toetssteen.core.access import Actor


def person_by_email(email: str) -> Person | None:
    """The person who signs in with this address."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def own_account(actor: Actor) -> Person:
    """The account of the person who asks."""
    return visible_people(actor).get()


def has_second_factor(person_id: int) -> bool:
    """True if the person has set up a code app, a passkey or a security key."""
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=person_id, type__in=types).exists()


def demo_people() -> list[Person]:
    """The invented people of a demonstration whom a visitor can be; nobody elsewhere."""
    if not settings.DEMO or settings.PRODUCTION:
        return []
    people = Person.objects.filter(email__endswith="@demo.example", is_active=True).exclude(
        email__startswith="contact."
    )
    return list(people.order_by("pk"))


@dataclass(frozen=True)
class Security:
    """How well an account is locked."""

    has_totp: bool
    keys: int
    has_recovery_codes: bool
    sessions: int


def security_of(actor: Actor) -> Security:
    """The locks on one's own account and the number of places where one is signed in."""
    types = list(Authenticator.objects.filter(user_id=actor.person_id).values_list("type", flat=True))
    return Security(
        has_totp=Authenticator.Type.TOTP in types,
        keys=types.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in types,
        sessions=UserSession.objects.filter(user_id=actor.person_id).count(),
    )
