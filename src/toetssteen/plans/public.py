"""Exactly what becomes public of a plan: of each goal the fields that the company chose, and nothing beside them.

Never in it, whatever was chosen: who does it, what it costs, proof, risks, suppliers and sites, removed rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from toetssteen.covenant.queries import years
from toetssteen.plans import measured, policies, queries
from toetssteen.plans.choices import ContributionKind, PublicField, Together
from toetssteen.plans.models import Objective, Plan, PlannedAction

Readings = Mapping[int, Sequence[Mapping[str, Any]]]


def content_of(plan: Plan, readings: Readings | None = None) -> dict[str, Any]:
    """The public version of a plan as it would be published now; `readings` may be given where they are read."""
    goals = [goal for goal in plan.objectives.all() if goal.is_public]
    given = queries.readings_of(goals) if readings is None else readings
    before = queries.progress_before(goals)
    spans = {year.number: str(year) for year in years()} if given else {}
    return {
        "language": plan.language,
        "summary": plan.summary if plan.summary_is_public else "",
        "objectives": [
            _goal(goal, _until(given.get(goal.pk, ()), plan.year.number), spans, before.get(goal.pk)) for goal in goals
        ],
    }


def _goal(
    goal: Objective, readings: Sequence[Mapping[str, Any]], spans: Mapping[int, str], before: int | None
) -> dict[str, Any]:
    """One goal: only keys that were chosen are there, so that nothing that was hidden leaves an empty place."""
    chosen = set(goal.public_fields)
    values: dict[str, Any] = {
        PublicField.THEME: goal.theme,
        PublicField.COUNTRY: goal.risk.country if goal.risk else "",
        PublicField.INDICATOR: goal.indicator,
        PublicField.BASELINE: goal.baseline,
        PublicField.TARGET: goal.target,
        PublicField.DEADLINE: goal.deadline.isoformat() if goal.deadline else None,
        PublicField.ROOT_CAUSE: goal.root_cause,
    }
    shown: dict[str, Any] = {"text": goal.text}
    shown.update({str(name): value for name, value in values.items() if name in chosen and value})
    if PublicField.PROGRESS in chosen and readings:
        shown["values"] = [_value(row, spans) for row in readings]
    if PublicField.ACTIONS in chosen:
        actions = [action for action in goal.actions.all() if action.is_public]
        shown["actions"] = [_action(action, chosen) for action in actions]
        shown["work"] = {"now": policies.mean_progress(actions), "before": before}
    return shown


def _until(rows: Sequence[Mapping[str, Any]], year_number: int) -> list[Mapping[str, Any]]:
    """What was measured up to the year of the plan."""
    return [row for row in rows if row["year_number"] <= year_number]


def _value(row: Mapping[str, Any], spans: Mapping[int, str]) -> dict[str, Any]:
    """What was measured in one year, as a figure that every reader gets in the own language; None if not given."""
    number = row["year_number"]
    value = row["value"] if row["is_given"] else None
    return {"year": number, "span": spans.get(number, str(number)), "value": value, "unit": row["unit"]}


def says_the_same(approved: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a reader of an approved version reads what the plan says now, in whatever form it was frozen.

    Earlier forms froze measured values in the language of who approved them. How the actions stood a year before is
    no part of it: nobody changes that any more.
    """
    return any(_as_read(approved, code) == _as_read(now, code) for code, _name in settings.LANGUAGES)


def _as_read(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    with translation.override(language):
        return {**content, "objectives": [_goal_as_read(goal) for goal in content.get("objectives", ())]}


def _goal_as_read(goal: Mapping[str, Any]) -> dict[str, Any]:
    shown = dict(goal)
    if "values" in goal:
        shown["values"] = [(row.get("year"), row.get("span"), measured.in_words(row)) for row in goal["values"]]
    if "work" in goal:
        shown["work"] = goal["work"].get("now")
    return shown


def _action(action: PlannedAction, chosen: set[str]) -> dict[str, Any]:
    """One action; who did what and with whom only where the company chose that."""
    shown: dict[str, Any] = {
        "text": action.text,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "state": action.state,
        "progress": action.progress,
    }
    if PublicField.CONTRIBUTION in chosen:
        shown["together"] = str(Together(action.together))
        if action.contribution_type:
            shown["adds"] = str(ContributionKind(action.contribution_type))
        if action.shared is not None:
            shown["shared"] = {"nl": action.shared.name_nl, "en": action.shared.name_en}
    if PublicField.PARTNERS in chosen and action.partners:
        shown["partners"] = action.partners
    return shown
