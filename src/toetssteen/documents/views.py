"""Pages on which a company keeps its evidence, and the door through which a file leaves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.documents import forms, permissions, queries, services
from toetssteen.foundation import clock
from toetssteen.foundation.files import sent
from toetssteen.foundation.pages import demand, done, page, refusals_on, show


def _pack() -> Pack:
    return pack_of(current_year(clock.today()))


def _or_404(actor: Actor, pk: int, *, removed: bool = False) -> Any:
    found = queries.evidence(actor, pk, removed=removed)
    if found is None:
        raise Http404
    return found


def _filters(request: HttpRequest) -> queries.Filters:
    get = request.GET.get
    return queries.Filters(
        search=get("q", "").strip(),
        kind=get("kind", ""),
        validity=get("validity", ""),
        use=get("use", ""),
        removed=get("removed") == "1",
        sort=get("sort", "-added"),
    )


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def evidence_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All files of the own company."""
    company, wanted = actor.company_id or 0, _filters(request)
    found = queries.evidence_list(actor, company, pack=_pack(), today=clock.today(), filters=wanted)
    gone = request.GET.get("gone", "")
    context = {
        "found": found,
        "filters": wanted,
        "filtered": wanted != queries.Filters(sort=wanted.sort),
        "may_edit": permissions.can_add_evidence(actor, company),
        "gone": queries.evidence(actor, int(gone), removed=True) if gone.isdigit() else None,
    }
    return show(request, "documents/evidence_list.html", context)


@page(Audience.MEMBER)
def evidence_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep a new file."""
    company, pack = actor.company_id or 0, _pack()
    demand(permissions.can_add_evidence(actor, company))
    form = forms.UploadForm(request.POST or None, request.FILES or None, pack=pack)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            kept = services.add_evidence(
                actor=actor,
                organisation_id=company,
                upload=form.cleaned_data["upload"],
                about=form.about(),
                pack=pack,
                now=clock.now(),
            )
            if kept.is_new:
                messages.success(request, _("“%(title)s” is kept.") % {"title": kept.evidence.title})
                return done(request, "evidence_list")
            messages.info(request, _("You have this file already, as “%(title)s”.") % {"title": kept.evidence.title})
            return done(request, "evidence_edit", pk=kept.evidence.pk)
    return show(request, "documents/evidence_add.html", {"form": form})


@page(Audience.MEMBER)
def evidence_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change what is said about a file."""
    pack, evidence = _pack(), _or_404(actor, pk)
    verdict = permissions.can_edit_evidence(actor, evidence)
    form = forms.AboutForm(request.POST or None, pack=pack, initial=forms.about_initial(evidence))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.edit_evidence(actor=actor, evidence_id=pk, about=form.about(), pack=pack, now=clock.now())
            messages.success(request, _("“%(title)s” was saved.") % {"title": form.cleaned_data["title"]})
            return done(request, "evidence_list")
    context = {
        "form": form,
        "evidence": evidence,
        "row": queries.row_of(evidence, pack, clock.today()),
        "may_edit": verdict,
        "can_remove": permissions.can_remove_evidence(actor, evidence),
    }
    return show(request, "documents/evidence_edit.html", context)


@page(Audience.MEMBER)
def evidence_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a file off the list, after a moment of thought."""
    evidence = _or_404(actor, pk)
    if request.method == "POST":
        services.remove_evidence(actor=actor, evidence_id=pk, now=clock.now())
        return done(request, f"{reverse('evidence_list')}?gone={pk}")
    row = queries.row_of(evidence, _pack(), clock.today())
    what = [_("The file leaves your list and the questions of a report that is still a draft.")]
    what += [_("It is used at: %(place)s.") % {"place": use.label} for use in row.uses]
    context = {
        "heading": _("Remove “%(title)s”?") % {"title": evidence.title},
        "what_happens": [*what, _("You can bring it back from “Removed files”.")],
        "action_label": _("Remove this file"),
        "back_url": reverse("evidence_edit", args=[pk]),
        "verdict": permissions.can_remove_evidence(actor, evidence),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def evidence_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring a removed file back."""
    _or_404(actor, pk, removed=True)
    said = services.try_restore(actor=actor, evidence_id=pk, now=clock.now())
    if said:
        messages.warning(request, said)
    else:
        messages.success(request, _("The file is back."))
    return done(request, "evidence_list")


@page(Audience.PARTIES, methods=("GET", "HEAD"))
def evidence_file(request: HttpRequest, actor: Actor, pk: int) -> FileResponse:
    """The file itself, for whom may see it; a browser saves it and never opens it as a page."""
    evidence = _or_404(actor, pk)
    return sent(evidence.file, evidence.file_name, evidence.content_type)
