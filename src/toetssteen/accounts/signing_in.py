"""Signing somebody in who has just proved who they are in another way than the sign-in page."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from toetssteen.accounts.models import Person


def sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Open a session with the password that was just chosen; a second factor is asked for as at the sign-in page."""
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return response
