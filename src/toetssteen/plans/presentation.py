"""A plan of action in the words of the reader; no queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from toetssteen.core.frameworks import Pack, Text
from toetssteen.foundation.look.figures import country_name, day, in_language, month
from toetssteen.plans import measured, policies, public, smart
from toetssteen.plans.choices import ContributionKind, OwnPractice, PlanState, PublicField, StepState, Together
from toetssteen.plans.models import ActionUpdate, Objective, Plan, PlannedAction
from toetssteen.plans.policies import gaps_of

OWN_BUYING = "purchasing_practices"  # the theme of a pack that is about the own way of buying
STATE_ICONS = {StepState.DONE: "check", StepState.IN_PROGRESS: "clock"}


def theme_names(pack: Pack, language: str | None) -> dict[str, str]:
    """The names of the themes."""
    return {theme.id: theme.name.in_(language) for theme in pack.themes}


def gaps(goal: Objective, plan: Plan) -> tuple[smart.Gap, ...]:
    """What a goal still misses, in words."""
    return gaps_of(goal, plan, list(goal.actions.all()))


def headline(found: tuple[smart.Gap, ...]) -> str:
    """What keeps a goal from being measurable, in one sentence; empty when nothing does."""
    nouns = [str(noun) for noun in smart.missing_nouns(found)]
    if not nouns:
        return ""
    return _("This goal misses %(what)s.") % {"what": get_text_list(nouns, _("and"))}


def example_of(theme: str, pack: Pack) -> str:
    """A sentence that shows how a goal of this theme can be measured; empty where the pack has none."""
    found = pack.plan_templates.of(theme) if pack.plan_templates else None
    return in_language(found.example) if found else ""


def checked(said: Mapping[str, Any], plan: Plan, pack: Pack, *, has_actions: bool) -> dict[str, Any]:
    """What the checker says of a goal as it was typed, before it is saved."""
    found = smart.smart_gaps(
        text=said["text"],
        theme=said["theme"],
        indicator=said["indicator"],
        baseline=said["baseline"],
        target=said["target"],
        deadline=said["deadline"] or None,
        starts_on=plan.year.starts_on,
        is_linked=bool(said.get("risk_id") or said.get("own_practice")),
        has_actions=has_actions,
    )
    return check_of(found, said["theme"], pack)


def check_of(found: tuple[smart.Gap, ...], theme: str, pack: Pack) -> dict[str, Any]:
    """Everything that the page says about how measurable a goal is."""
    return {
        "gaps": found,
        "is_smart": smart.is_smart(found),
        "headline": headline(found),
        "letters": smart.letters(found),
        "example": example_of(theme, pack),
    }


def goals(
    plan: Plan,
    pack: Pack,
    *,
    readings: Mapping[int, Sequence[Mapping[str, Any]]],
    letters: Mapping[int, str],
    updates: Mapping[int, ActionUpdate],
    spans: Mapping[int, str],
    today: dt.date,
) -> list[dict[str, Any]]:
    """The goals as the page shows them: figures, what they miss, and their actions with who and how far."""
    themes = theme_names(pack, _language())
    rows = list(plan.objectives.all())
    return [
        {
            "goal": goal,
            "number": number,
            "theme": themes.get(goal.theme, goal.theme),
            "risk_letter": letters.get(goal.risk_id or 0, ""),
            "practice": OwnPractice(goal.own_practice).label if goal.own_practice else "",
            "check": _check(goal, plan, pack),
            "measured": measured.measured(goal.baseline, goal.target, _said(readings.get(goal.pk, ()), spans)),
            "work": policies.mean_progress(goal.actions.all()),
            "actions": [action_row(action, updates.get(action.pk), today) for action in goal.actions.all()],
            "examples": _examples(goal.theme, pack),
            "first": number == 1,
            "last": number == len(rows),
        }
        for number, goal in enumerate(rows, 1)
    ]


def _check(goal: Objective, plan: Plan, pack: Pack) -> dict[str, Any]:
    """What the checker says of a goal; of a plan that lies handed in, what was handed in and counted."""
    check = check_of(gaps(goal, plan), goal.theme, pack)
    if plan.state == PlanState.DELIVERED:
        check |= {"is_smart": goal.is_smart, "headline": "" if goal.is_smart else check["headline"]}
    return check


def _said(rows: Iterable[Mapping[str, Any]], spans: Mapping[int, str]) -> list[dict[str, Any]]:
    """Readings per year with the words of the year."""
    return [
        {
            "span": spans.get(row["year_number"], str(row["year_number"])),
            "said": row["said"] if row["is_given"] else None,
            "value": row["value"] if row["is_given"] else None,
            "unit": row["unit"],
        }
        for row in rows
    ]


def _examples(theme: str, pack: Pack) -> int:
    found = pack.plan_templates.of(theme) if pack.plan_templates else None
    return len(found.actions) if found else 0


def action_row(action: PlannedAction, update: ActionUpdate | None, today: dt.date) -> dict[str, Any]:
    """One action with who does it and how far it is, in words."""
    overdue = policies.is_overdue(action, today)
    return {
        "action": action,
        "who": who(action),
        "state": state_words(action, update, overdue=overdue),
        "icon": "warn" if overdue else STATE_ICONS.get(StepState(action.state), "minus"),
        "overdue": overdue,
        "note": update.note if update else "",
        "adds": ContributionKind(action.contribution_type).label if action.contribution_type else "",
    }


def who(action: PlannedAction) -> str:
    """Alone or together, and in which shared action."""
    if action.shared is not None:
        return in_language(Text(action.shared.name_nl, action.shared.name_en))
    return str(Together(action.together).label)


def state_words(action: PlannedAction, update: ActionUpdate | None, *, overdue: bool) -> str:
    """Done, March 2026; In progress, 40 %; Late, was due on 30 June."""
    if overdue:
        return _("Late: was due on %(day)s") % {"day": day(action.due_on)}
    label = str(StepState(action.state).label)
    if action.state in policies.CLOSED and update is not None:
        return f"{label}, {month(update.said_on)}"
    if action.state == StepState.NOT_STARTED and action.due_on:
        return _("%(state)s, ready on %(day)s") % {"state": label, "day": day(action.due_on)}
    return label


def looking_back(
    before: Plan | None, plan: Plan, removed: Iterable[Objective], concluded: Mapping[int, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What became of each goal of last year: finished, carried on, stopped with a reason, or left out."""
    if before is None:
        return []
    on = {goal.carried_from_id for goal in plan.objectives.all()}
    stopped = {goal.carried_from_id: goal.removal_reason for goal in removed if goal.carried_from_id}
    rows = []
    for goal in before.objectives.all():
        if goal.pk in on:
            fate, reason = "on", ""
        elif policies.is_finished(goal):
            fate, reason = "finished", ""
        else:
            fate, reason = ("stopped" if goal.pk in stopped else "left"), stopped.get(goal.pk, "")
        said = concluded.get(goal.pk, {}).get("label", "")
        # Left out because of its conclusion, not because somebody stopped or removed it: it can still come along.
        can_come = bool(said) and fate in ("left", "finished")
        rows.append(
            {"pk": goal.pk, "text": goal.text, "fate": fate, "reason": reason, "concluded": said, "can_come": can_come}
        )
    return rows


