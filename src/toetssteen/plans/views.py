"""Pages on which a company writes its plan of action and decides what of it becomes public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.plans import forms, permissions, presentation, queries, services


def _year_or_404(number: int | None) -> Any:
    year = covenant.current_year(clock.today()) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def _plan_or_404(actor: Actor, number: int) -> Any:
    """The actor's own plan of a year."""
    plan = queries.plans(actor).filter(organisation_id=actor.company_id or 0, year__number=number).first()
    if plan is None:
        raise Http404
    return plan


def _goal_or_404(plan: Any, pk: int) -> Any:
    goal = next((g for g in plan.objectives.all() if g.pk == pk), None)
    if goal is None:
        raise Http404
    return goal


@page(Audience.MEMBER)
def plan_edit(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The plan of a year with its goals and actions; starting it carries last year's open goals over."""
    chosen = _year_or_404(year)
    assert actor.company_id is not None
    if request.method == "POST":
        services.start_plan(actor=actor, organisation_id=actor.company_id, year_id=chosen.pk, now=clock.now())
        return done(request, "plan_year", chosen.number)
    plan = queries.plan_of(actor.company_id, chosen.pk)
    context = {
        "year": chosen,
        "plan": plan,
        "may_start": permissions.can_write_plan(actor, actor.company_id),
        "before": queries.plan_before(actor.company_id, chosen) if plan is None else None,
        "others": queries.plans(actor).exclude(year=chosen).order_by("-year__number"),
    }
    if plan is not None:
        context |= {
            "goals": presentation.goals(plan, covenant.pack_of(chosen), get_language()),
            "may_edit": permissions.can_edit_plan(actor, plan),
            "public": presentation.public_state(plan),
            "summary_form": forms.SummaryForm(initial={"summary": plan.summary, "row_version": plan.row_version}),
        }
    return show(request, "plans/plan_edit.html", context)


@page(Audience.MEMBER)
def plan_summary(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The few sentences above the public plan."""
    plan = _plan_or_404(actor, year)
    initial = {"summary": plan.summary, "row_version": plan.row_version}
    form = forms.SummaryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_summary(actor=actor, plan_id=plan.pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The summary was saved."))
            return done(request, "plan_year", year)
    return show(request, "plans/plan_summary.html", {"form": form, "plan": plan, "year": plan.year})


@page(Audience.MEMBER)
def objective_edit(request: HttpRequest, actor: Actor, year: int, pk: int | None = None) -> HttpResponse:
    """Add a goal or change one, with in words what it still misses to be measurable."""
    plan = _plan_or_404(actor, year)
    goal = _goal_or_404(plan, pk) if pk else None
    initial = presentation.initial_of(goal, forms.ObjectiveForm.base_fields) if goal else {}
    pack = covenant.pack_of(plan.year)
    risks = presentation.risk_choices(queries.own_risks(plan, goal), pack, get_language())
    form = forms.ObjectiveForm(request.POST or None, initial=initial, pack=pack, risks=risks)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = services.save_objective(
                actor=actor,
                plan_id=plan.pk,
                objective_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The goal was saved."))
            if pk is None:
                return done(request, "action_add", year, saved.pk)
            return done(request, "plan_year", year)
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "goal": goal,
        "gaps": presentation.gaps(goal, plan) if goal else (),
        "may_edit": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "plans/objective_edit.html", context)


@page(Audience.MEMBER)
def objective_delete(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Remove a goal with its actions, after asking."""
    plan = _plan_or_404(actor, year)
    goal = _goal_or_404(plan, pk)
    if request.method == "POST":
        services.delete_objective(actor=actor, plan_id=plan.pk, objective_id=pk, now=clock.now())
        messages.success(request, _("The goal was removed."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Remove this goal?"),
        "lead": goal.text,
        "what_happens": [
            _("The goal disappears from your plan."),
            *_actions_go(len(goal.actions.all())),
            _("What the public sees stays as it is until you approve the plan again."),
        ],
        "cannot_undo": True,
        "action_label": _("Remove the goal"),
        "back_url": reverse("plan_year", args=[year]),
        "verdict": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


def _actions_go(count: int) -> list[str]:
    """How many actions disappear with their goal."""
    words = ngettext("Its %(count)s action disappears with it.", "Its %(count)s actions disappear with it.", count)
    return [words % {"count": count}] if count else []


@page(Audience.MEMBER, methods=("POST",))
def objective_move(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Put a goal one place higher or lower."""
    plan = _plan_or_404(actor, year)
    _goal_or_404(plan, pk)
    up = request.POST.get("to") == "up"
    services.move_objective(actor=actor, plan_id=plan.pk, objective_id=pk, up=up, now=clock.now())
    return done(request, f"{reverse('plan_year', args=[year])}#goal-{pk}")


@page(Audience.MEMBER)
def action_edit(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int | None = None) -> HttpResponse:
    """Add an action to a goal or change one."""
    plan = _plan_or_404(actor, year)
    objective = _goal_or_404(plan, goal)
    action = next((a for a in objective.actions.all() if a.pk == pk), None)
    if pk and action is None:
        raise Http404
    initial = presentation.initial_of(action, forms.ActionForm.base_fields) if action else {}
    form = forms.ActionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_action(
                actor=actor,
                plan_id=plan.pk,
                objective_id=goal,
                action_id=pk,
                data=form.data_in(action.contribution_type if action else ""),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The action was saved."))
            if "another" in request.POST:
                return done(request, "action_add", year, goal)
            return done(request, "plan_year", year)
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "goal": objective,
        "action": action,
        "may_edit": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "plans/action_edit.html", context)


@page(Audience.MEMBER)
def action_delete(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int) -> HttpResponse:
    """Remove an action, after asking."""
    plan = _plan_or_404(actor, year)
    action = next((a for a in _goal_or_404(plan, goal).actions.all() if a.pk == pk), None)
    if action is None:
        raise Http404
    if request.method == "POST":
        services.delete_action(actor=actor, plan_id=plan.pk, action_id=pk, now=clock.now())
        messages.success(request, _("The action was removed."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Remove this action?"),
        "lead": action.text,
        "what_happens": [_("The action disappears from your plan.")],
        "cannot_undo": True,
        "action_label": _("Remove the action"),
        "back_url": reverse("plan_year", args=[year]),
        "verdict": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def plan_public(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Exactly what becomes public of the plan; approving it is the company's own act."""
    plan = _plan_or_404(actor, year)
    form = forms.ApproveForm(request.POST or None, initial={"row_version": plan.row_version})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = form.cleaned_data["row_version"]
            services.approve_public_plan(actor=actor, plan_id=plan.pk, row_version=version, now=clock.now())
            messages.success(request, _("You approved the public plan. The secretariat publishes it with the results."))
            return done(request, "plan_year", year)
    content = services.public_content_of(plan)
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "content": presentation.public_content(content, covenant.pack_of(plan.year), get_language()),
        "public": presentation.public_state(plan),
        "verdict": permissions.can_approve_public_plan(actor, plan),
        "may_withdraw": permissions.can_withdraw_approval(actor, plan),
    }
    return show(request, "plans/plan_public.html", context)


@page(Audience.MEMBER)
def plan_withdraw(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Take the approval back, as long as nothing was published."""
    plan = _plan_or_404(actor, year)
    if request.method == "POST":
        services.withdraw_approval(actor=actor, plan_id=plan.pk, now=clock.now())
        messages.success(request, _("The approval was taken back. Nothing of this plan becomes public."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Take the approval back?"),
        "what_happens": [_("Nothing of this plan becomes public until you approve it again.")],
        "action_label": _("Take it back"),
        "back_url": reverse("plan_public", args=[year]),
        "verdict": permissions.can_withdraw_approval(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def public_report_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The reports and pages in which the company tells the public about its due diligence."""
    assert actor.company_id is not None
    form = forms.PublicReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.add_public_report(
                actor=actor,
                organisation_id=actor.company_id,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The public report was added."))
            return done(request, "public_report_list")
    context = {
        "form": form,
        "reports": queries.public_reports(actor),
        "may_write": permissions.can_write_plan(actor, actor.company_id),
    }
    return show(request, "plans/public_report_list.html", context)


@page(Audience.MEMBER)
def public_report_delete(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a public report off the list, after asking."""
    report = queries.public_reports(actor).filter(organisation_id=actor.company_id or 0, pk=pk).first()
    if report is None:
        raise Http404
    if request.method == "POST":
        services.delete_public_report(actor=actor, public_report_id=pk, now=clock.now())
        messages.success(request, _("The public report was taken off the list."))
        return done(request, "public_report_list")
    context = {
        "heading": _("Take this off the list?"),
        "lead": report.title,
        "what_happens": [_("The platform no longer counts it as public communication.")],
        "cannot_undo": True,
        "action_label": _("Take it off the list"),
        "back_url": reverse("public_report_list"),
        "verdict": permissions.can_write_plan(actor, report.organisation_id),
    }
    return show(request, "foundation/confirm.html", context)
