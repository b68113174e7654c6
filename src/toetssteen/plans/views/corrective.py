"""Pages of corrective plans with suppliers; only the company itself sees them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.plans import forms, permissions, presentation, queries, services
from toetssteen.plans.views.finding import year_or_404


def _corrective_or_404(actor: Actor, pk: int) -> Any:
    found = queries.corrective_plans(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@page(Audience.MEMBER)
def corrective_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The company's corrective plans with suppliers."""
    assert actor.company_id is not None
    rows = [{"plan": plan, **presentation.corrective(plan, clock.today())} for plan in queries.corrective_plans(actor)]
    may = permissions.can_write_plan(actor, actor.company_id)
    return show(request, "plans/corrective_list.html", {"rows": rows, "may_write": may})


@page(Audience.MEMBER)
def corrective_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Agree a corrective plan with a supplier, or change what was agreed."""
    assert actor.company_id is not None
    corrective = _corrective_or_404(actor, pk) if pk else None
    year = year_or_404(None)
    risks = queries.risks_of_company(actor.company_id, year.number, corrective.risk_id if corrective else None)
    initial: dict[str, Any] = {"agreed_on": clock.today()}
    if corrective:
        initial = presentation.initial_of(corrective, forms.CorrectiveForm.base_fields)
    form = forms.CorrectiveForm(
        request.POST or None,
        initial=initial,
        chains=queries.chain_choices(actor),
        risks=presentation.risk_choices(risks, covenant.pack_of(year), get_language() or "nl"),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = services.save_corrective_plan(
                actor=actor,
                organisation_id=actor.company_id,
                corrective_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The corrective plan was saved."))
            return done(request, "corrective_detail", saved.pk)
    may = permissions.can_write_plan(actor, actor.company_id)
    if corrective:
        may = permissions.can_write_corrective_plan(actor, corrective)
    return show(request, "plans/corrective_edit.html", {"form": form, "corrective": corrective, "may_write": may})


@page(Audience.MEMBER)
def corrective_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One corrective plan with its steps; a new step is added here."""
    corrective = _corrective_or_404(actor, pk)
    form = forms.StepForm(request.POST or None, evidence=queries.evidence_choices(actor))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_corrective_step(
                actor=actor, corrective_id=pk, step_id=None, data=form.data_in(), now=clock.now()
            )
            messages.success(request, _("The step was added."))
            return done(request, "corrective_detail", pk)
    context = {
        "form": form,
        "corrective": corrective,
        **presentation.corrective(corrective, clock.today()),
        "may_write": permissions.can_write_corrective_plan(actor, corrective),
    }
    return show(request, "plans/corrective_detail.html", context)


@page(Audience.MEMBER)
def corrective_step(request: HttpRequest, actor: Actor, corrective: int, pk: int) -> HttpResponse:
    """Change a step, say how it stands, or take it off."""
    plan = _corrective_or_404(actor, corrective)
    step = next((row for row in plan.steps.all() if row.pk == pk), None)
    if step is None:
        raise Http404
    initial = presentation.initial_of(step, forms.StepForm.base_fields)
    form = forms.StepForm(request.POST or None, initial=initial, evidence=queries.evidence_choices(actor))
    if request.method == "POST" and "remove" in request.POST:
        services.delete_corrective_step(actor=actor, corrective_id=corrective, step_id=pk, now=clock.now())
        messages.success(request, _("The step was taken off."))
        return done(request, "corrective_detail", corrective)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_corrective_step(
                actor=actor, corrective_id=corrective, step_id=pk, data=form.data_in(), now=clock.now()
            )
            messages.success(request, _("The step was saved."))
            return done(request, "corrective_detail", corrective)
    may = permissions.can_write_corrective_plan(actor, plan)
    return show(request, "plans/corrective_step.html", {"form": form, "corrective": plan, "may_write": may})


@page(Audience.MEMBER)
def corrective_review(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Look at a corrective plan again: it goes on, or it is solved."""
    corrective = _corrective_or_404(actor, pk)
    initial = {"state": corrective.state, "review_on": corrective.review_on}
    form = forms.ReviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.review_corrective_plan(
                actor=actor, corrective_id=pk, today=clock.today(), now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The review was saved."))
            return done(request, "corrective_detail", pk)
    may = permissions.can_write_corrective_plan(actor, corrective)
    return show(request, "plans/corrective_review.html", {"form": form, "corrective": corrective, "may_write": may})


@page(Audience.MEMBER)
def corrective_exit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End the relation with a supplier, with reasons and what is done for workers; after asking."""
    corrective = _corrective_or_404(actor, pk)
    form = forms.ExitForm(request.POST or None, initial={"decided_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.end_relation(
                actor=actor, corrective_id=pk, data=form.data_in(), today=clock.today(), now=clock.now()
            )
            messages.success(request, _("Your decision was recorded with its reasons."))
            return done(request, "corrective_detail", pk)
    context = {
        "heading": _("End the relation with this supplier?"),
        "lead": corrective.supplier_name,
        "what_happens": [
            _("Your reasons, the effects on workers and your measures are kept with your name and the date."),
            _("The steps stay readable and can no longer be changed."),
            _("Nothing of this becomes public. Your report says that a relation ended with reasons, not with whom."),
        ],
        "cannot_undo": True,
        "form": form,
        "action_label": _("End the relation"),
        "back_url": reverse("corrective_detail", args=[pk]),
        "verdict": permissions.can_write_corrective_plan(actor, corrective),
    }
    return show(request, "foundation/confirm.html", context)
