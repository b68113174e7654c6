"""The page of the plan, its summary, and what of it becomes public."""

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
from toetssteen.plans import forms, permissions, policies, presentation, queries, services
from toetssteen.plans.views.finding import plan_or_404, year_or_404


@page(Audience.MEMBER)
def plan_edit(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The plan of a year with its goals and actions; starting it carries last year's open goals over."""
    chosen = year_or_404(year)
    assert actor.company_id is not None
    if request.method == "POST":
        services.start_plan(actor=actor, organisation_id=actor.company_id, year_id=chosen.pk, now=clock.now())
        return done(request, "plan_year", chosen.number)
    plan = queries.plan_of(actor.company_id, chosen.pk)
    context: dict[str, Any] = {
        "year": chosen,
        "plan": plan,
        "may_start": permissions.can_write_plan(actor, actor.company_id),
        "before": queries.plan_before(actor.company_id, chosen),
        "others": queries.plan_years(actor).exclude(year=chosen).order_by("-year__number"),
        "correctives": queries.corrective_plans(actor).count(),
        "links": queries.links_beside(chosen.number),
    }
    if plan is not None:
        context |= _whole(actor, plan, chosen, context["before"])
    return show(request, "plans/plan_edit.html", context)


def _whole(actor: Actor, plan: Any, year: Any, before: Any) -> dict[str, Any]:
    """Everything that the page shows of a plan that was started."""
    pack = covenant.pack_of(year)
    goals = list(plan.objectives.all())
    readings = queries.readings_of(goals)
    concluded = queries.conclusions_of(plan)
    letters, waiting = queries.priorities(actor, plan, pack)
    removed = queries.removed_goals(plan)
    themes = presentation.theme_names(pack, get_language())
    rows = presentation.goals(
        plan,
        pack,
        readings=readings,
        letters=letters,
        updates=queries.last_updates(plan),
        spans={one.number: str(one) for one in covenant.years()},
        today=clock.today(),
    )
    return {
        "goals": [{**row, "concluded": concluded.get(row["goal"].pk)} for row in rows],
        "actions": queries.counted_once([action for goal in goals for action in goal.actions.all()]),
        "overdue": sum(action["overdue"] for row in rows for action in row["actions"]),
        "unconfirmed": sum(goal.needs_confirmation for goal in goals),
        "waiting": [{"placed": row, "theme": themes.get(row.risk.theme, row.risk.theme)} for row in waiting],
        "may_edit": permissions.can_edit_plan(actor, plan),
        "may_tell": permissions.can_tell_progress(actor, plan),
        "public": presentation.public_state(plan, services.public_content_of(plan, readings)),
        "published": queries.is_published(plan),
        "earlier": queries.newest_published(actor, year),
        "off": queries.off_public(plan),
        "removed_goals": removed,
        "removed_actions": queries.removed_actions(plan),
        "year_concluded": queries.conclusion_of_year(plan),
        "looking_back": presentation.looking_back(before, plan, removed, concluded),
    }


@page(Audience.MEMBER)
def plan_summary(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The few sentences above the public plan."""
    plan = plan_or_404(actor, year)
    initial = {"summary": plan.summary, "row_version": plan.row_version}
    form = forms.SummaryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_summary(actor=actor, plan_id=plan.pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The summary was saved."))
            return done(request, "plan_year", year)
    return show(request, "plans/plan_summary.html", {"form": form, "plan": plan, "year": plan.year})


@page(Audience.MEMBER)
def plan_compose(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Choose field by field what becomes public; the next page shows it as visitors will see it."""
    plan = plan_or_404(actor, year)
    pack = covenant.pack_of(plan.year)
    goals = list(plan.objectives.all())
    readings = queries.readings_of(goals)
    said = {goal.pk: presentation.said_per_field(goal, pack, readings.get(goal.pk, ())) for goal in goals}
    form = forms.PublicChoiceForm(
        request.POST or None,
        initial={"row_version": plan.row_version, "summary": plan.summary_is_public},
        goals=goals,
        said=said,
        has_summary=bool(plan.summary),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.choose_public_fields(
                actor=actor,
                plan_id=plan.pk,
                chosen=form.chosen(),
                summary=form.shows_summary(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("Your choice was saved. Look here at what becomes public."))
            return done(request, "plan_public", year)
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "may_write": permissions.can_write_plan(actor, plan.organisation_id),
    }
    return show(request, "plans/plan_compose.html", context)


@page(Audience.MEMBER)
def plan_public(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Exactly what becomes public of the plan; approving it is the company's own act."""
    plan = plan_or_404(actor, year)
    form = forms.ApproveForm(request.POST or None, initial={"row_version": plan.row_version})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = form.cleaned_data["row_version"]
            services.approve_public_plan(actor=actor, plan_id=plan.pk, row_version=version, now=clock.now())
            messages.success(request, _("You approved the public plan. The secretariat publishes it with the results."))
            return done(request, "plan_year", year)
    content = services.public_content_of(plan)
    may_write = permissions.can_write_plan(actor, plan.organisation_id)
    context = {
        "form": form,
        "plan": plan,
        "year": plan.year,
        "content": presentation.public_content(content, covenant.pack_of(plan.year), get_language() or "nl"),
        "public": presentation.public_state(plan, content),
        "off": queries.off_public(plan),
        "may_take_off": may_write and policies.can_go_off(plan),
        "verdict": permissions.can_approve_public_plan(actor, plan),
        "may_withdraw": permissions.can_withdraw_approval(actor, plan),
        "may_write": may_write,
    }
    return show(request, "plans/plan_public.html", context)


@page(Audience.MEMBER)
def plan_withdraw(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Take the approval back, as long as that version was not published."""
    plan = plan_or_404(actor, year)
    if request.method == "POST":
        services.withdraw_approval(actor=actor, plan_id=plan.pk, now=clock.now())
        messages.success(request, _("The approval was taken back."))
        return done(request, "plan_year", year)
    context = {
        "heading": _("Take the approval back?"),
        "what_happens": [
            _("What you approved does not become public until you approve it again."),
            _("What visitors can read already stays as it is."),
        ]
        if queries.is_published(plan)
        else [_("Nothing of this plan becomes public until you approve it again.")],
        "action_label": _("Take it back"),
        "back_url": reverse("plan_public", args=[year]),
        "verdict": permissions.can_withdraw_approval(actor, plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def plan_off(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Take a published plan off the public pages at once, with the reason, after asking."""
    plan = plan_or_404(actor, year)
    form = forms.OffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            services.take_off_public(actor=actor, plan_id=plan.pk, reason=reason, now=clock.now())
            messages.success(request, _("Your plan is off the public pages. You can put it back."))
            return done(request, "plan_public", year)
    context = {
        "heading": _("Take this plan off the public pages?"),
        "what_happens": [
            _("Visitors no longer see this plan from now on, in the register and in the downloads."),
            _("Who saved the page before still has it."),
            _("You can put it back, or change your plan, approve it again and have it published."),
            _("Your reason is kept with your name and the date. It is not public."),
        ],
        "form": form,
        "action_label": _("Take it off the public pages"),
        "back_url": reverse("plan_public", args=[year]),
        "verdict": permissions.can_write_plan(actor, plan.organisation_id) and policies.can_go_off(plan),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def plan_back(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Put back on the public pages what was taken off, after asking."""
    plan = plan_or_404(actor, year)
    if request.method == "POST":
        services.put_back_public(actor=actor, plan_id=plan.pk, now=clock.now())
        messages.success(request, _("Visitors see your plan again, as it was published."))
        return done(request, "plan_public", year)
    context = {
        "heading": _("Put this plan back on the public pages?"),
        "what_happens": [_("Visitors see it again exactly as it was published, from now on.")],
        "action_label": _("Put it back"),
        "back_url": reverse("plan_public", args=[year]),
        "verdict": permissions.can_write_plan(actor, plan.organisation_id) and policies.can_come_back(plan),
    }
    return show(request, "foundation/confirm.html", context)
