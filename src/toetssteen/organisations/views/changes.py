"""Dated changes of memberships and purchase situations; each page says what happens before it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, refusals_on, show
from toetssteen.organisations import forms, hooks, permissions, queries, services

_OLD_YEARS = _("Results and report numbers of years that ended stay as they are.")
_REGISTER = _("The register keeps showing the years in which this organisation took part.")
_AUDIT = _("Your name and the moment are noted in the audit trail.")


@dataclass(frozen=True)
class Change:
    """One kind of change: its words, its form and its service."""

    heading: Any
    action: Any
    done: Any
    form: type[forms.ChangeForm]
    service: Callable[..., Any]
    happens: tuple[Any, ...]
    day_field: str
    final: bool = False
    about_situation: bool = False
    organisation_argument: str = "organisation_id"
    choices: Callable[[Actor, Any], list[tuple[Any, str]]] = field(default=lambda actor, organisation: [])


def _change(request: HttpRequest, actor: Actor, pk: int, change: Change) -> HttpResponse:
    organisation = get_object_or_404(queries.organisations(actor), pk=pk)
    asked = permissions.can_override_situation if change.about_situation else permissions.can_change_membership
    form = change.form(
        request.POST or None,
        final=change.final,
        choices=change.choices(actor, organisation),
        initial={change.day_field: clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change.service(
                actor=actor, now=clock.now(), **{change.organisation_argument: organisation.pk}, **form.facts()
            )
            messages.success(request, change.done)
            return redirect("organisation_detail", pk)
    context = {
        "form": form,
        "heading": change.heading,
        "lead": organisation.name,
        "what_happens": [*change.happens, _AUDIT],
        "cannot_undo": change.final,
        "action_label": change.action,
        "back_url": reverse("organisation_detail", args=[pk]),
        "verdict": asked(actor, organisation),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.STAFF)
def membership_admit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Let an organisation take part."""
    happens = (
        _("The organisation takes part from the day you fill in."),
        _("From then on its report years are counted."),
    )
    return _change(request, actor, pk, Change(
        _("Let this organisation take part"), _("Let it take part"), _("The organisation takes part."),
        forms.AdmitForm, services.admit_member, (*happens, _OLD_YEARS), "joined_on",
    ))  # fmt: skip


@page(Audience.STAFF)
def membership_end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End a membership."""
    happens = (
        _("From the day you fill in the organisation no longer takes part."),
        _("Its people can still sign in and read; you can remove them on the page of the organisation."),
        _REGISTER,
    )
    return _change(request, actor, pk, Change(
        _("End this membership"), _("End membership"), _("The membership has ended."),
        forms.EndForm, services.end_membership, (*happens, _OLD_YEARS), "ended_on", final=True,
    ))  # fmt: skip


@page(Audience.STAFF)
def membership_merge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Let a member go up in another."""
    happens = (
        _("This membership ends on the day you fill in, with the name of the receiving organisation."),
        _("The receiving organisation keeps its own count of report years."),
        _REGISTER,
    )
    return _change(request, actor, pk, Change(
        _("Merge into another member"), _("Merge"), _("The merger has been noted."),
        forms.MergeForm, services.merge_members, (*happens, _OLD_YEARS), "on", final=True,
        organisation_argument="from_id", choices=queries.merge_candidates,
    ))  # fmt: skip


@page(Audience.STAFF)
def membership_suspend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Suspend a membership."""
    happens = (
        _("Who is suspended on the last day of a covenant year owes no report for that year."),
        _("The organisation and the secretariat see the reason; others do not."),
    )
    return _change(request, actor, pk, Change(
        _("Suspend this membership"), _("Suspend"), _("The membership has been suspended."),
        forms.SuspendForm, services.suspend_member, (*happens, _OLD_YEARS), "from_on",
    ))  # fmt: skip


@page(Audience.STAFF)
def membership_resume(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End a suspension."""
    happens = (_("From the day you fill in the membership counts again."),)
    return _change(request, actor, pk, Change(
        _("End this suspension"), _("End suspension"), _("The suspension has ended."),
        forms.ResumeForm, services.resume_member, (*happens, _OLD_YEARS), "until_on",
    ))  # fmt: skip


@page(Audience.STAFF)
def situation_override(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Set a purchase situation by hand."""
    happens = (
        _("From the day you fill in this situation decides which questions and norms apply."),
        _("The company sees the situation, your reason and your name."),
        _("What follows from the chains is still worked out and shown beside it."),
    )
    return _change(request, actor, pk, Change(
        _("Set the purchase situation"), _("Set situation"), _("The purchase situation has been set."),
        forms.OverrideForm, services.override_situation, (*happens, _OLD_YEARS), "since_on",
        about_situation=True, choices=lambda actor, organisation: list(hooks.situation_choices()),
    ))  # fmt: skip


@page(Audience.STAFF)
def situation_override_end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Let the chains decide again."""
    happens = (_("From the day you fill in the purchase situation follows from the chains again."),)
    return _change(request, actor, pk, Change(
        _("Let the chains decide again"), _("Let the chains decide"), _("The chains decide again."),
        forms.OverrideEndForm, services.end_override, (*happens, _OLD_YEARS), "until_on", about_situation=True,
    ))  # fmt: skip
