"""The shape of the examples for plans of action."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .shapes_base import Closed, Open, Str, TextIn


class ActionTemplateIn(Closed):
    id: Annotated[Str, Field(max_length=60)]
    cause: Str
    adds: Literal["new", "strengthened", "collective"]
    nl: Annotated[Str, Field(max_length=400)]
    en: Annotated[Str, Field(max_length=400)]
    means: TextIn | None = None
    partners: TextIn | None = None


class ThemePlanIn(Closed):
    theme: Str
    goal: TextIn
    example: TextIn
    why: list[TextIn] = []
    actions: Annotated[list[ActionTemplateIn], Field(min_length=1)]


class PlanTemplatesIn(Open):
    status: Str
    source: Str
    themes: list[ThemePlanIn]
