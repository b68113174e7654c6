"""Examples for plans of action: a measurable goal per theme, why it happens, and what a company can do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .findings import Finding
from .shapes_base import TextIn
from .shapes_plan_templates import ActionTemplateIn, PlanTemplatesIn, ThemePlanIn
from .values import Text


@dataclass(frozen=True)
class ActionTemplate:
    """An action to adapt: against which root cause, what it adds, what it takes and with whom."""

    id: str
    cause: str
    adds: str
    text: Text
    means: Text
    partners: Text


@dataclass(frozen=True)
class ThemePlan:
    """What helps to write a plan for one theme."""

    theme: str
    goal: Text
    example: Text
    why: tuple[Text, ...]
    actions: tuple[ActionTemplate, ...]


@dataclass(frozen=True)
class PlanTemplates:
    """All examples of a pack, with how far they are agreed."""

    status: str
    source: str
    themes: tuple[ThemePlan, ...]

    def of(self, theme: str) -> ThemePlan | None:
        """The examples of one theme; None when there are none."""
        return next((plan for plan in self.themes if plan.theme == theme), None)

    def action(self, template: str) -> ActionTemplate | None:
        """One example by its id."""
        return next((row for plan in self.themes for row in plan.actions if row.id == template), None)


def load_plan_templates(source: PlanTemplatesIn) -> PlanTemplates:
    """The examples from their checked shape."""
    return PlanTemplates(source.status, source.source, tuple(_theme(row) for row in source.themes))


def _theme(row: ThemePlanIn) -> ThemePlan:
    return ThemePlan(
        theme=row.theme,
        goal=_text(row.goal),
        example=_text(row.example),
        why=tuple(_text(answer) for answer in row.why),
        actions=tuple(_action(action) for action in row.actions),
    )


def _action(row: ActionTemplateIn) -> ActionTemplate:
    return ActionTemplate(row.id, row.cause, row.adds, Text(row.nl, row.en), _text(row.means), _text(row.partners))


def _text(value: TextIn | None) -> Text:
    return Text(value.nl, value.en) if value else Text("", "")


def check_plan_templates(
    source: PlanTemplatesIn, themes: Collection[str], causes: Collection[str]
) -> Iterator[Finding]:
    """Examples that speak of a theme or root cause that is not there, or that stand twice."""
    seen: set[str] = set()
    for plan in source.themes:
        if plan.theme not in themes:
            yield Finding("plan_templates", plan.theme, f"It refers to theme '{plan.theme}', which does not exist.")
        for row in plan.actions:
            if row.cause not in causes:
                yield Finding("plan_templates", row.id, f"It refers to root cause '{row.cause}', which does not exist.")
            if row.id in seen:
                yield Finding("plan_templates", row.id, "This id stands twice.")
            seen.add(row.id)
