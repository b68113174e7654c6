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
    """The company's corrective plans with suppliers, and what was removed."""
    assert actor.company_id is not None
    rows = [{"plan": plan, **presentation.corrective(plan, clock.today())} for plan in queries.corrective_plans(actor)]
    context = {
        "rows": rows,
        "removed": queries.removed_corrective_plans(actor),
        "may_write": permissions.can_write_plan(actor, actor.company_id),
    }
    return show(request, "plans/corrective_list.html", context)


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
        chains=queries.chain_choices(actor, corrective.chain_id if corrective else None),
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
        "reviews": queries.reviews_of(corrective),
        "removed": queries.removed_corrective_steps(corrective),
        "may_write": permissions.can_write_corrective_plan(actor, corrective),
        "may_decide": permissions.can_write_plan(actor, corrective.organisation_id),
    }
    return show(request, "plans/corrective_detail.html", context)


@page(Audience.MEMBER)
def corrective_delete(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Remove a corrective plan that was a mistake, after asking; it can be brought back."""
    corrective = _corrective_or_404(actor, pk)
    if request.method == "POST":
        services.delete_corrective_plan(actor=actor, corrective_id=pk, now=clock.now())
        messages.success(request, _("The corrective plan was removed. You can bring it back below the list."))
        return done(request, "corrective_list")
    context = {
        "heading": _("Remove this corrective plan?"),
        "lead": corrective.supplier_name,
        "what_happens": [
            _("The agreement disappears from your list with its steps, and no longer counts in your report."),
            _("You can bring it back below the list."),
        ],
        "action_label": _("Remove the corrective plan"),
        "back_url": reverse("corrective_detail", args=[pk]),
        "verdict": permissions.can_write_corrective_plan(actor, corrective),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def corrective_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring a removed corrective plan back."""
    if all(row.pk != pk for row in queries.removed_corrective_plans(actor)):
        return done(request, "corrective_list")
    services.restore_corrective_plan(actor=actor, corrective_id=pk, now=clock.now())
    messages.success(request, _("The corrective plan is back in your list."))
    return done(request, "corrective_detail", pk)


def _step_or_404(corrective: Any, pk: int) -> Any:
    step = next((row for row in corrective.steps.all() if row.pk == pk), None)
    if step is None:
        raise Http404
    return step


@page(Audience.MEMBER)
def corrective_step(request: HttpRequest, actor: Actor, corrective: int, pk: int) -> HttpResponse:
    """Change a step, or say how it stands."""
    plan = _corrective_or_404(actor, corrective)
    step = _step_or_404(plan, pk)
    initial = presentation.initial_of(step, forms.StepForm.base_fields)
    form = forms.StepForm(
        request.POST or None, initial=initial, evidence=queries.evidence_choices(actor, kept=step.proof)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_corrective_step(
                actor=actor,
                corrective_id=corrective,
                step_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The step was saved."))
            return done(request, "corrective_detail", corrective)
    may = permissions.can_write_corrective_plan(actor, plan)
    context = {"form": form, "corrective": plan, "step": step, "may_write": may}
    return show(request, "plans/corrective_step.html", context)


@page(Audience.MEMBER)
def corrective_step_delete(request: HttpRequest, actor: Actor, corrective: int, pk: int) -> HttpResponse:
    """Take a step off, after asking; it can be brought back."""
    plan = _corrective_or_404(actor, corrective)
    step = _step_or_404(plan, pk)
    if request.method == "POST":
        services.delete_corrective_step(actor=actor, corrective_id=corrective, step_id=pk, now=clock.now())
        messages.success(request, _("The step was taken off. You can bring it back below the steps."))
        return done(request, "corrective_detail", corrective)
    context = {
        "heading": _("Take this step off?"),
        "lead": step.text,
        "what_happens": [
            _("The step no longer counts in this agreement."),
            _("You can bring it back below the steps."),
        ],
        "action_label": _("Take this step off"),
        "back_url": reverse("corrective_detail", args=[corrective]),
        "verdict": permissions.can_write_corrective_plan(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def corrective_step_restore(request: HttpRequest, actor: Actor, corrective: int, pk: int) -> HttpResponse:
    """Bring a step back."""
    plan = _corrective_or_404(actor, corrective)
    if any(row.pk == pk for row in queries.removed_corrective_steps(plan)):
        services.restore_corrective_step(actor=actor, corrective_id=corrective, step_id=pk, now=clock.now())
        messages.success(request, _("The step is back."))
    return done(request, "corrective_detail", corrective)


@page(Audience.MEMBER)
def corrective_review(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Look at a corrective plan again: what was found, and whether it goes on or is solved."""
    corrective = _corrective_or_404(actor, pk)
    initial = {
        "held_on": clock.today(),
        "state": corrective.state,
        "review_on": corrective.review_on,
        "row_version": corrective.row_version,
    }
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
    """End the relation with a supplier, with reasons and what is done for workers; or correct what was written."""
    corrective = _corrective_or_404(actor, pk)
    ended = corrective.exit_reasons != ""
    initial = {"decided_on": clock.today(), "row_version": corrective.row_version}
    if ended:
        initial |= {
            "reasons": corrective.exit_reasons,
            "effects": corrective.exit_effects,
            "measures": corrective.exit_measures,
            "decided_on": corrective.decided_on,
        }
    form = forms.ExitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.end_relation(
                actor=actor,
                corrective_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("Your decision was recorded with its reasons."))
            return done(request, "corrective_detail", pk)
    context = {
        "heading": _("Correct this decision?") if ended else _("End the relation with this supplier?"),
        "lead": corrective.supplier_name,
        "what_happens": [
            _("Your reasons, the effects on workers and your measures are kept with your name and the date."),
            _("What you wrote before stays readable below the agreement.")
            if ended
            else _("The steps stay readable. You can still correct this decision, or take it back."),
            _("Nothing of this becomes public. Your report says that a relation ended with reasons, not with whom."),
        ],
        "form": form,
        "action_label": _("Save the decision") if ended else _("End the relation"),
        "back_url": reverse("corrective_detail", args=[pk]),
        "verdict": permissions.can_write_plan(actor, corrective.organisation_id),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def corrective_resume(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take the end of a relation back, with the reason."""
    corrective = _corrective_or_404(actor, pk)
    if not corrective.exit_reasons:
        return done(request, "corrective_detail", pk)
    form = forms.ResumeForm(request.POST or None, initial={"row_version": corrective.row_version})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.take_exit_back(
                actor=actor, corrective_id=pk, today=clock.today(), now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The agreement is open again."))
            return done(request, "corrective_detail", pk)
    context = {
        "heading": _("Does the relation go on after all?"),
        "lead": corrective.supplier_name,
        "what_happens": [
            _("The agreement is open again, with its steps."),
            _("What you wrote before stays readable below the agreement."),
        ],
        "form": form,
        "action_label": _("Open the agreement again"),
        "back_url": reverse("corrective_detail", args=[pk]),
        "verdict": permissions.can_write_plan(actor, corrective.organisation_id),
    }
    return show(request, "foundation/confirm.html", context)
