"""Reading what stands around a plan: measured values, updates, proof, priorities, what was removed or published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, Subquery
from django.utils import timezone

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.core.progress import first_of_line
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import hooks
from toetssteen.foundation.addresses import reverse
from toetssteen.plans import policies
from toetssteen.plans.choices import StepState
from toetssteen.plans.models import ActionUpdate, Objective, Plan, PlannedAction, PlanVisibility
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


def conclusion_of_year(plan: Plan) -> dict[str, Any] | None:
    """What the company concluded of the year as a whole for this plan, as the room of evaluation answers; or nothing.

    Asked as `conclusion_of_year(organisation_id=..., year_number=...)`.
    """
    found = hooks.said("conclusion_of_year", organisation_id=plan.organisation_id, year_number=plan.year.number)
    return next((row for row in found if row), None)


def indicator_of_practice(practice: str) -> str:
    """What can be measured of a part of the own way of buying; asked as `indicator_of_practice`."""
    return next((found for found in hooks.said("indicator_of_practice", practice=practice) if found), "")


def progress_before(goals: Collection[Objective]) -> dict[int, int | None]:
    """How far the same actions were together when last year's plan was handed in; two queries for any number of goals.

    The actions are those that are public now and were not stopped; one that is new this year had not begun. A goal
    of which no action was carried over is missing, and so is one of which that day is not known.
    """
    counted = {
        goal.pk: [a for a in goal.actions.all() if a.is_public and a.state != StepState.STOPPED] for goal in goals
    }
    old = {action.carried_from_id for actions in counted.values() for action in actions if action.carried_from_id}
    rows = PlannedAction.with_removed.filter(pk__in=old).select_related("objective__plan").prefetch_related("updates")
    stood = {row.pk: _when_handed_in(row) for row in rows} if old else {}
    found: dict[int, int | None] = {}
    for pk, actions in counted.items():
        values = [stood.get(a.carried_from_id) if a.carried_from_id else 0 for a in actions]
        if any(a.carried_from_id for a in actions) and None not in values:
            found[pk] = sum(value or 0 for value in values) // len(values)
    return found


def _when_handed_in(action: PlannedAction) -> int | None:
    """How far an action was when its plan was handed in: what was told later does not count."""
    day, told = action.objective.plan.delivered_on, list(action.updates.all())
    by_then = [row for row in told if day is None or timezone.localdate(row.at) <= day]
    if len(by_then) == len(told):
        return action.progress
    newest = max(by_then, key=lambda row: (row.said_on, row.pk), default=None)
    return newest.progress if newest else None


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
    """What was said of an action in any year, newest first: of it, of those that it carries on, of those after it."""
    company = Plan.objects.filter(objectives=action.objective_id).values("organisation")
    rows = PlannedAction.with_removed.filter(objective__plan__organisation__in=company)
    before: dict[int, int | None] = dict(rows.order_by("pk").values_list("pk", "carried_from_id"))
    first = first_of_line(action.pk, before)
    updates = ActionUpdate.objects.filter(action__in=[pk for pk in before if first_of_line(pk, before) == first])
    return list(updates.select_related("by", "evidence", "action__objective__plan__year").order_by("-said_on", "-pk"))


def last_updates(plan: Plan) -> dict[int, ActionUpdate]:
    """The newest update of each action of a plan; one query."""
    rows = ActionUpdate.objects.filter(action__objective__plan=plan).order_by("said_on", "pk")
    return {row.action_id: row for row in rows}


def evidence_of(action: PlannedAction, actor: Actor) -> list[Any]:
    """The proof of an action that the actor may see."""
    return list(visible_evidence(actor).filter(pk__in=action.evidence.values("pk")).order_by("title", "pk"))


def evidence_choices(actor: Actor, kept: Evidence | None = None) -> list[tuple[int, str]]:
    """The company's own files to choose from, and the one that was chosen before, also when it was removed since."""
    rows = list(visible_evidence(actor).filter(organisation_id=actor.company_id or 0).order_by("title", "pk"))
    if kept is not None and kept not in rows:
        rows.append(kept)
    return [(row.pk, row.title) for row in rows]


def chain_choices(actor: Actor, kept: int | None = None) -> list[tuple[int, str]]:
    """The company's own open chains to choose from, and the one that was chosen before, also when it closed since."""
    rows = visible_chains(actor).filter(Q(closed_on__isnull=True) | Q(pk=kept or 0))
    rows = rows.filter(organisation_id=actor.company_id or 0)
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
    return hooks.any_says_yes("plan_is_published", plan_id=plan.pk)


def published_content(plan: Plan) -> dict[str, Any] | None:
    """What the public reads of this plan in the register, as the room of the register answers."""
    return next((said for said in hooks.said("plan_as_published", plan_id=plan.pk) if said is not None), None)


def off_public(plan: Plan) -> PlanVisibility | None:
    """Who took this plan off the public pages and why, unless it was put back or published anew."""
    newest = plan.visibility.select_related("by").order_by("-pk").first()
    if newest is None or newest.is_shown or not hooks.any_says_yes("plan_is_off", plan_id=plan.pk):
        return None
    return newest


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
