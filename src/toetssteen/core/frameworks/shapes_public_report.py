"""The shape of what a pack says about the public report of a company."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .shapes_base import Closed, Int, IntCell, Open, Str, TextIn


class NeedIn(Closed):
    parts: Annotated[list[Str], Field(min_length=1)]
    at_least: Annotated[Int, Field(ge=1)] | None = None


class CriterionIn(Closed):
    question: Str
    section: Str
    levels: dict[str, NeedIn]


class ClaimIn(Open):
    id: Str
    words: Annotated[list[Str], Field(min_length=1)]
    why: TextIn


class PublicReportIn(Open):
    first_due_months: IntCell
    disclaimer: TextIn
    criteria: list[CriterionIn]
    claims: list[ClaimIn]
    denied_by: list[Str] = []
