"""What the room of results does with goals: say when one was evaluated, and take one along to the next plan."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused
from toetssteen.plans.models import Objective
from toetssteen.plans.services.carrying import carry
from toetssteen.plans.services.locking import locked_plan, touch
from toetssteen.plans.services.removing import restore_objective


@transaction.atomic
def note_evaluation(
    *, actor: Actor, plan_id: int, objective_id: int, evaluated_on: dt.date, now: dt.datetime
) -> Objective:
    """Say of a goal in a draft plan on which day its result was written down."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.select_for_update(of=("self",)).get(pk=objective_id, plan=plan)
    if goal.evaluated_on != evaluated_on:
        goal.evaluated_on = evaluated_on
        goal.row_version += 1
        goal.save(update_fields=["evaluated_on", "row_version"])
        touch(plan)
        audit.record(actor=actor, verb="plans.note_evaluation", subject=goal, at=now)
    return goal


@transaction.atomic
def carry_goal(*, actor: Actor, plan_id: int, objective_id: int, now: dt.datetime) -> Objective:
    """Take one goal of the plan before along to a draft plan, with the actions that are still open."""
    plan = locked_plan(actor, plan_id)
    goal = Objective.objects.select_related("plan__year").get(pk=objective_id)
    if goal.plan.organisation_id != plan.organisation_id or goal.plan.year.number != plan.year.number - 1:
        raise Refused(no(_("Only a goal of last year's own plan can come along.")))
    there = Objective.with_removed.filter(plan=plan, carried_from=goal).first()
    if there is not None:
        return restore_objective(actor=actor, plan_id=plan_id, objective_id=there.pk, now=now)
    last = Objective.with_removed.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
    copy = carry(goal, plan, last + 1)
    touch(plan)
    audit.record(actor=actor, verb="plans.carry_goal", subject=copy, at=now, earlier=objective_id)
    return copy
