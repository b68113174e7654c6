"""The assessor's desk: one question at a time, with the whole file beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from toetssteen.assessment import behind, filed, forms, presentation, quality, queries, services
from toetssteen.assessment.queries import Desk, DeskQuestion
from toetssteen.assessment.results import Filing
from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, done, page, refusals_on, show
from toetssteen.organisations.queries import history_of


def desk_or_404(actor: Actor, pk: int) -> Desk:
    """The file of a report that the actor may see."""
    desk = queries.desk(actor, pk, today=clock.today())
    if desk is None:
        raise Http404
    return desk


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def assess_report(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Where the work on a report goes on: its first question that was not looked at, else its file."""
    desk = desk_or_404(actor, pk)
    first = desk.first_open()
    if first is None or not desk.verdict("score") or not desk.left:
        return done(request, "assessment_file", pk)
    return done(request, "assess_question", pk, first.id)


@page(Audience.SECRETARIAT)
def assess_question(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """One question: answer, facts, evidence and last year on the left; level, reason and running score on the right."""
    desk = desk_or_404(actor, pk)
    row = desk.question(question)
    if row is None:
        raise Http404
    score, ask = _score_form(request, desk, row), _ask_form(request)
    if request.method == "POST" and "ask" in request.POST:
        if ask.is_valid():
            with refusals_on(ask):
                text = ask.cleaned_data["text"]
                services.ask_question(actor=actor, report_id=pk, question=question, text=text, now=clock.now())
                messages.success(request, _("Your question has been sent to the company."))
                return done(request, "assess_question", pk, question)
    elif request.method == "POST" and score.is_valid():
        with refusals_on(score):
            services.save_score(actor=actor, report_id=pk, question=question, now=clock.now(), **score.cleaned_data)
            after = desk.next_open(question) if "stay" not in request.POST else row
            if after is None:
                messages.success(request, _("Saved. That was the last question."))
                return done(request, "assessment_file", pk)
            return done(request, "assess_question", pk, after.id)
    return show(request, "assessment/assess_question.html", _context(actor, desk, row, score, ask))


def _score_form(request: HttpRequest, desk: Desk, row: DeskQuestion) -> forms.ScoreForm:
    levels = [(level.id, presentation.words(level.text)) for level in desk.pack.framework.levels]
    posted = request.POST if request.method == "POST" and "ask" not in request.POST else None
    initial = {
        "level": row.score.level if row.score else row.proposed or "",
        "reason": row.score.reason if row.score else "",
        "row_version": row.score.row_version if row.score else 0,
    }
    return forms.ScoreForm(posted, levels=levels, initial=initial)


def _ask_form(request: HttpRequest) -> forms.TextForm:
    posted = request.POST if request.method == "POST" and "ask" in request.POST else None
    return forms.TextForm(posted, prefix="ask", label=_("New question to the company"))


def _context(
    actor: Actor, desk: Desk, row: DeskQuestion, score: forms.ScoreForm, ask: forms.TextForm
) -> dict[str, Any]:
    pack, earlier = desk.pack, desk.earlier(row.id)
    # Asked only for the parts that look at when the company took part.
    periods: Any = SimpleLazyObject(lambda: history_of(desk.report.organisation_id).periods)
    rows = queries.work_queue(actor, today=desk.today, filters={"mine": True})
    chosen = score["level"].value() or ""
    return {
        "desk": desk,
        "row": row,
        "form": score,
        "ask": ask,
        "sub_step": pack.framework.sub_step(row.question.sub_step),
        "levels": presentation.level_rows(pack, row),
        "chosen": chosen,
        "own_level": presentation.level_name(pack, row.answer.level),
        "own_points": presentation.level_points(pack, row.question, row.answer.level) if row.answer.level else None,
        "proposed_name": presentation.level_name(pack, row.proposed or ""),
        "value": presentation.shown_value(row.question, pack, row.answer.value),
        "facts": presentation.fact_rows(desk, row),
        "earlier": earlier,
        "earlier_value": presentation.shown_value(row.question, pack, earlier.answer.value) if earlier else None,
        "is_same_as_earlier": bool(earlier and row.answer.same_as(earlier.answer)),
        "evidence": presentation.evidence_rows(desk, row),
        "evidence_kinds": presentation.evidence_wanted(pack, row.question),
        "remarks": desk.remarks_at(row.id),
        "panels": filed.panels(pack, row.question, desk.content),
        "grounds": behind.grounds_for(
            pack,
            row.question.sub_step,
            desk.content,
            _filed_on(desk.filing),
            periods,
        ),
        "quality": quality.checks_for(pack, row.question.sub_step, desk.content, _filed_on(desk.filing)),
        "checks": presentation.check_rows(desk, desk.running.proposal),
        "reasons": presentation.proposal_rows(desk.running.proposal),
        "queue": presentation.queue_items(rows, desk.report.pk),
        "queue_count": len(rows),
        "before": desk.before(row.id),
        "after": desk.after(row.id),
        "steps": desk.steps(),
        "has_errors": bool(score.errors or ask.errors),
    }


def _filed_on(filing: Filing) -> dt.date:
    """The day of handing in, on which everything in the report was as it is read here."""
    return timezone.localdate(filing.made_at) if filing.made_at else filing.year_end


@page(Audience.SECRETARIAT)
def assessment_file(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The whole file of a report: all questions with their levels, both sides' words, and every decision."""
    desk = desk_or_404(actor, pk)
    ask = forms.TextForm(
        request.POST or None, label=_("Question to the company about the report as a whole"), prefix="ask"
    )
    if request.method == "POST" and ask.is_valid():
        with refusals_on(ask):
            text = ask.cleaned_data["text"]
            services.ask_question(actor=actor, report_id=pk, question="", text=text, now=clock.now())
            messages.success(request, _("Your question has been sent to the company."))
            return done(request, "assessment_file", pk)
    context = {
        "desk": desk,
        "ask": ask,
        "steps": desk.steps(),
        "checks": presentation.check_rows(desk, desk.running.proposal),
        "reasons": presentation.proposal_rows(desk.running.proposal),
        "labels": {q.id: q.question.number for q in desk.questions},
        "remarks": presentation.remark_rows(desk),
        "requests": presentation.request_rows(desk),
        "has_errors": bool(ask.errors),
    }
    return show(request, "assessment/assessment_file.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def report_as_submitted(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The whole report as it was last handed in: chains, plan, public reports, evidence, figures and answers."""
    form = queries.handed_in(actor, pk)
    if form is None:
        raise Http404
    pack, content = form.pack, form.content
    context = {
        "form": form,
        "chains": filed.chains_of(pack, content),
        "risks": filed.risks_of(pack, content),
        "plan": filed.plan_of(pack, content),
        "public_reports": filed.public_reports_of(content),
        "evidence": filed.evidence_of(pack, content),
        "facts": filed.facts_of(pack, form.filing),
        "steps": filed.answers_of(pack, form.filing),
        "quality": quality.all_checks(pack, content, _filed_on(form.filing)) if content else (),
    }
    return show(request, "assessment/report_as_submitted.html", context)
