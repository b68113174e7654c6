"""Pages on which a company reads an answer and decides line by line what it takes over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant.queries import pack_by_id
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, demand, done, page, refusals_on, show
from toetssteen.inquiries import forms, permissions, policies, presentation, queries, services
from toetssteen.inquiries.choices import ENDED, WAITING, InquiryKind
from toetssteen.inquiries.views.asking import ground, inquiry_or_404


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def inquiry_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One question: how far it is, the answer, and what it would change."""
    found, now = inquiry_or_404(actor, pk), clock.now()
    pack = pack_by_id(found.pack_id)
    ended = found.state in ENDED
    context: dict[str, Any] = {
        "inquiry": found,
        "state": presentation.state_tag(policies.state_on(found, now)),
        "moments": presentation.moments(found, now),
        "about": presentation.about(found, pack),
        "groups": presentation.line_groups(found, pack) if ended else [],
        "talk": presentation.signals_to_talk_about(found, pack) if ended else [],
        "answers": presentation.company_answers(found, pack) if ended and not found.by_hand else [],
        "is_draft": bool(policies.is_editable(found)),
        "is_waiting": found.state in WAITING,
        "is_letter": found.kind == InquiryKind.LETTER,
        "may_edit": permissions.can_edit_inquiry(actor, found),
        "may_ask": permissions.can_ask(actor, found.organisation_id),
        "can_resend": permissions.can_resend_inquiry(actor, found),
        "ended": ended,
    }
    return show(request, "inquiries/inquiry_detail.html", context)


@page(Audience.MEMBER, methods=("POST",))
def line_decide(request: HttpRequest, actor: Actor, pk: int, line: int) -> HttpResponse:
    """Take over one line, leave it, or undo that."""
    found = inquiry_or_404(actor, pk)
    if line not in {one.pk for one in found.lines.all()}:
        raise Http404
    year, _pack = ground()
    deed = request.POST.get("deed", "")
    try:
        if deed == "accept":
            services.accept_line(actor=actor, line_id=line, year=year, now=clock.now())
        elif deed == "reject":
            services.reject_line(actor=actor, line_id=line, now=clock.now())
        elif deed == "undo":
            services.undo_line(actor=actor, line_id=line, year=year, now=clock.now())
    except Refused as refused:
        messages.warning(request, str(refused.verdict))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return done(request, f"{reverse('inquiry_detail', args=[pk])}#line-{line}")


@page(Audience.MEMBER)
def inquiry_record(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Record an answer or a refusal that came by mail, by phone or on paper."""
    found = inquiry_or_404(actor, pk)
    demand(permissions.can_record_answer(actor, found))
    evidence = [(row.pk, row.title) for row in visible_evidence(actor).filter(organisation_id=found.organisation_id)]
    form = forms.RecordForm(request.POST or None, evidence=evidence, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.record_answer(actor=actor, inquiry_id=pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The answer was recorded."))
            return done(request, "inquiry_detail", pk=pk)
    return show(request, "inquiries/inquiry_record.html", {"form": form, "inquiry": found})


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def inquiry_file(request: HttpRequest, actor: Actor, pk: int, file: int) -> HttpResponse | FileResponse:
    """A file that came with an answer; a browser saves it and never opens it as a page."""
    return presentation.download(queries.attachment(actor, pk, file))
