"""Reading plans of action with their goals and actions, and what they miss."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.prepared import attach, prepared
from toetssteen.plans import policies, smart
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.plans.permissions import visible_plans
from toetssteen.risks.models import Risk


def _whole(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    goals = Objective.objects.order_by("position", "pk").select_related("risk")
    deeds = PlannedAction.objects.order_by("pk").select_related("shared")
    return rows.select_related("year", "approved_by").prefetch_related(
        Prefetch("objectives", queryset=goals), Prefetch("objectives__actions", queryset=deeds)
    )


def plans(actor: Actor) -> QuerySet[Plan]:
    """The plans that the actor may see, with their goals and actions."""
    return _whole(visible_plans(actor))


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
    return PlannedAction.objects.filter(objective__plan_id=plan_id).order_by("pk").select_related("shared")


def plan_before(organisation_id: int, year: CovenantYear) -> Plan | None:
    """The plan of the company for the covenant year before this one."""
    return _whole(Plan.objects.filter(organisation_id=organisation_id, year__number=year.number - 1)).first()


def own_risks(plan: Plan, goal: Objective | None = None) -> list[Risk]:
    """The risks that a goal of this plan can be about: those of its year, and the one that a goal already has."""
    return risks_of_company(plan.organisation_id, plan.year.number, goal.risk_id if goal else None)


def risks_of_company(organisation_id: int, year_number: int, kept: int | None = None) -> list[Risk]:
    """A company's own risks of a year, and the one that is kept from another year."""
    rows = Risk.objects.filter(organisation_id=organisation_id)
    return list(rows.filter(Q(year_number=year_number) | Q(pk=kept)).order_by("pk"))


def is_present(plan: Plan | None) -> bool:
    """A plan counts when it lies handed in, or when it holds a goal and will be handed in with the report."""
    return plan is not None and (plan.state == PlanState.DELIVERED or bool(plan.objectives.all()))


def carried_goals(plan: Plan | None) -> int:
    """How many goals of last year's plan nobody decided on yet."""
    return sum(goal.needs_confirmation for goal in plan.objectives.all()) if plan is not None else 0


def problems(plan: Plan) -> list[Any]:
    """What a plan misses, one sentence per goal that needs attention."""
    found: list[Any] = []
    for number, goal in enumerate(plan.objectives.all(), 1):
        if not smart.is_smart(policies.gaps_of(goal, plan)):
            found.append(_sentence(_("Goal %(number)s of your plan cannot be measured yet"), number))
        if not goal.actions.all():
            found.append(_sentence(_("Goal %(number)s of your plan has no action"), number))
    return found


def _with_number(sentence: Any, number: int) -> str:
    return str(sentence) % {"number": number}


_sentence = lazy(_with_number, str)


def plan_years(actor: Actor) -> QuerySet[Plan]:
    """The plans that the actor may see, without what is in them."""
    return visible_plans(actor).select_related("year").filter(organisation_id=actor.company_id or 0)
