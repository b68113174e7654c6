"""The acts on a report that need a moment of thought: return, talk, provisional result, second reading, decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.assessment import forms, presentation, services
from toetssteen.assessment.queries import Decision, Desk
from toetssteen.assessment.views.desk import desk_or_404
from toetssteen.core.access import Actor
from toetssteen.core.calendar import default_extension_date
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import day
from toetssteen.foundation.pages import Audience, done, page, refusals_on, show

MissingSet = formset_factory(forms.MissingForm, extra=4, max_num=40)


@page(Audience.SECRETARIAT)
def report_return(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Return a report for completion with the list of what is missing and a date."""
    desk = desk_or_404(actor, pk)
    questions = [(q.id, f"{q.question.number} {presentation.words(q.question.text)}"[:140]) for q in desk.questions]
    form = forms.ReturnForm(request.POST or None, initial={"due_on": forms.default_due(clock.today())})
    missing = MissingSet(request.POST or None, prefix="missing", form_kwargs={"questions": questions})
    if request.method == "POST" and form.is_valid() and missing.is_valid():
        items = [services.MissingItem(line) for line in form.cleaned_data["general"].splitlines()]
        items += [
            services.MissingItem(f.cleaned_data["text"], f.cleaned_data["question"]) for f in missing if _filled(f)
        ]
        with refusals_on(form):
            services.return_report(
                actor=actor,
                report_id=pk,
                items=items,
                due_on=form.cleaned_data["due_on"],
                now=clock.now(),
                today=clock.today(),
            )
            messages.success(request, _("The report is back with the company, with your list."))
            return done(request, "assessment_file", pk)
    context = {"desk": desk, "form": form, "missing": missing, "verdict": desk.verdict("return")}
    return show(request, "assessment/report_return.html", context)


def _filled(form: Any) -> bool:
    return bool(form.cleaned_data.get("text"))


