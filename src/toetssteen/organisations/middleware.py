"""Puts the actor on the request, and keeps who owes a second factor on the pages that set one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from toetssteen.accounts.second_factor import is_proved
from toetssteen.core.access import NO_ONE, SECRETARIAT_ROLES, Actor, Audience, Role
from toetssteen.organisations.actors import ACTING_FOR, actor_for, open_appointments

DEMANDING = frozenset(role.value for role in SECRETARIAT_ROLES | {Role.OPERATOR})

# Setting up and proving a second factor, choosing a language, and leaving.
SET_UP = frozenset(
    {
        "second_factor_needed",
        "set_language",
        "account_logout",
        "account_login",
        "account_reauthenticate",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


class ActorMiddleware:
    """`request.actor` and `request.appointments`; one query for signed-in people, none for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Whoever has a secretariat or operator role reaches only the set-up pages without a second factor."""
        if not request.owes_second_factor or getattr(view, "audience", None) is Audience.PUBLIC:  # type: ignore[attr-defined]
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in SET_UP else redirect("second_factor_needed")

    def _actor(self, request: HttpRequest) -> Actor:
        request.appointments = []  # type: ignore[attr-defined]
        request.owes_second_factor = False  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return NO_ONE
        appointments = open_appointments(request.user)  # type: ignore[arg-type]
        request.appointments = appointments  # type: ignore[attr-defined]
        proved = signed_in_with_second_factor(request)
        request.owes_second_factor = not proved and any(a.role in DEMANDING for a in appointments)  # type: ignore[attr-defined]
        return actor_for(
            request.user,  # type: ignore[arg-type]
            acting_for=request.session.get(ACTING_FOR),
            second_factor=proved,
            appointments=appointments,
        )


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """True if this session was opened with a second factor or a passkey."""
    return is_proved(request)
