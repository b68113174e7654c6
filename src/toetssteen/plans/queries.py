"""Reading plans of action and public reports, and the facts that follow from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.core.frameworks.years import whole_months
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.prepared import attach, prepared
from toetssteen.plans.choices import StepState
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.plans.permissions import visible_plans, visible_public_reports
from toetssteen.risks.models import Risk


def _whole(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    goals = Objective.objects.order_by("position", "pk").select_related("risk")
    deeds = PlannedAction.objects.order_by("pk")
    return rows.select_related("year", "approved_by").prefetch_related(
        Prefetch("objectives", queryset=goals), Prefetch("objectives__actions", queryset=deeds)
    )


def plans(actor: Actor) -> QuerySet[Plan]:
    """The plans that the actor may see, with their goals and actions."""
    return _whole(visible_plans(actor))


def public_reports(actor: Actor) -> QuerySet[PublicReport]:
    """The public reports that the actor may see, newest first."""
    return visible_public_reports(actor).order_by("-published_on", "-pk")


def plan_of(organisation_id: int, year_id: int) -> Plan | None:
    """The plan of one company for one covenant year, with its goals and actions."""
    found = _plan_of(organisation_id, year_id)
    if not found:
        return None
    goals = _goals_of(found[0].pk)
    attach(goals, "actions", _actions_of(found[0].pk), "objective")
    attach(found, "objectives", goals, "plan")
    return found[0]


@prepared
def _plan_of(organisation_id: int, year_id: int) -> QuerySet[Plan]:
    rows = Plan.objects.filter(organisation_id=organisation_id, year_id=year_id)
    return rows.select_related("year", "approved_by").order_by("pk")[:1]


@prepared
def _goals_of(plan_id: int) -> QuerySet[Objective]:
    return Objective.objects.filter(plan_id=plan_id).order_by("position", "pk").select_related("risk")


@prepared
def _actions_of(plan_id: int) -> QuerySet[PlannedAction]:
    return PlannedAction.objects.filter(objective__plan_id=plan_id).order_by("pk")


def plan_before(organisation_id: int, year: CovenantYear) -> Plan | None:
    """The plan of the company for the covenant year before this one."""
    return _whole(Plan.objects.filter(organisation_id=organisation_id, year__number=year.number - 1)).first()


def own_risks(plan: Plan, goal: Objective | None = None) -> list[Risk]:
    """The risks that a goal of this plan can be about: those of its year, and the one that a goal already has."""
    rows = Risk.objects.filter(organisation_id=plan.organisation_id)
    kept = goal.risk_id if goal else None
    return list(rows.filter(Q(year_number=plan.year.number) | Q(pk=kept)).order_by("pk"))


def is_present(plan: Plan | None) -> bool:
    """A plan counts when it was delivered, or when it holds a goal and will be delivered with the report."""
    return plan is not None and (plan.delivered_on is not None or bool(plan.objectives.all()))


def problems(plan: Plan) -> list[Any]:
    """What a plan misses, one sentence per goal that needs attention."""
    found: list[Any] = []
    for number, goal in enumerate(plan.objectives.all(), 1):
        if not goal.is_smart:
            found.append(_sentence(_("Goal %(number)s of your plan cannot be measured yet"), number))
        if not goal.actions.all():
            found.append(_sentence(_("Goal %(number)s of your plan has no action"), number))
    return found


def _with_number(sentence: Any, number: int) -> str:
    return str(sentence) % {"number": number}


_sentence = lazy(_with_number, str)


def plan_facts(
    organisation_id: int,
    pack: Pack,
    year: CovenantYear,
    *,
    top_risk_ids: Collection[int] = (),
    plan: Plan | None = None,
) -> dict[str, Fact]:
    """The facts about the plan of this year, and about the actions of last year's plan that were due this year."""
    own = plan or plan_of(organisation_id, year.pk)
    return {**_goals(own, top_risk_ids), **_done(organisation_id, year)}


def _goals(plan: Plan | None, top_risk_ids: Collection[int]) -> dict[str, Fact]:
    goals = list(plan.objectives.all()) if plan else []
    whole = len(goals)
    complete = [g for g in goals if any(a.owner and a.means and a.due_on for a in g.actions.all())]
    aimed_at = {goal.risk_id for goal in goals}
    return {
        "plan.top_priorities_with_goal_share": Share(len(set(top_risk_ids) & aimed_at), len(set(top_risk_ids))),
        "plan.objectives_smart": Share(sum(g.is_smart for g in goals), whole),
        "plan.objectives_with_baseline_share": Share(sum(bool(g.baseline and g.indicator) for g in goals), whole),
        "plan.actions_complete_share": Share(len(complete), whole),
        "evaluation.goals_evaluated_share": Share(sum(g.evaluated_on is not None for g in goals), whole),
    }


def _done(organisation_id: int, year: CovenantYear) -> dict[str, Fact]:
    """Of the actions in the plan of the year before that were due this year, how many are done with proof."""
    due = _due_actions(organisation_id, year.number - 1, year.starts_on, year.ends_on)
    done = [state for state, has_proof in due if state == StepState.DONE and has_proof]
    return {"plan.actions_done_share": Share(len(done), len(due))}


@prepared
def _due_actions(organisation_id: int, year_number: int, first: dt.date, last: dt.date) -> QuerySet[Any]:
    return PlannedAction.objects.filter(
        objective__plan__organisation_id=organisation_id,
        objective__plan__year__number=year_number,
        due_on__range=(first, last),
    ).values_list("state", "has_proof")


def public_reports_of(organisation_id: int, until: dt.date | None = None) -> list[PublicReport]:
    """The public reports of one company up to a day, newest first."""
    rows = PublicReport.objects.filter(organisation_id=organisation_id)
    if until is not None:
        rows = rows.filter(published_on__lte=until)
    return list(rows.order_by("-published_on", "-pk"))


def publication_facts(organisation_id: int, year: CovenantYear) -> dict[str, Fact]:
    """When the company last told the public about its due diligence, and how many whole months before year end."""
    told = _told(organisation_id, year.ends_on)
    day = told[0] if told else None
    return {
        "publication.last_public_report_date": day,
        "publication.age_months": whole_months(day, year.ends_on) if day else None,
    }


@prepared
def _told(organisation_id: int, until: dt.date) -> QuerySet[Any]:
    rows = PublicReport.objects.filter(organisation_id=organisation_id, published_on__lte=until)
    return rows.order_by("-published_on").values_list("published_on", flat=True)[:1]
