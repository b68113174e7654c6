"""Filling in a plan of action: its summary, its goals and their actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.plans import policies, smart
from toetssteen.plans.choices import ContributionKind, StepState, Together
from toetssteen.plans.models import Objective, Plan, PlannedAction, SharedAction
from toetssteen.plans.policies import gaps_of
from toetssteen.plans.services.locking import locked_plan, touch
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
    risk_id: int | None = None
    root_cause: str = ""
    own_practice: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class ActionData:
    """An action as it was entered; how far it is can be said here only once, later by an update."""

    text: str
    owner: str = ""
    means: str = ""
    partners: str = ""
    cost: Decimal | None = None
    together: str = Together.INDIVIDUAL
    contribution_type: str = ""
    shared_id: int | None = None
    template: str = ""
    due_on: dt.date | None = None
    progress: int | None = None
    state: str | None = None
    has_proof: bool = False
    is_public: bool = True


@transaction.atomic
def save_summary(*, actor: Actor, plan_id: int, summary: str, row_version: int | None, now: dt.datetime) -> Plan:
    """Save the summary that stands above the public plan."""
    plan = locked_plan(actor, plan_id)
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
    plan = locked_plan(actor, plan_id)
    _check(plan, data)
    if objective_id is None:
        last = Objective.with_removed.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
        goal = Objective(plan=plan, position=last + 1)
    else:
        goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
        if row_version is not None and goal.row_version != row_version:
            raise StaleRow(goal)
    for field, value in asdict(data).items():
        setattr(goal, field, value)
    goal.is_smart = smart.is_smart(gaps_of(goal, plan))
    goal.needs_confirmation = False  # who changes a goal of last year has looked at it
    goal.row_version += 1
    goal.save()
    touch(plan)
    audit.record(actor=actor, verb="plans.save_objective", subject=goal, at=now, theme=goal.theme, smart=goal.is_smart)
    return goal


def _check(plan: Plan, data: ObjectiveData) -> None:
    if data.theme not in {theme.id for theme in pack_of(plan.year).themes}:
        raise ValidationError({"theme": _("Choose a theme from the list.")})
    if data.risk_id is not None:
        mine = Risk.objects.filter(pk=data.risk_id, organisation_id=plan.organisation_id)
        if not mine.exists():
            raise ValidationError({"risk_id": _("Choose one of your own risks.")})


@transaction.atomic
def move_objective(*, actor: Actor, plan_id: int, objective_id: int, up: bool, now: dt.datetime) -> None:
    """Put a goal one place higher or lower."""
    plan = locked_plan(actor, plan_id)
    goals = list(plan.objectives.order_by("position", "pk"))
    here = next(index for index, goal in enumerate(goals) if goal.pk == objective_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(goals):
        return
    goals[here], goals[there] = goals[there], goals[here]
    for position, goal in enumerate(goals, 1):
        goal.position = position
    Objective.objects.bulk_update(goals, ["position"])
    touch(plan)
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
    evidence_ids: Sequence[int] | None = None,
) -> PlannedAction:
    """Add an action to a goal or change one; a part in a collective action is together with others by itself."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.get(pk=objective_id, plan=plan)
    if action_id is None:
        action = PlannedAction(objective=goal)
    else:
        action = PlannedAction.objects.select_for_update(of=("self",)).get(pk=action_id, objective=goal)
        if row_version is not None and action.row_version != row_version:
            raise StaleRow(action)
    _check_shared(action, data)
    for field, value in asdict(data).items():
        if value is not None or field not in ("progress", "state"):
            setattr(action, field, value)
    if action.shared_id is not None:
        action.contribution_type = ContributionKind.COLLECTIVE
    if action.contribution_type == ContributionKind.COLLECTIVE:
        action.together = Together.COLLECTIVE
    settle(action)
    proof = None if evidence_ids is None else own_evidence(actor, plan, evidence_ids)
    if proof:  # a file that is attached is proof, whether or not the box was ticked
        action.has_proof = True
    action.row_version += 1
    action.save()
    if proof is not None:
        action.evidence.set(proof)
    touch(plan)
    audit.record(actor=actor, verb="plans.save_action", subject=action, at=now, state=action.state)
    return action


def settle(action: PlannedAction) -> None:
    """A finished action is at 100 percent, and begun work is in progress."""
    if action.state == StepState.DONE:
        action.progress = 100
    elif action.state == StepState.NOT_STARTED and action.progress:
        action.state = StepState.IN_PROGRESS


def _check_shared(action: PlannedAction, data: ActionData) -> None:
    """An open shared action can be joined; one that was closed stays with who joined it before."""
    if data.shared_id is None or data.shared_id == action.shared_id:
        return
    shared = SharedAction.objects.filter(pk=data.shared_id).first()
    if shared is None:
        raise ValidationError({"shared_id": _("Choose a shared action from the list.")})
    demand(policies.joinable(shared))


def own_evidence(actor: Actor, plan: Plan, evidence_ids: Sequence[int]) -> list[Evidence]:
    """The company's own files among these; a file of another company is as good as not there."""
    rows = Evidence.objects.filter(pk__in=list(evidence_ids), organisation_id=plan.organisation_id, removed_at=None)
    found = list(rows)
    if len(found) != len(set(evidence_ids)):
        raise ValidationError({"evidence_ids": _("Choose from your own evidence.")})
    return found