def risk_choices(risks: Iterable[Any], pack: Pack, language: str) -> list[tuple[int, str]]:
    """Risks to choose from: theme, country, and whether it is harm that happened."""
    themes = theme_names(pack, language)
    rows = []
    for risk in risks:
        words = [themes.get(risk.theme, risk.theme)]
        if risk.country:
            words.append(country_name(risk.country))
        if risk.is_actual:
            words.append(pgettext("harm", "happened"))
        rows.append((risk.pk, f"{risk.reference} {', '.join(words)}".strip()))
    return rows


def initial_from(risk: Any, pack: Pack, language: str | None) -> dict[str, Any]:
    """A goal begun from a risk: its theme, a suggestion for the text, and the first indicator of the theme."""
    found = pack.plan_templates.of(risk.theme) if pack.plan_templates else None
    theme = next((row for row in pack.themes if row.id == risk.theme), None)
    return {
        "risk_id": risk.pk,
        "theme": risk.theme,
        "text": found.goal.in_(language) if found else "",
        "indicator": theme.indicators[0].in_(language) if theme and theme.indicators else "",
    }


def initial_for_own_buying(practice: str, indicator: str, pack: Pack) -> dict[str, Any]:
    """A goal begun from a part of the own way of buying: its theme, where the pack has it, and what can be measured."""
    theme = OWN_BUYING if any(one.id == OWN_BUYING for one in pack.themes) else ""
    return {"own_practice": practice, "theme": theme, "indicator": indicator}


def helps(theme: str, pack: Pack, language: str | None) -> dict[str, Any]:
    """What helps to fill in a goal of a theme: indicators to choose from and a chain of why questions."""
    found = pack.plan_templates.of(theme) if pack.plan_templates else None
    row = next((one for one in pack.themes if one.id == theme), None)
    return {
        "indicators": [text.in_(language) for text in row.indicators] if row else [],
        "why": [text.in_(language) for text in found.why] if found else [],
        "theme_name": row.name.in_(language) if row else "",
    }


