"""How the sign-in library behaves here: invitation only, mail in the person's own language."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from toetssteen.accounts.languages import remember_language
from toetssteen.accounts.models import Person
from toetssteen.accounts.queries import person_by_email


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **hooks: Any) -> HttpResponse:
        """The language that somebody chose earlier follows them to this browser."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        if isinstance(user, Person) and user.language:
            remember_language(response, user.language)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No message for coming in or going out: the page says it already."""
        template = str(kwargs.get("message_template") or (args[2] if len(args) > 2 else ""))
        if template.endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(*args, **kwargs)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody what changed in their account, at the address they sign in with."""
        super().send_notification_mail(template_prefix, user, context=context, email=email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail in the language of the person; an unknown address is answered in the language of the screen."""
        person = person_by_email(email)
        language = (person.language if person else "") or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, "person": person})


class MFAAdapter(DefaultMFAAdapter):
    """Second factor with the site's own name."""

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
