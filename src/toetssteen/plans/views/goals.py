"""Pages of one goal: filling it in, deciding on one of last year, removing it and bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.library.shelf import shelf_for
from toetssteen.plans import forms, permissions, presentation, queries, services
from toetssteen.plans.choices import OwnPractice
from toetssteen.plans.views.finding import goal_or_404, plan_or_404


@page(Audience.MEMBER)
def objective_edit(request: HttpRequest, actor: Actor, year: int, pk: int | None = None) -> HttpResponse:
    """Add a goal or change one, with in words what it still misses to be measurable."""
    plan = plan_or_404(actor, year)
    goal = goal_or_404(plan, pk) if pk else None
    pack = covenant.pack_of(plan.year)
    risks = queries.own_risks(plan, goal)
    initial = presentation.initial_of(goal, forms.ObjectiveForm.base_fields) if goal else _begun(request, risks, pack)
    choices = presentation.risk_choices(risks, pack, get_language() or "nl")
    form = forms.ObjectiveForm(request.POST or None, initial=initial, pack=pack, risks=choices)
    check: dict[str, Any] | None
    if request.method == "POST" and "check" in request.POST:
        check = presentation.checked(form.said(), plan, pack, has_actions=bool(goal and goal.actions.all()))
        theme = form.said()["theme"]
    else:
        if request.method == "POST" and form.is_valid():
            with refusals_on(form):
                saved = _save(actor, plan, pk, form)
                messages.success(request, _("The goal was saved."))
                return done(request, *(("action_examples", year, saved.pk) if pk is None else ("plan_year", year)))
        check = presentation.check_of(presentation.gaps(goal, plan), goal.theme, pack) if goal else None
        theme = form["theme"].value() or ""
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "goal": goal,
        "check": check,
        "helps": presentation.helps(theme, pack, get_language()),
        "guides": shelf_for(actor, [theme], [3]) if theme else [],
        "may_edit": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "plans/objective_edit.html", context, partial="smart" if "check" in request.POST else "")


def _begun(request: HttpRequest, risks: list[Any], pack: Any) -> dict[str, Any]:
    """A new goal begun from a risk or from the own way of buying, if the address says so."""
    asked, practice = request.GET.get("risk", ""), request.GET.get("practice", "")
    risk = next((row for row in risks if str(row.pk) == asked), None)
    if risk is not None:
        return presentation.initial_from(risk, pack, get_language())
    if practice in OwnPractice.values:
        return presentation.initial_for_own_buying(practice, queries.indicator_of_practice(practice), pack)
    return {}


def _save(actor: Actor, plan: Any, pk: int | None, form: forms.ObjectiveForm) -> Any:
    return services.save_objective(
        actor=actor,
        plan_id=plan.pk,
        objective_id=pk,
        data=form.data_in(),
        row_version=form.cleaned_data["row_version"],
        now=clock.now(),
    )


@page(Audience.MEMBER, methods=("POST",))
def objective_confirm(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Keep a goal of last year as it is."""
    plan = plan_or_404(actor, year)
    goal_or_404(plan, pk)
    services.confirm_objective(actor=actor, plan_id=plan.pk, objective_id=pk, now=clock.now())
    return done(request, f"{reverse('plan_year', args=[year])}#goal-{pk}")


@page(Audience.MEMBER, methods=("POST",))
def objective_confirm_all(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Keep all goals of last year as they are."""
    plan = plan_or_404(actor, year)
    count = services.confirm_all(actor=actor, plan_id=plan.pk, now=clock.now())
    words = ngettext("%(count)s goal goes on as it was.", "%(count)s goals go on as they were.", count)
    messages.success(request, words % {"count": count})
    return done(request, "plan_year", year)


@page(Audience.MEMBER)
def objective_stop(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Do not go on with a goal of last year, with the reason."""
    plan = plan_or_404(actor, year)
    goal = goal_or_404(plan, pk)
    form = forms.StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            services.stop_objective(actor=actor, plan_id=plan.pk, objective_id=pk, reason=reason, now=clock.now())
            messages.success(request, _("The goal was stopped. Your reason stays with the plan."))
            return done(request, "plan_year", year)
    context = {
        "heading": _("Stop with this goal?"),
        "lead": goal.text,
        "what_happens": [
            _("The goal and its actions leave this year's plan."),
            _("Your reason stays readable below the plan, with last year's goals."),
            _("You can bring it back as long as the plan was not handed in."),
        ],
        "form": form,
        "action_label": _("Stop with this goal"),
        "back_url": reverse("plan_year", args=[year]),
        "verdict": permissions.can_edit_plan(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def objective_delete(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Remove a goal with its actions, after asking; it can be brought back."""
    plan = plan_or_404(actor, year)
    goal = goal_or_404(plan, pk)
    if request.method == "POST":
        services.delete_objective(actor=actor, plan_id=plan.pk, objective_id=pk, now=clock.now())
        messages.success(request, _("The goal was removed. You can bring it back below the plan."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Remove this goal?"),
        "lead": goal.text,
        "what_happens": [
            _("The goal disappears from your plan."),
            *_actions_go(len(goal.actions.all())),
            _("What the public sees stays as it is until you approve the plan again."),
            _("You can bring it back as long as the plan was not handed in."),
        ],
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
def objective_restore(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Bring a removed goal back."""
    plan = plan_or_404(actor, year)
    if any(goal.pk == pk for goal in queries.removed_goals(plan)):
        services.restore_objective(actor=actor, plan_id=plan.pk, objective_id=pk, now=clock.now())
        messages.success(request, _("The goal is back in your plan."))
    return done(request, f"{reverse('plan_year', args=[year])}#goal-{pk}")


@page(Audience.MEMBER, methods=("POST",))
def objective_move(request: HttpRequest, actor: Actor, year: int, pk: int) -> HttpResponse:
    """Put a goal one place higher or lower."""
    plan = plan_or_404(actor, year)
    goal_or_404(plan, pk)
    up = request.POST.get("to") == "up"
    services.move_objective(actor=actor, plan_id=plan.pk, objective_id=pk, up=up, now=clock.now())
    return done(request, f"{reverse('plan_year', args=[year])}#goal-{pk}")
