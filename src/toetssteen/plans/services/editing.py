"""Filling in a plan of action."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans import policies, queries, smart
from toetssteen.plans.choices import StepState, Together
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.plans.permissions import can_edit_plan, can_write_plan
from toetssteen.risks.models import Risk


@dataclass(frozen=True)
class ObjectiveData:
    """A goal as it was entered."""

    text: str
    theme: str
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    deadline: dt.date | None = None
    evaluated_on: dt.date | None = None
    risk_id: int | None = None
    is_public: bool = True


@dataclass(frozen=True)
class ActionData:
    """An action as it was entered."""

    text: str
    owner: str = ""
    means: str = ""
    together: str = Together.INDIVIDUAL
    contribution_type: str = ""
    due_on: dt.date | None = None
    progress: int = 0
    state: str = StepState.NOT_STARTED
    has_proof: bool = False
    is_public: bool = True


@transaction.atomic
def start_plan(*, actor: Actor, organisation_id: int, year_id: int, now: dt.datetime) -> Plan:
    """Start the plan of a year with the unfinished goals of last year's plan, or give the one that is there."""
    demand(can_write_plan(actor, organisation_id))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    known = queries.plan_of(organisation_id, year_id)
    if known is not None:
        return known
    plan = Plan.objects.create(organisation_id=organisation_id, year=year)
    carried = _carry_over(plan, queries.plan_before(organisation_id, year))
    audit.record(actor=actor, verb="plans.start_plan", subject=plan, at=now, carried_over=carried)
    return plan


def _carry_over(plan: Plan, before: Plan | None) -> int:
    """Copy the goals that are not finished, with their open actions."""
    goals = [goal for goal in before.objectives.all() if not policies.is_finished(goal)] if before else []
    for position, goal in enumerate(goals, 1):
        actions = [a for a in goal.actions.all() if a.state not in policies.CLOSED]
        goal.pk, goal.plan, goal.position = None, plan, position
        goal.reference, goal.evaluated_on, goal.row_version = "", None, 0
        goal._state.adding = True
        goal.save()
        for action in actions:
            action.pk, action.objective, action.reference, action.row_version = None, goal, "", 0
            action._state.adding = True
        PlannedAction.objects.bulk_create(actions)
    return len(goals)


def _locked_plan(actor: Actor, plan_id: int) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("year").get(pk=plan_id)
    demand(can_edit_plan(actor, plan))
    return plan


def _touch(plan: Plan) -> None:
    plan.row_version += 1
    plan.save(update_fields=["row_version"])


@transaction.atomic
def save_summary(*, actor: Actor, plan_id: int, summary: str, row_version: int | None, now: dt.datetime) -> Plan:
    """Save the summary that stands above the public plan."""
    plan = _locked_plan(actor, plan_id)
    if plan.summary == summary:
        return plan
    if row_version is not None and plan.row_version != row_version:
        raise StaleRow(plan)
    plan.summary = summary
    plan.row_version += 1
    plan.save(update_fields=["summary", "row_version"])
    audit.record(actor=actor, verb="plans.save_summary", subject=plan, at=now)
    return plan


@transaction.atomic
def save_objective(
    *,
    actor: Actor,
    plan_id: int,
    objective_id: int | None,
    data: ObjectiveData,
    row_version: int | None,
    now: dt.datetime,
) -> Objective:
    """Add a goal or change one; whether it is measurable is worked out from what it says."""
    plan = _locked_plan(actor, plan_id)
    _check(plan, data)
    if objective_id is None:
        last = plan.objectives.aggregate(last=Max("position"))["last"] or 0
        goal = Objective(plan=plan, position=last + 1)
    else:
        goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
        if row_version is not None and goal.row_version != row_version:
            raise StaleRow(goal)
    for field, value in asdict(data).items():
        setattr(goal, field, value)
    goal.is_smart = smart.is_smart(gaps_of(goal, plan))
    goal.row_version += 1
    goal.save()
    _touch(plan)
    audit.record(actor=actor, verb="plans.save_objective", subject=goal, at=now, theme=goal.theme, smart=goal.is_smart)
    return goal


def _check(plan: Plan, data: ObjectiveData) -> None:
    if data.theme not in {theme.id for theme in pack_of(plan.year).themes}:
        raise ValidationError({"theme": _("Choose a theme from the list.")})
    if data.risk_id is not None:
        mine = Risk.objects.filter(pk=data.risk_id, organisation_id=plan.organisation_id)
        if not mine.exists():
            raise ValidationError({"risk_id": _("Choose one of your own risks.")})


def gaps_of(goal: Objective, plan: Plan) -> tuple[smart.Gap, ...]:
    """What a goal misses."""
    return smart.smart_gaps(
        text=goal.text,
        theme=goal.theme,
        indicator=goal.indicator,
        baseline=goal.baseline,
        target=goal.target,
        deadline=goal.deadline,
        starts_on=plan.year.starts_on,
    )


@transaction.atomic
def delete_objective(*, actor: Actor, plan_id: int, objective_id: int, now: dt.datetime) -> None:
    """Remove a goal with its actions."""
    plan = _locked_plan(actor, plan_id)
    goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    subject = audit.subject_of(goal)
    goal.delete()
    _touch(plan)
    audit.record(actor=actor, verb="plans.delete_objective", subject=subject, at=now, plan=plan.pk)


@transaction.atomic
def move_objective(*, actor: Actor, plan_id: int, objective_id: int, up: bool, now: dt.datetime) -> None:
    """Put a goal one place higher or lower."""
    plan = _locked_plan(actor, plan_id)
    goals = list(plan.objectives.order_by("position", "pk"))
    here = next(index for index, goal in enumerate(goals) if goal.pk == objective_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(goals):
        return
    goals[here], goals[there] = goals[there], goals[here]
    for position, goal in enumerate(goals, 1):
        goal.position = position
    Objective.objects.bulk_update(goals, ["position"])
    _touch(plan)
    audit.record(actor=actor, verb="plans.move_objective", subject=goals[there], at=now, up=up)


@transaction.atomic
def save_action(
    *,
    actor: Actor,
    plan_id: int,
    objective_id: int,
    action_id: int | None,
    data: ActionData,
    row_version: int | None,
    now: dt.datetime,
) -> PlannedAction:
    """Add an action to a goal or change one; a finished action is at 100 percent."""
    plan = _locked_plan(actor, plan_id)
    goal = Objective.objects.get(pk=objective_id, plan=plan)
    if action_id is None:
        action = PlannedAction(objective=goal)
    else:
        action = PlannedAction.objects.select_for_update(of=("self",)).get(pk=action_id, objective=goal)
        if row_version is not None and action.row_version != row_version:
            raise StaleRow(action)
    for field, value in asdict(data).items():
        setattr(action, field, value)
    if action.state == StepState.DONE:
        action.progress = 100
    elif action.state == StepState.NOT_STARTED and action.progress:
        action.state = StepState.IN_PROGRESS
    action.row_version += 1
    action.save()
    _touch(plan)
    audit.record(actor=actor, verb="plans.save_action", subject=action, at=now, state=action.state)
    return action


@transaction.atomic
def delete_action(*, actor: Actor, plan_id: int, action_id: int, now: dt.datetime) -> None:
    """Remove an action."""
    plan = _locked_plan(actor, plan_id)
    action = PlannedAction.objects.get(pk=action_id, objective__plan=plan)
    subject = audit.subject_of(action)
    action.delete()
    _touch(plan)
    audit.record(actor=actor, verb="plans.delete_action", subject=subject, at=now, plan=plan.pk)