@page(Audience.SECRETARIAT)
def talk_edit(request: HttpRequest, actor: Actor, pk: int, talk: int | None = None) -> HttpResponse:
    """Write down a talk; the company reads the same words."""
    desk = desk_or_404(actor, pk)
    known = next((t for t in desk.talks if t.pk == talk), None)
    if talk is not None and known is None:
        raise Http404
    fields = ("held_on", "participants", "notes", "agreed", "row_version")
    initial = {f: getattr(known, f) for f in fields} if known else {"held_on": clock.today()}
    form = forms.TalkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals_on(form):
            services.save_talk(
                actor=actor,
                report_id=pk,
                talk_id=talk,
                notes=services.TalkNotes(data["held_on"], data["participants"], data["notes"], data["agreed"]),
                row_version=data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The notes are saved. The company sees them too."))
            return done(request, "assessment_file", pk)
    return show(request, "assessment/talk_edit.html", {"desk": desk, "form": form, "talk": known})


@page(Audience.SECRETARIAT)
def provisional_give(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give the company its provisional result, and its term for a reply."""
    desk = desk_or_404(actor, pk)
    form = forms.DecisionForm(
        request.POST or None, colours=presentation.colour_choices(desk.pack), initial=_initial(desk)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.give_provisional(
                actor=actor, report_id=pk, terms=form.terms(), now=clock.now(), today=clock.today()
            )
            messages.success(request, _("The company has its provisional result and can reply."))
            return done(request, "assessment_file", pk)
    context = {**_deciding(desk), "form": form, "verdict": desk.verdict("provisional")}
    return show(request, "assessment/provisional_give.html", context)


def _initial(desk: Desk) -> dict[str, Any]:
    """What is filled in: the provisional result that the company has, else the proposal."""
    given = desk.provisional
    if given is not None:
        return {"colour": given.colour, "reason": given.reason, "improvement_on": given.improvement_on}
    return {"colour": desk.strict.proposal.colour}


def _deciding(desk: Desk) -> dict[str, Any]:
    return {
        "desk": desk,
        "checks": presentation.check_rows(desk, desk.strict.proposal),
        "reasons": presentation.proposal_rows(desk.strict.proposal),
        "proposal": desk.strict.proposal,
    }


@page(Audience.SECRETARIAT)
def provisional_take_back(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a provisional result back, to change points after the company's reply."""
    desk = desk_or_404(actor, pk)
    form = forms.EmptyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.take_back_provisional(actor=actor, report_id=pk, now=clock.now())
            messages.success(request, _("You can change points again. Give a new provisional result afterwards."))
            return done(request, "assessment_file", pk)
    context = {
        "heading": _("Take the provisional result back?"),
        "lead": desk.report.organisation.name,
        "what_happens": [
            _("The company no longer sees points and colour."),
            _("You can change points and reasons."),
            _("The company gets a new provisional result and a new term for its reply."),
            _("What was given stays in the history."),
        ],
        "action_label": _("Take back"),
        "verdict": desk.verdict("take_back"),
        "back_url": reverse("assessment_file", args=[pk]),
        "form": form,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.SECRETARIAT)
def report_call_in(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a returned report back because its date has passed."""
    desk = desk_or_404(actor, pk)
    form = forms.EmptyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.call_in(actor=actor, report_id=pk, now=clock.now(), today=clock.today())
            messages.success(request, _("You assess the report as it was last handed in."))
            return done(request, "assessment_file", pk)
    context = {
        "heading": _("Go on without the completion?"),
        "lead": desk.report.organisation.name,
        "what_happens": [
            _("The company can no longer change its report."),
            _("You assess the report as it was last handed in."),
        ],
        "action_label": _("Go on without it"),
        "verdict": desk.verdict("call_in"),
        "back_url": reverse("assessment_file", args=[pk]),
        "form": form,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.SECRETARIAT)
def second_reading(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask for a second pair of eyes, or record that one has read."""
    desk = desk_or_404(actor, pk)
    asked = desk.assessment is not None and desk.assessment.second_asked_at is not None
    form = forms.TextForm(
        request.POST or None,
        label=_("Note for the assessor"),
        hint=_("Only the secretariat reads this."),
        needed=False,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if asked:
                note = form.cleaned_data["text"]
                services.record_second_read(actor=actor, report_id=pk, note=note, now=clock.now())
                messages.success(request, _("Your reading has been recorded."))
            else:
                services.ask_second_reader(actor=actor, report_id=pk, now=clock.now())
                messages.success(request, _("A second reader has been asked. The decision waits for it."))
            return done(request, "assessment_file", pk)
    verdict = desk.verdict("second_read" if asked else "ask_second")
    context = {**_deciding(desk), "form": form, "asked": asked, "verdict": verdict}
    return show(request, "assessment/second_reading.html", context)


@page(Audience.SECRETARIAT)
def decision_take(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Decide the colour of a year; first the form, then a page that says what happens."""
    desk = desk_or_404(actor, pk)
    initial = {**_initial(desk), "until_on": default_extension_date(desk.pack, desk.report.year.ends_on)}
    missing = _missing_choices(desk)
    initial["missing"] = [key for key, _label in missing]
    form = forms.FinalForm(
        request.POST or None, colours=presentation.colour_choices(desk.pack), missing=missing, initial=initial
    )
    verdict = desk.verdict("decide")
    if request.method == "POST" and form.is_valid() and verdict:
        confirmed = "confirmed" in request.POST
        with refusals_on(form):
            decision = services.decide(
                actor=actor,
                report_id=pk,
                terms=form.terms(),
                extension=form.extension(),
                now=clock.now(),
                today=clock.today(),
                rehearse=not confirmed,
            )
            if not confirmed:
                return show(
                    request, "assessment/decision_confirm.html", _confirmation(desk, form, decision, request.POST)
                )
            messages.success(request, _("The decision is final. The company sees it now."))
            return done(request, "assessment_file", pk)
    context = {**_deciding(desk), "form": form, "verdict": verdict, "again": desk.extension is not None}
    return show(request, "assessment/decision_take.html", context)


def _missing_choices(desk: Desk) -> list[tuple[str, str]]:
    rows = presentation.proposal_rows(desk.strict.proposal)
    return [(r["key"], r["text"]) for r in rows if r["met"] is False and not r["key"].startswith("agreed_date")]


def _confirmation(desk: Desk, form: forms.FinalForm, decision: Decision, posted: QueryDict) -> dict[str, Any]:
    extension = form.extension()
    sentences = [
        _("The colour, the points and your reasons become final, and the company reads them."),
        _("The file is frozen with its hash. Nobody can change it, and it can be computed again years later."),
        _("The colour becomes public with the next publication, not before."),
    ]
    if extension is not None:
        until = {"day": day(extension.until_on)}
        sentences.append(_("The company has extra time until %(day)s. The report goes back to it.") % until)
    return {
        "desk": desk,
        "form": form,
        "terms": decision,
        "differs": decision.colour != desk.strict.proposal.colour,
        "extension": extension,
        "proposal": desk.strict.proposal,
        "what_happens": sentences,
        "fields": [(name, value) for name, values in posted.lists() for value in values if _kept(name)],
        "back_url": reverse("decision_take", args=[desk.report.pk]),
    }


def _kept(name: str) -> bool:
    return name not in ("csrfmiddlewaretoken", "confirmed")


@page(Audience.SECRETARIAT)
def extension_grant(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give extra time after a decision."""
    desk = desk_or_404(actor, pk)
    last = desk.result
    found = presentation.reason_rows(last.reasons) if last else []
    missing = [(r["key"], r["text"]) for r in found if r["met"] is False and not r["key"].startswith("agreed_date")]
    initial = {
        "until_on": default_extension_date(desk.pack, desk.report.year.ends_on),
        "missing": [key for key, _label in missing],
    }
    form = forms.ExtensionForm(request.POST or None, missing=missing, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.grant_extension(
                actor=actor, report_id=pk, terms=form.terms(), now=clock.now(), today=clock.today()
            )
            messages.success(request, _("The company has extra time. Its report is open again."))
            return done(request, "assessment_file", pk)
    context = {
        "heading": _("Give extra time"),
        "lead": desk.report.organisation.name,
        "what_happens": [
            _("The report goes back to the company until the date."),
            _("Afterwards only what was missing is assessed again."),
            _("The colour of now stays in the history."),
        ],
        "action_label": _("Give extra time"),
        "verdict": desk.verdict("extend"),
        "back_url": reverse("assessment_file", args=[pk]),
        "form": form,
    }
    return show(request, "foundation/confirm.html", context)
