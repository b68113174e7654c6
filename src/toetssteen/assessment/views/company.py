"""The company's side of its assessment."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.assessment import forms, presentation, queries, services
from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, done, page, refusals_on, show


@page(Audience.MEMBER)
def assessment_company(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Questions, talks, what to complete, the provisional result with reasons, the reply, the decision."""
    side = queries.company_side(actor, pk, today=clock.today())
    if side is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    answering = posted.get("remark", "") if posted else ""
    reply = forms.TextForm(posted if posted and not answering else None, label=_("Your reply"), prefix="reply")
    answers = {
        r.pk: forms.TextForm(
            posted if answering == str(r.pk) else None, label=_("Your answer"), prefix=f"answer-{r.pk}"
        )
        for r in side.open_questions
    }
    form = answers.get(int(answering)) if answering.isdigit() else reply
    if posted is not None and form is None:
        raise Http404
    if posted is not None and form is not None and form.is_valid():
        text = form.cleaned_data["text"]
        with refusals_on(form):
            if answering:
                services.answer_question(actor=actor, remark_id=int(answering), text=text, now=clock.now())
                messages.success(request, _("Your answer has been sent to the secretariat."))
            else:
                services.reply_to_provisional(
                    actor=actor, report_id=pk, text=text, now=clock.now(), today=clock.today()
                )
                messages.success(request, _("Your reply has been sent to the secretariat."))
            return done(request, "assessment_company", pk)
    context = {
        "side": side,
        "reply": reply,
        "answers": [(r, answers[r.pk]) for r in side.open_questions],
        "talked": presentation.company_remarks(side),
        "reasons": presentation.reason_rows(side.result.reasons) if side.result else [],
        "groups": presentation.given_steps(side) if side.result else [],
        "request_items": presentation.request_items(side),
        "extension_items": presentation.reason_rows(side.extension.missing) if side.extension else [],
        "has_errors": bool(form and form.errors),
        "form": form,
    }
    return show(request, "assessment/assessment_company.html", context)
