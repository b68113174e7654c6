"""What every page of a plan looks up first; what the reader may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.plans import queries


def year_or_404(number: int | None) -> Any:
    """A covenant year, or the current one."""
    year = covenant.current_year(clock.today()) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def plan_or_404(actor: Actor, number: int) -> Any:
    """The actor's own plan of a year."""
    plan = queries.plans(actor).filter(organisation_id=actor.company_id or 0, year__number=number).first()
    if plan is None:
        raise Http404
    return plan


def goal_or_404(plan: Any, pk: int) -> Any:
    """A goal of the plan."""
    goal = next((g for g in plan.objectives.all() if g.pk == pk), None)
    if goal is None:
        raise Http404
    return goal


def action_or_404(goal: Any, pk: int) -> Any:
    """An action of the goal."""
    action = next((a for a in goal.actions.all() if a.pk == pk), None)
    if action is None:
        raise Http404
    return action
