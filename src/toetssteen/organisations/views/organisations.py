"""The list of organisations, the page of one, and its public facts."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, demand, page, refusals_on, show
from toetssteen.organisations import forms, permissions, queries, services
from toetssteen.organisations.queries.organisations import STATES


@page(Audience.STAFF, methods=("GET", "HEAD"))
def organisation_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All organisations, to search, filter and sort."""
    form = forms.FilterForm(request.GET, states=STATES)
    shown = queries.organisation_page(
        actor,
        today=clock.today(),
        search=request.GET.get("q", ""),
        kind=request.GET.get("kind", ""),
        state=request.GET.get("state", ""),
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page"),
    )
    context = {
        "filters": form,
        "page": shown,
        "is_filtered": any(request.GET.get(name) for name in ("q", "kind", "state")),
        "shows_situation": actor.is_secretariat,
        "can_create": permissions.can_create_organisation(actor),
    }
    return show(request, "organisations/organisation_list.html", context)


@page(Audience.STAFF, methods=("GET", "HEAD"))
def organisation_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One organisation: facts, memberships, purchase situation, people."""
    organisation = get_object_or_404(queries.organisations(actor), pk=pk)
    detail = queries.organisation_detail(actor, organisation, clock.now(), clock.today())
    return show(request, "organisations/organisation_detail.html", {"detail": detail, "organisation": organisation})


@page(Audience.STAFF)
def organisation_create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an organisation."""
    demand(permissions.can_create_organisation(actor))
    form = forms.OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            facts = services.OrganisationFacts(**form.cleaned_data)
            made = services.create_organisation(actor=actor, facts=facts, now=clock.now())
            messages.success(request, _("%(name)s has been added.") % {"name": made.name})
            return redirect("organisation_detail", made.pk)
    return show(request, "organisations/organisation_edit.html", {"form": form})


@page(Audience.STAFF)
def organisation_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change the public facts of an organisation."""
    organisation = get_object_or_404(queries.organisations(actor), pk=pk)
    demand(permissions.can_edit_organisation(actor, organisation))
    initial = {name: getattr(organisation, name) for name in services.OrganisationFacts.__dataclass_fields__}
    form = forms.OrganisationForm(request.POST or None, initial=initial, fixed_kind=organisation.kind)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            facts = services.OrganisationFacts(**(asdict(services.OrganisationFacts("", "")) | form.cleaned_data))
            services.change_organisation(
                actor=actor, organisation_id=pk, facts=facts, now=clock.now(),
                row_version=_version(request, organisation.row_version),
            )  # fmt: skip
            messages.success(request, _("The facts have been saved."))
            return redirect("organisation_detail", pk)
    context = {
        "form": form,
        "organisation": organisation,
        "row_version": request.POST.get("row_version", organisation.row_version),
    }
    return show(request, "organisations/organisation_edit.html", context)


def _version(request: HttpRequest, current: int) -> int:
    """The version of the row that the form was filled in on."""
    given = request.POST.get("row_version", "")
    return int(given) if given.isdigit() else current
