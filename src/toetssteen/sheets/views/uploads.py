"""Pages around a spreadsheet: upload, wait, result, undo, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import demand, done, page, refusals_on, show
from toetssteen.sheets import forms, permissions, policies, queries, services, wording
from toetssteen.sheets.choices import ImportState
from toetssteen.sheets.views.ground import Ground, address_of, import_or_404, steps


@page(Audience.MEMBER)
def sheet_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Upload a spreadsheet, and see what became of earlier ones."""
    company = actor.company_id or 0
    demand(permissions.can_upload_sheet(actor, company))
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            kept = services.upload_sheet(
                actor=actor, organisation_id=company, upload=form.cleaned_data["upload"], now=clock.now()
            )
            return done(request, "sheet_import", pk=kept.pk)
    found = queries.sheet_imports(actor)
    context = {"form": form, "imports": [(kept, address_of(kept)) for kept in found], "steps": steps()}
    return show(request, "sheets/sheet_list.html", context)


@page(Audience.MEMBER)
def sheet_import(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """How far a spreadsheet is: being read, refused, taken over; while it runs the page looks again by itself."""
    kept = import_or_404(actor, pk)
    if request.method == "POST":
        services.resume_import(actor=actor, import_id=pk, now=clock.now())
        return done(request, "sheet_import", pk=pk)
    if kept.state in policies.OPEN:
        return _onward(request, address_of(kept))
    busy = kept.state in policies.BUSY
    if request.htmx and not busy:  # type: ignore[attr-defined]
        return _onward(request, reverse("sheet_import", args=[pk]))
    context = {
        "kept": kept,
        "steps": steps(),
        "step": 5 if kept.state in (ImportState.DONE, ImportState.UNDONE) else 4 if kept.imported_by_id else 1,
        "busy": busy,
        "importing": kept.state == ImportState.IMPORTING,
        "refused": wording.rejected_sentence(kept.reject_code) if kept.state == ImportState.REFUSED else "",
        "can_undo": permissions.can_undo_sheet_import(actor, kept),
        "can_wipe": permissions.can_wipe_sheet_import(actor, kept),
        "reasons": queries.built_on(kept) if kept.state == ImportState.DONE else [],
    }
    return show(request, "sheets/sheet_import.html", context, partial="progress")


def _onward(request: HttpRequest, to: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": to})
    return redirect(to)


@page(Audience.MEMBER)
def sheet_undo(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take an import back, after a moment of thought."""
    kept = import_or_404(actor, pk)
    if request.method == "POST":
        services.undo_import(actor=actor, import_id=pk, year=Ground.now().year, now=clock.now())
        messages.success(request, _("The import is undone. Your chains are as they were."))
        return done(request, "sheet_import", pk=pk)
    counts = kept.facts.get("done", {})
    what = []
    if counts.get("added"):
        what.append(_("Chains that are removed: %(n)s.") % {"n": counts["added"]})
    if counts.get("changed"):
        what.append(_("Chains that become as they were: %(n)s.") % {"n": counts["changed"]})
    if counts.get("closed"):
        what.append(_("Chains that are opened again: %(n)s.") % {"n": counts["closed"]})
    verdict = permissions.can_undo_sheet_import(actor, kept)
    reasons = queries.built_on(kept) if verdict else []
    context = {
        "heading": _("Undo the import of “%(file)s”?") % {"file": kept.file_name},
        "what_happens": what,
        "action_label": _("Undo the import"),
        "back_url": reverse("sheet_import", args=[pk]),
        "verdict": permissions.no(" ".join(reasons)) if reasons else verdict,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def sheet_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Remove the file and its rows, after a moment of thought."""
    kept = import_or_404(actor, pk)
    if request.method == "POST":
        services.wipe_import(actor=actor, import_id=pk, now=clock.now())
        messages.success(request, _("The file and its rows were removed."))
        return done(request, "sheet_list")
    context = {
        "heading": _("Remove “%(file)s”?") % {"file": kept.file_name},
        "what_happens": [
            _("The file and the rows that we read from it are removed."),
            _("Chains that were taken over stay."),
            _("We keep the name, the day and a hash, so that later it can be shown which file it was."),
        ],
        "cannot_undo": True,
        "action_label": _("Remove this file"),
        "back_url": address_of(kept),
        "verdict": permissions.can_wipe_sheet_import(actor, kept),
    }
    return show(request, "foundation/confirm.html", context)
