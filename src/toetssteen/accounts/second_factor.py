"""Whether a session was opened, or strengthened, with a second factor or a passkey."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.http import HttpRequest

from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor
from toetssteen.foundation import audit, clock

# A recovery code opens a session too: that is what it is kept for.
FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES})
OWN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_proved(request: HttpRequest) -> bool:
    """True if the signed-in person proved a second factor or a passkey in this session."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(r.get("method") == "mfa" and r.get("type") in FACTORS for r in records)


def on_added(sender: Any, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A factor that was just set up counts at once.

    Safe, because the set-up pages ask for the password again when it was given too long ago, and the new factor has
    just been shown to work.
    """
    if authenticator.type not in OWN:
        return
    records = get_authentication_records(request, user)
    proof = {"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": str(authenticator.type)}
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records, proof]
    _record("accounts.second_factor_added", user, authenticator)


def on_removed(sender: Any, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Without any factor left, neither this session nor another counts as proved any more."""
    if authenticator.type not in OWN:
        return
    _record("accounts.second_factor_removed", user, authenticator)
    if Authenticator.objects.filter(user=user, type__in=OWN).exists():
        return
    records = [r for r in get_authentication_records(request, user) if r.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    end_other_sessions(request, user)


def _record(verb: str, user: Person, authenticator: Authenticator) -> None:
    audit.record(actor=Actor(person_id=user.pk), verb=verb, subject=user, at=clock.now(), type=str(authenticator.type))


def connect() -> None:
    """Listen to the sign-in library; called once when the site starts."""
    from allauth.mfa.signals import authenticator_added, authenticator_removed

    authenticator_added.connect(on_added, dispatch_uid="toetssteen.second_factor_added")
    authenticator_removed.connect(on_removed, dispatch_uid="toetssteen.second_factor_removed")
