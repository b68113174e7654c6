"""The stored versions of what the parties agreed on, and the covenant years that run on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Finding, PackError
from toetssteen.covenant import forms, permissions, queries, services
from toetssteen.covenant.archives import read_archive
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, demand, page, refusals_on, show


@page(Audience.STAFF, methods=("GET", "HEAD"))
def pack_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All stored versions with the years that run on each."""
    context = {"packs": queries.pack_rows(actor), "can_store": permissions.can_store_pack(actor)}
    return show(request, "covenant/pack_list.html", context)


@page(Audience.STAFF)
def pack_store(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Check a pack and store it; whatever is wrong with it is listed with its file and place."""
    demand(permissions.can_store_pack(actor))
    form = forms.PackForm(request.POST or None, request.FILES or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        known = {row.id for row in queries.pack_rows(actor)}
        file, note = form.cleaned_data["file"], form.cleaned_data["note"]
        try:
            with refusals_on(form):
                stored = services.store_pack(actor=actor, raw=read_archive(file.read()), note=note, now=clock.now())
                if stored.pk in known:
                    messages.info(request, _("This content was stored before: nothing has changed."))
                else:
                    messages.success(request, _("The version has been stored. No year runs on it yet."))
                row = queries.pack_row(actor, stored.pk)
                if row is not None and row.previous_id and stored.pk not in known:
                    return redirect("pack_compare", row.previous_id, row.id)
                return redirect("pack_detail", stored.pk)
        except PackError as error:
            findings = error.findings
    return show(request, "covenant/pack_store.html", {"form": form, "findings": findings})


@page(Audience.STAFF, methods=("GET", "HEAD"))
def pack_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One stored version: what it holds and what is a placeholder."""
    row = queries.pack_row(actor, pk)
    if row is None:
        raise Http404
    return show(request, "covenant/pack_detail.html", {"pack": row, "content": queries.pack_summary(row.id)})


@page(Audience.STAFF, methods=("GET", "HEAD"))
def pack_compare(request: HttpRequest, actor: Actor, old: int, new: int) -> HttpResponse:
    """What changed between two stored versions."""
    before, after = queries.pack_row(actor, old), queries.pack_row(actor, new)
    differences = queries.pack_differences(actor, old, new)
    if before is None or after is None or differences is None:
        raise Http404
    context = {"before": before, "after": after, "files": queries.by_file(differences), "count": len(differences)}
    return show(request, "covenant/pack_compare.html", context)


@page(Audience.STAFF, methods=("GET", "HEAD"))
def year_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All covenant years with their days and the version each runs on."""
    context = {"years": queries.year_rows(actor), "can_open": permissions.can_open_year(actor)}
    return show(request, "covenant/year_list.html", context)


@page(Audience.STAFF)
def year_open(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open the next covenant year; what follows from the last year is filled in."""
    demand(permissions.can_open_year(actor))
    coming, versions = queries.next_year(), queries.version_choices(actor)
    form = forms.YearForm(request.POST or None, initial=vars(coming), versions=versions)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            year = services.open_year(actor=actor, number=coming.number, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Covenant year %(number)s is open.") % {"number": year.number})
            return redirect("year_list")
    return show(request, "covenant/year_open.html", {"form": form, "coming": coming, "has_versions": bool(versions)})


@page(Audience.STAFF)
def year_version(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Let a year run on another version, as long as none of its reports is final."""
    year = queries.year_row(actor, pk)
    if year is None:
        raise Http404
    demand(year.may_change_version)
    form = forms.YearVersionForm(
        request.POST or None, initial={"pack_id": year.pack_id}, versions=queries.version_choices(actor)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.set_year_pack(actor=actor, year_id=pk, pack_id=form.cleaned_data["pack_id"], now=clock.now())
            messages.success(request, _("Covenant year %(number)s runs on this version now.") % {"number": year.number})
            return redirect("year_list")
    return show(request, "covenant/year_version.html", {"form": form, "year": year})


@page(Audience.STAFF)
def term_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a term of the covenant, so that its years can be opened."""
    demand(permissions.can_open_year(actor))
    form = forms.TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.add_term(actor=actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The term has been added."))
            return redirect("year_open")
    return show(request, "covenant/term_add.html", {"form": form})
