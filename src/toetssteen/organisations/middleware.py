"""Puts the actor on the request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from toetssteen.core.access import NO_ONE, Actor
from toetssteen.organisations.actors import ACTING_FOR, actor_for, open_appointments


class ActorMiddleware:
    """`request.actor` and `request.appointments`; one query for signed-in people, none for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        request.appointments = []  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return NO_ONE
        appointments = open_appointments(request.user)  # type: ignore[arg-type]
        request.appointments = appointments  # type: ignore[attr-defined]
        return actor_for(
            request.user,  # type: ignore[arg-type]
            acting_for=request.session.get(ACTING_FOR),
            second_factor=signed_in_with_second_factor(request),
            appointments=appointments,
        )


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """True if this session was opened with a second factor or a passkey."""
    methods = request.session.get("account_authentication_methods", [])
    return any(m.get("method") == "mfa" for m in methods)
