"""The own account, its language, and the page that asks for a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override

from toetssteen.accounts import demo, forms, queries, services
from toetssteen.accounts.languages import is_known, remember_language
from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, refusals_on, show


@page(Audience.SIGNED_IN)
def account_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who one is here: name, address, language, for whom one acts, and how the account is locked."""
    person = queries.own_account(actor)
    language = person.language or request.LANGUAGE_CODE  # type: ignore[attr-defined]
    initial = {"name": person.name, "language": language, "wants_digest": person.wants_digest}
    form = forms.AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            changed = services.change_account(actor=actor, now=clock.now(), **form.cleaned_data)
            with override(changed.language):
                messages.success(request, _("Your account has been saved."))
            return remember_language(redirect("account_page"), changed.language)
    context = {
        "form": form,
        "person": person,
        "security": queries.security_of(actor),
        "appointments": request.appointments,  # type: ignore[attr-defined]
    }
    return show(request, "accounts/account_page.html", context)


@page(Audience.PUBLIC, methods=("POST",))
def set_language(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Read on in the other language, on the same page."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    response = redirect(to if safe and to.startswith("/") else "/")
    language = request.POST.get("language", "")
    if not is_known(language):
        return response
    if actor.is_signed_in:
        services.choose_language(actor=actor, language=language)
    return remember_language(response, language)


@page(Audience.SIGNED_IN)
def second_factor_needed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Why this role needs a second factor, and how to set one up or prove it."""
    if actor.second_factor:
        return redirect(settings.LOGIN_REDIRECT_URL)
    has_one = queries.has_second_factor(actor.person_id or 0)
    return show(request, "accounts/second_factor_needed.html", {"has_one": has_one})


@page(Audience.SIGNED_IN)
def account_email(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An address is changed by a new invitation, so the sign-in library's own page leads to the account."""
    return redirect("account_page")


class SignInView(LoginView):
    """The sign-in page; a demonstration names the invented people one can be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_people": queries.demo_people()}


class SecondFactorView(AuthenticateView):
    """The page that asks for the code; a demonstration shows the code of invented people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_code": demo.current_code(self.stage.login.user)}


class SecondFactorAgainView(ReauthenticateView):
    """The page that asks for the code once more before a change of the locks."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_code": demo.current_code(self.request.user)}


_sign_in = SignInView.as_view()
_ask_second_factor = SecondFactorView.as_view()
_ask_second_factor_again = SecondFactorAgainView.as_view()


@page(Audience.PUBLIC)
def sign_in(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Sign in with a password or a passkey."""
    return _sign_in(request)


@page(Audience.PUBLIC)
def second_factor(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Give the code of the second factor."""
    response = _ask_second_factor(request)
    response["Cache-Control"] = "no-store"
    return response


@page(Audience.SIGNED_IN)
def second_factor_again(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Give the code of the second factor again."""
    return _ask_second_factor_again(request)
