"""The facts that follow from plans of action and from public reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.core.frameworks.years import whole_months
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import hooks
from toetssteen.foundation.prepared import prepared
from toetssteen.plans.choices import StepState
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.plans.queries.whole import plan_of


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
    return {
        **_goals(own, top_risk_ids),
        **_done(organisation_id, year),
        "evaluation.goals_evaluated_share": _evaluated(organisation_id, year, own),
    }


def _goals(plan: Plan | None, top_risk_ids: Collection[int]) -> dict[str, Fact]:
    goals = list(plan.objectives.all()) if plan else []
    whole = len(goals)
    complete = [g for g in goals if any(_is_complete(action) for action in g.actions.all())]
    aimed_at = {goal.risk_id for goal in goals}
    return {
        "plan.top_priorities_with_goal_share": Share(len(set(top_risk_ids) & aimed_at), len(set(top_risk_ids))),
        "plan.objectives_smart": Share(sum(g.is_smart for g in goals), whole),
        "plan.objectives_with_baseline_share": Share(sum(bool(g.baseline and g.indicator) for g in goals), whole),
        "plan.actions_complete_share": Share(len(complete), whole),
    }


def _evaluated(organisation_id: int, year: CovenantYear, plan: Plan | None) -> Share:
    """Of the goals that were worked on this year, how many have a written evaluation of this year.

    Those are the goals of the plan of the year before, whether they go on, were finished or were stopped; one counts
    when it, or the goal that carries it on, was evaluated. In a first year, and in records that do not say which goal
    carries on which, the goals of this year's plan are looked at.
    """
    goals = list(plan.objectives.all()) if plan else []
    before = set(_goals_before(organisation_id, year.number - 1))
    concluded: set[int] = set()
    if before:
        about = {"organisation_id": organisation_id, "year_number": year.number}
        for answer in hooks.said("conclusions_of_goals", **about):
            concluded |= {goal for goal, row in answer.items() if row["year_number"] == year.number}
    if not concluded and all(goal.carried_from_id is None for goal in goals):
        return Share(sum(goal.evaluated_on is not None for goal in goals), len(goals))
    carried = {goal.carried_from_id for goal in goals if goal.evaluated_on is not None}
    return Share(len(before & (concluded | carried)), len(before))


@prepared
def _goals_before(organisation_id: int, year_number: int) -> QuerySet[Any]:
    rows = Objective.objects.filter(plan__organisation_id=organisation_id, plan__year__number=year_number)
    return rows.order_by("pk").values_list("pk", flat=True)


def _is_complete(action: PlannedAction) -> bool:
    """Somebody does it, by a day, with time or money."""
    return bool(action.owner and action.due_on and (action.means or action.cost is not None))


def _done(organisation_id: int, year: CovenantYear) -> dict[str, Fact]:
    """Of the actions in the plan of the year before that were due this year, how many are done with proof."""
    due = _due_actions(organisation_id, year.number - 1, year.starts_on, year.ends_on)
    done = [row for row in due if (row[0] == StepState.DONE and row[1]) or row[2]]
    return {"plan.actions_done_share": Share(len(done), len(due))}


@prepared
def _due_actions(organisation_id: int, year_number: int, first: dt.date, last: dt.date) -> QuerySet[Any]:
    """State, proof, and whether the action that continues it in a later plan was done with proof."""
    later = PlannedAction.objects.filter(carried_from=OuterRef("pk"), state=StepState.DONE, has_proof=True)
    return (
        PlannedAction.objects.filter(
            objective__plan__organisation_id=organisation_id,
            objective__plan__year__number=year_number,
            due_on__range=(first, last),
        )
        .annotate(finished_later=Exists(later))
        .values_list("state", "has_proof", "finished_later")
    )


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
