"""Colleagues, invitations, and the page behind an invitation's link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from toetssteen.accounts.languages import is_known
from toetssteen.accounts.signing_in import sign_in
from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import before_stop
from toetssteen.foundation.pages import Audience, demand, page, refusals_on, show
from toetssteen.organisations import forms, permissions, queries, services
from toetssteen.organisations.actors import ACTING_FOR


def _people_address(actor: Actor, organisation_id: int) -> str:
    """Back to where the people are listed: one's own colleagues, or the page of another organisation."""
    if actor.organisation_id == organisation_id and actor.belongs_to(Audience.PARTIES):
        return reverse("colleague_list")
    return reverse("organisation_detail", args=[organisation_id])


@page(Audience.PARTIES, methods=("GET", "HEAD"))
def colleague_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who acts for one's own organisation, and who has been invited."""
    people = queries.people_page(actor, clock.now())
    return show(request, "organisations/colleague_list.html", {"people_page": people})


@page(Audience.SIGNED_IN)
def invitation_create(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Invite somebody to act for an organisation."""
    organisation = get_object_or_404(queries.organisations(actor), pk=pk)
    demand(permissions.can_invite(actor, organisation))
    initial = {"language": translation.get_language()}
    form = forms.InvitationForm(request.POST or None, roles=queries.role_choices(actor, organisation), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            invitation = services.invite(
                actor=actor, organisation_id=organisation.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The invitation has been sent to %(email)s.") % {"email": invitation.email})
            return redirect(_people_address(actor, organisation.pk))
    back = _people_address(actor, organisation.pk)
    return show(
        request, "organisations/invitation_create.html", {"form": form, "organisation": organisation, "back": back}
    )


@page(Audience.SIGNED_IN)
def invitation_resend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Send an invitation again with a new link."""
    invitation = get_object_or_404(queries.invitation_rows(actor), pk=pk)
    what = [
        _("A new mail goes to %(email)s.") % {"email": invitation.email},
        _("The link in the earlier mail stops working."),
    ]
    return _confirm(
        request, actor, invitation.organisation_id, _("Send the invitation again"), _("Send again"), what,
        lambda: services.resend_invitation(actor=actor, invitation_id=pk, now=clock.now()),
        _("The invitation has been sent to %(email)s.") % {"email": invitation.email},
        permissions.can_invite(actor, invitation.organisation, invitation.role),
    )  # fmt: skip


@page(Audience.SIGNED_IN)
def invitation_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(queries.invitation_rows(actor), pk=pk)
    what = [_("The link in the mail to %(email)s stops working.") % {"email": invitation.email}]
    return _confirm(
        request, actor, invitation.organisation_id, _("Withdraw this invitation"), _("Withdraw"), what,
        lambda: services.withdraw_invitation(actor=actor, invitation_id=pk, now=clock.now()),
        _("The invitation has been withdrawn."),
        permissions.can_invite(actor, invitation.organisation, invitation.role),
    )  # fmt: skip


@page(Audience.SIGNED_IN)
def appointment_end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Remove somebody from an organisation."""
    appointment = get_object_or_404(queries.appointment_rows(actor), pk=pk)
    names = {"name": appointment.person.name, "organisation": appointment.organisation.name}
    ended = names | {"organisation": before_stop(names["organisation"])}
    what = [
        _("%(name)s can no longer act for %(organisation)s, starting now.") % names,
        _("What this person entered stays, with the name beside it."),
        _("You can invite this person again later."),
    ]
    return _confirm(
        request, actor, appointment.organisation_id, _("Remove %(name)s") % names, _("Remove"), what,
        lambda: services.end_appointment(actor=actor, appointment_id=pk, now=clock.now()),
        _("%(name)s no longer acts for %(organisation)s.") % ended,
        permissions.can_end_appointment(actor, appointment),
    )  # fmt: skip


def _confirm(
    request: HttpRequest, actor: Actor, organisation_id: int, heading: str, action: str, what: list[str],
    deed: Any, done: str, verdict: Any,
) -> HttpResponse:  # fmt: skip
    back = _people_address(actor, organisation_id)
    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            deed()
            messages.success(request, done)
            # Who removed themselves has nothing to see there any more.
            return redirect(back)
    context = {
        "form": form, "heading": heading, "what_happens": what, "action_label": action, "back_url": back,
        "verdict": verdict,
    }  # fmt: skip
    return show(request, "foundation/confirm.html", context)


@page(Audience.SIGNED_IN)
def appointment_role(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give a colleague another role."""
    appointment = get_object_or_404(queries.appointment_rows(actor), pk=pk)
    demand(permissions.can_change_role(actor, appointment))
    form = forms.RoleForm(
        request.POST or None,
        roles=queries.role_choices(actor, appointment.organisation),
        initial={"role": appointment.role},
    )
    back = _people_address(actor, appointment.organisation_id)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.change_role(actor=actor, appointment_id=pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The role has been changed."))
            return redirect(back)
    context = {"form": form, "appointment": appointment, "back": back}
    return show(request, "organisations/appointment_role.html", context)


@page(Audience.PUBLIC)
def invitation_accept(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """The page behind the link of an invitation: a new account, or a yes of somebody who has one."""
    invited = queries.invitation_by_token(actor, services.digest_of_token(token), clock.now())
    if invited is None:
        raise Http404
    if request.method == "GET" and is_known(invited.language) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(invited.language)
        request.LANGUAGE_CODE = invited.language  # type: ignore[attr-defined]
    form: Any = (
        forms.NothingForm(request.POST if request.method == "POST" else None)
        if invited.has_account
        else forms.AcceptForm(request.POST or None, initial={"name": invited.name, "language": invited.language})
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            person = services.accept_invitation(actor=actor, token=token, now=clock.now(), **form.cleaned_data)
            return _enter(request, actor, person)
    context = {"form": form, "invited": invited, "login_next": request.path}
    response = show(request, "organisations/invitation_accept.html", context)
    response["Cache-Control"] = "no-store"
    # The token stays on this site; with "no-referrer" browsers hide where the form comes from, and it is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _enter(request: HttpRequest, actor: Actor, person: Any) -> HttpResponse:
    """Sign a new person in; somebody who was signed in goes on for the organisation of the invitation."""
    if actor.is_signed_in and actor.person_id == person.pk:
        messages.success(request, _("You can now act for this organisation. Choose it under your name."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    request.session.pop(ACTING_FOR, None)
    return sign_in(request, person)