def examples(theme: str, pack: Pack, language: str | None) -> list[dict[str, Any]]:
    """The examples of actions for a theme, by root cause."""
    found = pack.plan_templates.of(theme) if pack.plan_templates else None
    causes = {cause.id: cause.text.in_(language) for cause in pack.root_causes}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found.actions if found else ():
        groups.setdefault(row.cause, []).append(
            {
                "id": row.id,
                "text": row.text.in_(language),
                "adds": ContributionKind(row.adds).label,
                "means": row.means.in_(language),
                "partners": row.partners.in_(language),
            }
        )
    return [{"cause": causes.get(cause, cause), "rows": rows} for cause, rows in groups.items()]


def initial_from_example(template: str, pack: Pack, language: str | None) -> dict[str, Any]:
    """An action begun from an example, to adapt; empty when there is no such example."""
    row = pack.plan_templates.action(template) if pack.plan_templates else None
    if row is None:
        return {}
    together = Together.COLLECTIVE if row.adds == ContributionKind.COLLECTIVE else Together.INDIVIDUAL
    return {
        "text": row.text.in_(language),
        "contribution_type": row.adds,
        "means": row.means.in_(language)[:120],
        "partners": row.partners.in_(language)[:200],
        "together": together,
        "template": row.id,
    }


def public_state(plan: Plan, content: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the company approved a public version, and whether the plan changed since."""
    approved = plan.public_content is not None
    return {
        "approved": approved,
        "at": plan.approved_at,
        "by": plan.approved_by,
        "changed": plan.public_content is not None and not public.says_the_same(plan.public_content, content),
    }


def said_per_field(goal: Objective, pack: Pack, values: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What each field of the public version says now, for who chooses among them."""
    actions = list(goal.actions.all())
    shown = [str(row["said"]) for row in values if row["is_given"]]
    partners = dict.fromkeys(action.partners for action in actions if action.partners)
    adds = dict.fromkeys(str(Together(action.together).label) for action in actions)
    return {
        PublicField.THEME: theme_names(pack, _language()).get(goal.theme, ""),
        PublicField.COUNTRY: country_name(goal.risk.country) if goal.risk and goal.risk.country else "",
        PublicField.INDICATOR: goal.indicator,
        PublicField.BASELINE: goal.baseline,
        PublicField.TARGET: goal.target,
        PublicField.DEADLINE: day(goal.deadline) if goal.deadline else "",
        PublicField.PROGRESS: ", ".join(shown) or _("not measured yet"),
        PublicField.ACTIONS: str(len(actions)),
        PublicField.CONTRIBUTION: ", ".join(adds),
        PublicField.PARTNERS: ", ".join(partners),
        PublicField.ROOT_CAUSE: goal.root_cause,
    }


def _language() -> str:
    return in_language(Text("nl", "en"))


def public_content(content: Mapping[str, Any], pack: Pack, language: str) -> dict[str, Any]:
    """A public plan, of today or approved in an earlier form, as every reader sees it."""
    themes = theme_names(pack, language)
    return {**content, "objectives": [_public_goal(goal, themes, language) for goal in content.get("objectives", ())]}


def _public_goal(goal: Mapping[str, Any], themes: Mapping[str, str], language: str) -> dict[str, Any]:
    rows = goal.get("values", ())
    return {
        **goal,
        "theme_name": themes.get(goal.get("theme", ""), ""),
        "country_name": country_name(goal["country"]) if goal.get("country") else "",
        "measured": measured.measured(goal.get("baseline", ""), goal.get("target", ""), rows),
        "actions": [_public_action(action, language) for action in goal.get("actions", ())],
    }


def _public_action(action: Mapping[str, Any], language: str) -> dict[str, Any]:
    state, together, adds = action.get("state"), action.get("together"), action.get("adds")
    shared = action.get("shared")
    return {
        **action,
        "state_name": StepState(state).label if state in StepState.values else "",
        "icon": STATE_ICONS.get(StepState(state), "minus") if state in StepState.values else "minus",
        "together_name": Together(together).label if together in Together.values else "",
        "adds_name": ContributionKind(adds).label if adds in ContributionKind.values else "",
        "shared_name": Text(shared["nl"], shared["en"]).in_(language) if shared else "",
    }


def initial_of(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    """What a form shows first of a stored row."""
    return {name: getattr(row, name) for name in fields if hasattr(row, name)}


def corrective(plan: Any, today: dt.date) -> dict[str, Any]:
    """How a corrective plan stands: steps done of all, what is late, whether its review has come."""
    steps = list(plan.steps.all())
    late = [step for step in steps if step.due_on < today and step.state not in policies.CLOSED]
    is_open = plan.state in policies.REVIEWED
    return {
        "steps": [
            {"step": step, "late": step in late, "icon": STATE_ICONS.get(StepState(step.state), "minus")}
            for step in steps
        ],
        "done": sum(step.state == StepState.DONE for step in steps),
        "late": len(late) if is_open else 0,
        "review_due": is_open and plan.review_on <= today,
        "is_open": is_open,
    }
