"""One question per page: answer, levels, evidence; saved as you go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.forms import UploadForm
from toetssteen.documents.services import add_evidence
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import moment
from toetssteen.foundation.pages import Refused, StaleRow, demand, done, page, refusals_on, show
from toetssteen.library.queries import faqs_about
from toetssteen.library.shelf import shelf_for
from toetssteen.reporting import forms, permissions, presentation, queries, services
from toetssteen.reporting.views.overview import number_in, own_report_or_404

AUTOSAVE = "X-Autosave"


@page(Audience.MEMBER)
def answer_edit(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """One question with all that helps to answer it."""
    report = own_report_or_404(actor, pk)
    asked = queries.question_of(report, question)
    if asked is None:
        raise Http404
    answers = queries.answers_of(report)
    form = forms.AnswerForm(
        request.POST or None,
        pack=pack_of(report.year),
        question=asked,
        answer=answers.get(question),
        more_rows=number_in(request.GET, "rows") or 0,
    )
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = services.save_answer(
                actor=actor,
                report_id=report.pk,
                question_id=question,
                data=form.data_in(),
                row_version=number_in(request.POST, "instead_of") or form.cleaned_data["row_version"],
                now=clock.now(),
            )
        except StaleRow as stale:
            current = stale.current
            form.add_error(None, _("Somebody changed this answer in the meantime. Choose below which text stays."))
        except Refused as refused:
            form.add_error(None, str(refused.verdict))
        except ValidationError as error:
            form.add_error("value" if "value" in form.fields else None, error)
        else:
            if request.headers.get(AUTOSAVE):
                return _saved(answer)
            return _onwards(request, report, form, question)
    conflict = forms.conflict_in_words(asked, form.pack, current) if current is not None else None
    if request.headers.get(AUTOSAVE):
        problems = [str(e) for errors in form.errors.values() for e in errors]
        status = 422 if conflict is None else 409
        return JsonResponse({"problem": " ".join(problems), "conflict": conflict}, status=status)
    mine = forms.mine_in_words(form) if conflict is not None else None
    read = answers if request.method != "POST" else None  # after a try to save they are read again
    return _question(request, actor, report, question, form, read, conflict=conflict, mine=mine)


def _saved(answer: Any) -> JsonResponse:
    """What the page says after a save while somebody types."""
    at = moment(answer.changed_at or clock.now())
    return JsonResponse({"saved": _("Saved at %(time)s") % {"time": at}, "row_version": answer.row_version})


def _onwards(request: HttpRequest, report: Any, form: Any, question: str) -> HttpResponse:
    """Back to the same page, later on, or to the next question."""
    if "row" in request.POST:
        return done(request, f"{request.path}?rows={len(form.table) + forms.SPARE_ROWS}#rows")
    if "later" in request.POST:
        messages.success(request, _("Saved. You can go on where you were."))
        return done(request, "report_overview", report.pk)
    return _next(request, report, question)


def _next(request: HttpRequest, report: Any, question: str) -> HttpResponse:
    """The question after this one; after the last one, what is still missing."""
    _before, after = presentation.neighbours(queries.question_lines(report), question)
    return done(request, after.url) if after else done(request, "report_check", report.pk)


def _question(
    request: HttpRequest, actor: Actor, report: Any, question: str, form: Any = None, answers: Any = None, **more: Any
) -> HttpResponse:
    """The whole page of a question."""
    item = queries.question_page(report, question, answers)
    if item is None:
        raise Http404
    if form is None:
        form = forms.AnswerForm(pack=item.pack, question=item.question, answer=item.answer)
    language = get_language()
    before, after = presentation.neighbours(item.steps, item.question.id)
    context = {
        "report": report,
        "item": item,
        "question": item.question,
        "form": form,
        "may_edit": permissions.can_edit_report(actor, report),
        "editable": queries.is_editable(report),
        "text": item.question.text.in_(language),
        "help": item.question.help.in_(language),
        "known": presentation.known_facts(item.pack, item.question, item.facts, item.recorded, language),
        "levels": presentation.levels(item.pack, item.question, language),
        "derived_level": item.derived_level,
        "chosen": form["level"].value() or "",
        "stepper": presentation.stepper(item.steps, item.question.id, language),
        "step": presentation.step_of(item.steps, item.question.id),
        "before": before,
        "after": after,
        "last_year": forms.last_year_in_words(item),
        "evidence": item.evidence,
        "library": queries.attachable(actor, report, item),
        "evidence_kinds": [k.text.in_(language) for k in item.pack.evidence_kinds if k.id in item.question.evidence],
        "upload": UploadForm(pack=item.pack),
        "guides": shelf_for(actor, steps=_step_numbers(item), ids=item.question.library, pack=item.pack),
        "faqs_here": faqs_about(actor, item.question.id),
    }
    return show(request, "reporting/answer_edit.html", {**context, **more})


def _step_numbers(item: Any) -> list[int]:
    """The due-diligence step that a question belongs to."""
    return [int(part) for part in item.question.number.split(".")[:1] if part.isdigit()]


@page(Audience.MEMBER, methods=("POST",))
def answer_confirm(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """Last year's answer still holds."""
    report = own_report_or_404(actor, pk)
    if queries.answer_of(report, question) is None:
        raise Http404
    try:
        services.confirm_answer(
            actor=actor,
            report_id=report.pk,
            question_id=question,
            row_version=number_in(request.POST, "row_version"),
            now=clock.now(),
        )
    except StaleRow:
        messages.error(request, _("Somebody changed this answer in the meantime. Look at it again."))
        return done(request, "answer_edit", pk, question)
    messages.success(request, _("Last year's answer was confirmed."))
    return _next(request, report, question)


@page(Audience.MEMBER, methods=("POST",))
def answer_evidence(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """Use a file of the library at this question, add a new one, or take one away."""
    report = own_report_or_404(actor, pk)
    if queries.question_of(report, question) is None:
        raise Http404
    demand(permissions.can_edit_report(actor, report))
    given = {"actor": actor, "report_id": report.pk, "question_id": question, "now": clock.now()}
    away, existing = number_in(request.POST, "remove"), number_in(request.POST, "existing")
    try:
        if away is not None:
            services.detach_evidence(evidence_id=away, **given)
            messages.success(request, _("The file no longer belongs to this question. It is still in your library."))
        elif existing is not None:
            services.attach_evidence(evidence_id=existing, **given)
            messages.success(request, _("The file was added to this question."))
        else:
            form = UploadForm(request.POST, request.FILES, pack=pack_of(report.year))
            with refusals_on(form):
                if form.is_valid():
                    _upload(report, form, given)
            if form.errors:
                return _question(request, actor, report, question, upload=form, has_errors=True)
            messages.success(request, _("The file was added to this question."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return done(request, f"{reverse('answer_edit', args=[report.pk, question])}#evidence")


def _upload(report: Any, form: Any, given: dict[str, Any]) -> None:
    """A new file goes into the library and to the question."""
    added = add_evidence(
        actor=given["actor"],
        organisation_id=report.organisation_id,
        upload=form.cleaned_data["upload"],
        about=form.about(),
        pack=pack_of(report.year),
        now=given["now"],
    )
    services.attach_evidence(evidence_id=added.evidence.pk, **given)
