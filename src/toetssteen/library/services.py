"""Asking, answering, and sharing an answer with everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.library import mails
from toetssteen.library.choices import HelpState
from toetssteen.library.models import Faq, HelpQuestion
from toetssteen.library.permissions import can_answer_help, can_ask_help, can_publish_faq, can_withdraw_help

MOST_OPEN = 20


@dataclass(frozen=True)
class FaqText:
    """What stands in a question and answer for everybody."""

    question_nl: str
    question_en: str
    answer_nl: str
    answer_en: str
    step: int | None = None


@transaction.atomic
def ask_help(*, actor: Actor, text: str, page: str, now: dt.datetime) -> HelpQuestion:
    """Ask the secretariat something; the same open question is not asked twice."""
    demand(can_ask_help(actor))
    assert actor.organisation_id is not None
    assert actor.person_id is not None
    waiting = HelpQuestion.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, state=HelpState.OPEN
    )
    same = waiting.filter(text=text).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(_("Many of your questions still wait for an answer. Please wait for those first."))
    question = HelpQuestion.objects.create(
        organisation_id=actor.organisation_id, asked_by_id=actor.person_id, asked_at=now, page=page[:200], text=text
    )
    audit.record(actor=actor, verb="library.ask_help", subject=question, at=now)
    return question


@transaction.atomic
def withdraw_help(*, actor: Actor, question_id: int, now: dt.datetime) -> HelpQuestion:
    """Take a question back that has no answer yet."""
    question = HelpQuestion.objects.select_for_update().get(pk=question_id)
    demand(can_withdraw_help(actor, question))
    question.state = HelpState.WITHDRAWN
    question.row_version += 1
    question.save(update_fields=["state", "row_version"])
    audit.record(actor=actor, verb="library.withdraw_help", subject=question, at=now)
    return question


@transaction.atomic
def answer_help(*, actor: Actor, question_id: int, answer: str, row_version: int, now: dt.datetime) -> HelpQuestion:
    """Answer a question, or correct the answer; who asked gets a mail without its content."""
    question = HelpQuestion.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=question_id)
    demand(can_answer_help(actor, question))
    if question.row_version != row_version:
        raise StaleRow(question)
    question.answer, question.state = answer, HelpState.ANSWERED
    question.answered_by_id, question.answered_at = actor.person_id, now
    question.row_version += 1
    question.save(update_fields=["answer", "state", "answered_by", "answered_at", "row_version"])
    audit.record(actor=actor, verb="library.answer_help", subject=question, at=now)
    mails.send_answered(question)
    return question


@transaction.atomic
def save_faq(
    *, actor: Actor, text: FaqText, faq_id: int | None = None, row_version: int | None = None, now: dt.datetime
) -> Faq:
    """Publish a question and answer for everybody, or change one; a changed one is published again."""
    demand(can_publish_faq(actor))
    if faq_id is None:
        faq = Faq(**asdict(text))
    else:
        faq = Faq.objects.select_for_update().get(pk=faq_id)
        if row_version is not None and faq.row_version != row_version:
            raise StaleRow(faq)
        for name, value in asdict(text).items():
            setattr(faq, name, value)
    faq.published_by_id, faq.published_at, faq.withdrawn_at = actor.person_id or 0, now, None
    faq.row_version += 1
    faq.save()
    audit.record(actor=actor, verb="library.save_faq", subject=faq, at=now)
    return faq


@transaction.atomic
def withdraw_faq(*, actor: Actor, faq_id: int, now: dt.datetime) -> Faq:
    """Take a question and answer away from everybody's eyes; saving it again brings it back."""
    demand(can_publish_faq(actor))
    faq = Faq.objects.select_for_update().get(pk=faq_id)
    faq.withdrawn_at = now
    faq.row_version += 1
    faq.save(update_fields=["withdrawn_at", "row_version"])
    audit.record(actor=actor, verb="library.withdraw_faq", subject=faq, at=now)
    return faq
