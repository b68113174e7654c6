"""Reading questions to the help desk, and the questions and answers for everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack, Text
from toetssteen.covenant import queries as covenant
from toetssteen.library.choices import HelpState
from toetssteen.library.models import Faq, HelpQuestion
from toetssteen.library.permissions import visible_faqs, visible_help_questions


def help_questions(actor: Actor) -> QuerySet[HelpQuestion]:
    """The questions that the actor may see, newest first."""
    return visible_help_questions(actor).select_related("organisation", "asked_by", "answered_by")


def own_help_questions(actor: Actor) -> QuerySet[HelpQuestion]:
    """What the own organisation asked; what was taken back is left out."""
    own = actor.organisation_id or 0
    return help_questions(actor).filter(organisation_id=own).exclude(state=HelpState.WITHDRAWN)


def help_queue(actor: Actor, *, state: str = "", search: str = "") -> QuerySet[HelpQuestion]:
    """The questions of all participants, those that wait longest first."""
    rows = help_questions(actor).exclude(state=HelpState.WITHDRAWN)
    if state in HelpState.values:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(text__icontains=search) | Q(organisation__name__icontains=search))
    return rows.order_by("answered_at", "asked_at", "pk") if state == HelpState.OPEN else rows.order_by("-asked_at")


def open_help_count(actor: Actor) -> int:
    """How many questions wait for an answer."""
    return visible_help_questions(actor).filter(state=HelpState.OPEN).count()


@dataclass(frozen=True)
class FaqRow:
    """A question and its answer as everybody reads them."""

    id: int
    question: Text
    answer: Text
    step: int | None
    is_withdrawn: bool


def faqs(actor: Actor, *, search: str = "", step: int | None = None) -> list[FaqRow]:
    """The questions and answers that the actor may read, by step, with the words looked for in either language."""
    rows = visible_faqs(actor)
    for word in search.split()[:8]:
        rows = rows.filter(
            Q(question_nl__icontains=word)
            | Q(question_en__icontains=word)
            | Q(answer_nl__icontains=word)
            | Q(answer_en__icontains=word)
        )
    if step is not None:
        rows = rows.filter(step=step)
    return [
        FaqRow(
            row.pk,
            Text(row.question_nl, row.question_en),
            Text(row.answer_nl, row.answer_en),
            row.step,
            row.withdrawn_at is not None,
        )
        for row in rows
    ]


def faq(actor: Actor, pk: int) -> Faq | None:
    """One question with its answer."""
    return visible_faqs(actor).filter(pk=pk).first()


def current_pack(today: dt.date) -> Pack | None:
    """The pack of the current year; None before the first year was opened."""
    year = covenant.choose_current(covenant.years(), today)
    return covenant.pack_of(year) if year else None


def step_titles(today: dt.date) -> list[tuple[int, Text]]:
    """Numbers and titles of the due-diligence steps, from the framework of the current year."""
    pack = current_pack(today)
    return [(step.number, step.title) for step in pack.framework.steps] if pack else []
