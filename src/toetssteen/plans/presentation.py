"""A plan of action in the words of the reader; no queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name
from toetssteen.plans.models import Objective, Plan
from toetssteen.plans.services.editing import gaps_of
from toetssteen.plans.services.publishing import public_content_of
from toetssteen.plans.smart import Gap


def gaps(goal: Objective, plan: Plan) -> tuple[Gap, ...]:
    """What a goal still misses, in words."""
    return gaps_of(goal, plan)


def goals(plan: Plan, pack: Pack, language: str) -> list[dict[str, Any]]:
    """The goals with the name of their theme, what they miss and how far their actions are."""
    themes = {theme.id: theme.name.in_(language) for theme in pack.themes}
    rows = list(plan.objectives.all())
    return [
        {
            "goal": goal,
            "number": number,
            "theme": themes.get(goal.theme, goal.theme),
            "gaps": gaps_of(goal, plan),
            "actions": list(goal.actions.all()),
            "first": number == 1,
            "last": number == len(rows),
        }
        for number, goal in enumerate(rows, 1)
    ]


def risk_choices(risks: Iterable[Any], pack: Pack, language: str) -> list[tuple[int, str]]:
    """Risks to choose from: theme, country, and whether it is harm that happened."""
    themes = {theme.id: theme.name.in_(language) for theme in pack.themes}
    rows = []
    for risk in risks:
        words = [themes.get(risk.theme, risk.theme)]
        if risk.country:
            words.append(country_name(risk.country))
        if risk.is_actual:
            words.append(pgettext("harm", "happened"))
        rows.append((risk.pk, f"{risk.reference} {', '.join(words)}".strip()))
    return rows


def public_state(plan: Plan) -> dict[str, Any]:
    """Whether the company approved a public version, and whether the plan changed since."""
    approved = plan.public_content is not None
    return {
        "approved": approved,
        "at": plan.approved_at,
        "by": plan.approved_by,
        "changed": approved and plan.public_content != public_content_of(plan),
    }


def public_content(content: dict[str, Any], pack: Pack, language: str) -> dict[str, Any]:
    """What becomes public, with the names of its themes."""
    themes = {theme.id: theme.name.in_(language) for theme in pack.themes}
    rows = [{**goal, "theme_name": themes.get(goal["theme"], "")} for goal in content["objectives"]]
    return {**content, "objectives": rows}


def initial_of(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    """What a form shows first of a stored row."""
    return {name: getattr(row, name) for name in fields}
