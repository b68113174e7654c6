"""Reading what stands around a plan: measured values, updates, proof, priorities, what was removed or published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, Subquery

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import hooks
from toetssteen.foundation.addresses import reverse
from toetssteen.plans import policies
from toetssteen.plans.models import ActionUpdate, Objective, Plan, PlannedAction
from toetssteen.plans.permissions import visible_plans
from toetssteen.risks.queries import Placed, board_of
from toetssteen.supplychain.permissions import visible_chains


def readings_of(goals: Collection[Objective]) -> dict[int, list[dict[str, Any]]]:
    """What the goals measured per year, as the room of evaluation answers; a goal without an answer is missing.

    Asked as `readings_of_goals(goals=...)`; answers give per goal rows with year_number, is_given, value, unit, said.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    if goals:
        for answer in hooks.said("readings_of_goals", goals=list(goals)):
            found.update(answer)
    return found


def conclusions_of(plan: Plan) -> dict[int, dict[str, Any]]:
    """What evaluations concluded of the goals of a plan and of the plan before it, as the room of evaluation answers.

    Asked as `conclusions_of_goals(organisation_id=..., year_number=...)`; a goal that nobody evaluated is missing.
    """
    found: dict[int, dict[str, Any]] = {}
    about = {"organisation_id": plan.organisation_id, "year_number": plan.year.number}
    for answer in hooks.said("conclusions_of_goals", **about):
        found.update(answer)
    return found


def progress_before(goals: Collection[Objective]) -> dict[int, int | None]:
    """How far the actions of last year's goals were together, for the goals that continue them; one query."""
    earlier = {goal.carried_from_id: goal.pk for goal in goals if goal.carried_from_id}
    by_goal: dict[int, list[PlannedAction]] = {}
    if earlier:
        for action in PlannedAction.objects.filter(objective_id__in=list(earlier), is_public=True).order_by("pk"):
            by_goal.setdefault(action.objective_id, []).append(action)
    return {pk: policies.mean_progress(by_goal.get(old, ())) for old, pk in earlier.items() if old is not None}


def removed_goals(plan: Plan) -> list[Objective]:
    """What was removed or stopped from this plan, to bring back."""
    rows = Objective.with_removed.filter(plan=plan, removed_at__isnull=False)
    return list(rows.select_related("removed_by").order_by("-removed_at", "-pk"))


def removed_actions(plan: Plan) -> list[PlannedAction]:
    """Actions that were removed from goals that are still there."""
    rows = PlannedAction.with_removed.filter(
        objective__plan=plan, objective__removed_at__isnull=True, removed_at__isnull=False
    )
    return list(rows.select_related("objective", "removed_by").order_by("-removed_at", "-pk"))


def updates_of(action: PlannedAction) -> list[ActionUpdate]:
    """What was said of an action, newest first, with what was said of it last year."""
    rows = ActionUpdate.objects.filter(Q(action=action) | Q(action_id=action.carried_from_id or 0))
    return list(rows.select_related("by", "evidence").order_by("-said_on", "-pk"))


def last_updates(plan: Plan) -> dict[int, ActionUpdate]:
    """The newest update of each action of a plan; one query."""
    rows = ActionUpdate.objects.filter(action__objective__plan=plan).order_by("said_on", "pk")
    return {row.action_id: row for row in rows}


def evidence_of(action: PlannedAction, actor: Actor) -> list[Any]:
    """The proof of an action that the actor may see."""
    return list(visible_evidence(actor).filter(pk__in=action.evidence.values("pk")).order_by("title", "pk"))


def evidence_choices(actor: Actor) -> list[tuple[int, str]]:
    """The company's own files to choose from."""
    rows = visible_evidence(actor).filter(organisation_id=actor.company_id or 0).order_by("title", "pk")
    return [(row.pk, row.title) for row in rows]


def chain_choices(actor: Actor) -> list[tuple[int, str]]:
    """The company's own open chains to choose from."""
    rows = visible_chains(actor).filter(organisation_id=actor.company_id or 0, closed_on__isnull=True)
    return [(row.pk, str(row)) for row in rows.order_by("pk")]


def goals_of_risks(actor: Actor, risk_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """The goals of the actor's own plans that aim at these risks, each with its address."""
    rows = Objective.objects.filter(plan__in=visible_plans(actor), risk_id__in=list(risk_ids))
    found: dict[int, list[tuple[str, str]]] = {}
    for goal in rows.select_related("plan__year").order_by("plan__year__number", "position", "pk"):
        if goal.risk_id is not None and actor.company_id == goal.plan.organisation_id:
            address = f"{reverse('plan_year', args=[goal.plan.year.number])}#goal-{goal.pk}"
            found.setdefault(goal.risk_id, []).append((goal.text, address))
    return found


def overdue_actions(organisation_id: int, today: dt.date) -> list[PlannedAction]:
    """The actions of a company's newest plan whose day has passed while they are not done; one query."""
    newest = Plan.objects.filter(organisation_id=organisation_id).order_by("-year__number").values("pk")[:1]
    rows = PlannedAction.objects.filter(objective__plan_id=Subquery(newest), due_on__lt=today)
    rows = rows.exclude(state__in=[state.value for state in policies.CLOSED])
    return list(rows.select_related("objective__plan__year").order_by("due_on", "pk"))


def priorities(actor: Actor, plan: Plan, pack: Pack) -> tuple[dict[int, str], list[Placed]]:
    """The letter of each risk of the plan's year, and the rated risks that no goal aims at yet, gravest first."""
    board = board_of(actor, plan.organisation_id, plan.year.number, pack)
    aimed_at = {goal.risk_id for goal in plan.objectives.all()}
    waiting = [row for row in board.rows if row.risk.pk not in aimed_at and row.severity is not None]
    return {row.risk.pk: row.letter for row in board.rows}, waiting


def is_published(plan: Plan) -> bool:
    """The public can read this plan in the register."""
    return plan.approved_at is not None and hooks.any_says_yes("plan_is_published", plan_id=plan.pk)


def newest_published(actor: Actor, year: CovenantYear) -> Plan | None:
    """The newest plan of an earlier year that the public can read."""
    rows = visible_plans(actor).filter(
        organisation_id=actor.company_id or 0, approved_at__isnull=False, year__number__lt=year.number
    )
    plan = rows.select_related("year", "organisation").order_by("-year__number").first()
    return plan if plan is not None and is_published(plan) else None


def links_beside(year_number: int) -> list[tuple[Any, str]]:
    """Pages of the rooms above that belong beside the plan, each as words and address; asked as `plan_links`."""
    found: Sequence[Any] = hooks.said("plan_links", year_number=year_number)
    return [link for links in found for link in links]
