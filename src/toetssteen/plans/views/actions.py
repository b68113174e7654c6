"""Pages of one action: choosing an example, filling it in, saying how far it is, removing it and bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.library.shelf import shelf_for
from toetssteen.plans import forms, permissions, presentation, queries, services
from toetssteen.plans.views.finding import action_or_404, goal_or_404, plan_or_404

STEP = 3  # the step of due diligence that actions belong to


@page(Audience.MEMBER)
def action_examples(request: HttpRequest, actor: Actor, year: int, goal: int) -> HttpResponse:
    """Examples of actions for the theme of a goal, by root cause, to choose and adapt."""
    plan = plan_or_404(actor, year)
    objective = goal_or_404(plan, goal)
    pack = covenant.pack_of(plan.year)
    country = objective.risk.country if objective.risk else ""
    context = {
        "plan": plan,
        "year": plan.year,
        "goal": objective,
        "groups": presentation.examples(objective.theme, pack, get_language()),
        "is_proposal": bool(pack.plan_templates and pack.plan_templates.status == "proposal"),
        "theme": presentation.theme_names(pack, get_language()).get(objective.theme, ""),
        "guides": shelf_for(actor, [objective.theme], [STEP], [country] if country else []),
        "may_edit": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "plans/action_examples.html", context)


@page(Audience.MEMBER)
def action_edit(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int | None = None) -> HttpResponse:
    """Add an action to a goal or change one."""
    plan = plan_or_404(actor, year)
    objective = goal_or_404(plan, goal)
    action = action_or_404(objective, pk) if pk else None
    form = _form(request, actor, plan, action)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_action(
                actor=actor,
                plan_id=plan.pk,
                objective_id=goal,
                action_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
                evidence_ids=form.evidence(),
            )
            messages.success(request, _("The action was saved."))
            if "another" in request.POST:
                return done(request, "action_examples", year, goal)
            return done(request, f"{reverse('plan_year', args=[year])}#goal-{goal}")
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "goal": objective,
        "action": action,
        "guides": shelf_for(actor, [objective.theme], [STEP]),
        "may_edit": permissions.can_edit_plan(actor, plan),
        "may_tell": permissions.can_tell_progress(actor, plan),
    }
    return show(request, "plans/action_edit.html", context)


def _form(request: HttpRequest, actor: Actor, plan: Any, action: Any) -> forms.ActionForm:
    """The form of an action, empty, from an example or as it stands."""
    if action is None:
        template = request.GET.get("example", "")
        initial = presentation.initial_from_example(template, covenant.pack_of(plan.year), get_language())
    else:
        initial = presentation.initial_of(action, forms.ActionForm.base_fields)
        initial["evidence_ids"] = [row.pk for row in queries.evidence_of(action, actor)]
    return forms.ActionForm(
        request.POST or None,
        initial=initial,
        shared=queries.shared_choices(actor, action.shared_id if action else None),
        evidence=queries.evidence_choices(actor),
        is_new=action is None,
    )


@page(Audience.MEMBER)
def action_progress(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int) -> HttpResponse:
    """Say how far an action is, with what was said before; also after the plan was handed in."""
    plan = plan_or_404(actor, year)
    objective = goal_or_404(plan, goal)
    action = action_or_404(objective, pk)
    initial = {"said_on": clock.today(), "state": action.state, "progress": action.progress}
    form = forms.UpdateForm(
        request.POST or None, request.FILES or None, initial=initial, evidence=queries.evidence_choices(actor)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.tell_progress(
                actor=actor,
                plan_id=plan.pk,
                action_id=pk,
                data=form.data_in(),
                pack=covenant.pack_of(plan.year),
                today=clock.today(),
                now=clock.now(),
                upload=form.cleaned_data["upload"],
            )
            messages.success(request, _("Your update was saved."))
            return done(request, f"{reverse('plan_year', args=[year])}#goal-{goal}")
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "goal": objective,
        "row": presentation.action_row(action, None, clock.today()),
        "updates": queries.updates_of(action),
        "evidence": queries.evidence_of(action, actor),
        "may_tell": permissions.can_tell_progress(actor, plan),
    }
    return show(request, "plans/action_progress.html", context)


@page(Audience.MEMBER)
def action_delete(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int) -> HttpResponse:
    """Remove an action, after asking; it can be brought back."""
    plan = plan_or_404(actor, year)
    action = action_or_404(goal_or_404(plan, goal), pk)
    if request.method == "POST":
        services.delete_action(actor=actor, plan_id=plan.pk, action_id=pk, now=clock.now())
        messages.success(request, _("The action was removed. You can bring it back below the plan."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Remove this action?"),
        "lead": action.text,
        "what_happens": [
            _("The action disappears from your plan."),
            _("You can bring it back as long as the plan was not handed in."),
        ],
        "action_label": _("Remove the action"),
        "back_url": reverse("plan_year", args=[year]),
        "verdict": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def action_restore(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Bring a removed action back."""
    plan = plan_or_404(actor, year)
    found = next((action for action in queries.removed_actions(plan) if action.pk == pk), None)
    if found is None:
        return done(request, "plan_year", year)
    services.restore_action(actor=actor, plan_id=plan.pk, action_id=pk, now=clock.now())
    messages.success(request, _("The action is back in your plan."))
    return done(request, f"{reverse('plan_year', args=[year])}#goal-{found.objective_id}")
