"""One question per page: answer, levels, evidence; saved as you go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.forms import UploadForm
from toetssteen.documents.services import About, add_evidence
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import moment
from toetssteen.foundation.pages import Refused, StaleRow, done, page, show
from toetssteen.reporting import forms, permissions, presentation, queries, services
from toetssteen.reporting.views.overview import own_report_or_404

AUTOSAVE = "X-Autosave"


@page(Audience.MEMBER)
def answer_edit(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """One question with all that helps to answer it."""
    report = own_report_or_404(actor, pk)
    item = queries.question_page(report, question)
    if item is None:
        raise Http404
    may_edit = permissions.can_edit_report(actor, report)
    form = forms.AnswerForm(request.POST or None, item=item)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = services.save_answer(
                actor=actor,
                report_id=report.pk,
                question_id=question,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
        except StaleRow as stale:
            conflict = stale.current
            form.add_error(None, _("Somebody changed this answer in the meantime. Choose below which text stays."))
        except Refused as refused:
            form.add_error(None, str(refused.verdict))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if request.headers.get(AUTOSAVE):
                return JsonResponse({"saved": _("Saved at %(time)s") % {"time": moment(answer.changed_at)},
                                     "row_version": answer.row_version})  # fmt: skip
            return _onwards(request, report, item, question)
    if request.headers.get(AUTOSAVE):
        problems = [str(e) for errors in form.errors.values() for e in errors]
        shown = forms.conflict_in_words(item, conflict) if conflict is not None else None
        status = 409 if conflict is not None else 422
        return JsonResponse({"problem": " ".join(problems), "conflict": shown}, status=status)
    context = _context(actor, report, item, form, may_edit)
    context["conflict"] = forms.conflict_in_words(item, conflict) if conflict is not None else None
    context["conflict_version"] = conflict.row_version if conflict is not None else None
    return show(request, "reporting/answer_edit.html", context)


def _onwards(request: HttpRequest, report: Any, item: Any, question: str) -> HttpResponse:
    """Back to the same page, later on, or to the next question."""
    if "row" in request.POST:
        return done(request, f"{request.path}#answer")
    if "later" in request.POST:
        messages.success(request, _("Saved. You can go on where you were."))
        return done(request, "report_overview", report.pk)
    if "stay" in request.POST:
        messages.success(request, _("Saved."))
        return done(request, "answer_edit", report.pk, question)
    _before, after = presentation.neighbours(item.steps, question)
    if after is None:
        return done(request, "report_check", report.pk)
    return done(request, after.url)


def _context(actor: Actor, report: Any, item: Any, form: Any, may_edit: Any) -> dict[str, Any]:
    language = get_language()
    before, after = presentation.neighbours(item.steps, item.question.id)
    step = next((s for s in item.steps if any(q.id == item.question.id for p in s.parts
                                              for q in (*p.questions, *p.later))), None)  # fmt: skip
    return {
        "report": report,
        "item": item,
        "question": item.question,
        "form": form,
        "may_edit": may_edit,
        "text": item.question.text.in_(language),
        "help": item.question.help.in_(language),
        "known": presentation.known_facts(item.pack, item.question, item.facts, language),
        "levels": presentation.levels(item.pack, item.question, language),
        "derived_level": item.derived_level,
        "chosen": form["level"].value() or "",
        "stepper": presentation.stepper(item.steps, item.question.id, language),
        "step": step,
        "before": before,
        "after": after,
        "last_year": forms.last_year_in_words(item),
        "evidence": item.evidence,
        "library": queries.attachable(actor, report, item),
        "evidence_kinds": [k.text.in_(language) for k in item.pack.evidence_kinds if k.id in item.question.evidence],
        "upload": UploadForm(pack=item.pack),
    }


@page(Audience.MEMBER, methods=("POST",))
def answer_confirm(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """Last year's answer still holds."""
    report = own_report_or_404(actor, pk)
    version = request.POST.get("row_version", "")
    try:
        services.confirm_answer(
            actor=actor,
            report_id=report.pk,
            question_id=question,
            row_version=int(version) if version.isdigit() else None,
            now=clock.now(),
        )
    except StaleRow:
        messages.error(request, _("Somebody changed this answer in the meantime. Look at it again."))
        return done(request, "answer_edit", pk, question)
    messages.success(request, _("Last year's answer was confirmed."))
    item = queries.question_page(report, question)
    after = presentation.neighbours(item.steps, question)[1] if item else None
    return done(request, after.url if after else "report_overview", *([] if after else [pk]))


@page(Audience.MEMBER, methods=("POST",))
def answer_evidence(request: HttpRequest, actor: Actor, pk: int, question: str) -> HttpResponse:
    """Use a file of the library at this question, add a new one, or take one away."""
    report = own_report_or_404(actor, pk)
    if queries.question_page(report, question) is None:
        raise Http404
    now, pack = clock.now(), pack_of(report.year)
    given = {"actor": actor, "report_id": report.pk, "question_id": question, "now": now}
    try:
        if request.POST.get("remove", "").isdigit():
            services.detach_evidence(evidence_id=int(request.POST["remove"]), **given)
            messages.success(request, _("The file no longer belongs to this question. It is still in your library."))
        elif request.POST.get("existing", "").isdigit():
            services.attach_evidence(evidence_id=int(request.POST["existing"]), **given)
            messages.success(request, _("The file was added to this question."))
        else:
            form = UploadForm(request.POST, request.FILES, pack=pack)
            if not form.is_valid():
                for errors in form.errors.values():
                    messages.error(request, " ".join(str(e) for e in errors))
                return done(request, f"{_address(report, question)}#evidence")
            fields = {k: v for k, v in form.cleaned_data.items() if k != "upload"}
            added = add_evidence(
                actor=actor, organisation_id=report.organisation_id, upload=form.cleaned_data["upload"],
                about=About(**fields), pack=pack, now=now,
            )  # fmt: skip
            services.attach_evidence(evidence_id=added.evidence.pk, **given)
            messages.success(request, _("The file was added to this question."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return done(request, f"{_address(report, question)}#evidence")


def _address(report: Any, question: str) -> str:
    from django.urls import reverse

    return reverse("answer_edit", args=[report.pk, question])
