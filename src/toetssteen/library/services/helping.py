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
from toetssteen.library.naming import names_in
from toetssteen.library.permissions import (
    can_answer_help,
    can_ask_help,
    can_publish_faq,
    can_read_answer,
    can_restore_help,
    can_withdraw_help,
    visible_help_questions,
)

MOST_OPEN = 20


@dataclass(frozen=True)
class FaqText:
    """What stands in a question and answer for everybody."""

    question_nl: str
    question_en: str
    answer_nl: str
    answer_en: str
    step: int | None = None
    about: str = ""


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
    return _set_state(actor, question, HelpState.WITHDRAWN, "library.withdraw_help", now)


@transaction.atomic
def restore_help(*, actor: Actor, question_id: int, now: dt.datetime) -> HelpQuestion:
    """Ask after all what was taken back."""
    question = HelpQuestion.objects.select_for_update().get(pk=question_id)
    demand(can_restore_help(actor, question))
    return _set_state(actor, question, HelpState.OPEN, "library.restore_help", now)


def _set_state(actor: Actor, question: HelpQuestion, state: HelpState, verb: str, now: dt.datetime) -> HelpQuestion:
    question.state = state
    question.row_version += 1
    question.save(update_fields=["state", "row_version"])
    audit.record(actor=actor, verb=verb, subject=question, at=now)
    return question


@transaction.atomic
def read_answer(*, actor: Actor, question_id: int, now: dt.datetime) -> HelpQuestion:
    """Note that those who asked read the answer."""
    question = HelpQuestion.objects.select_for_update().get(pk=question_id)
    demand(can_read_answer(actor, question))
    question.answer_read_at = now
    question.save(update_fields=["answer_read_at"])
    audit.record(actor=actor, verb="library.read_answer", subject=question, at=now)
    return question


@transaction.atomic
def answer_help(*, actor: Actor, question_id: int, answer: str, row_version: int, now: dt.datetime) -> HelpQuestion:
    """Answer a question, or correct the answer; who asked gets a mail without its content."""
    question = HelpQuestion.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=question_id)
    demand(can_answer_help(actor, question))
    if question.row_version != row_version:
        raise StaleRow(question)
    question.answer, question.state = answer, HelpState.ANSWERED
    question.answered_by_id, question.answered_at, question.answer_read_at = actor.person_id, now, None
    question.row_version += 1
    question.save(update_fields=["answer", "state", "answered_by", "answered_at", "answer_read_at", "row_version"])
    audit.record(actor=actor, verb="library.answer_help", subject=question, at=now)
    mails.send_answered(question)
    return question


@transaction.atomic
def save_faq(
    *,
    actor: Actor,
    text: FaqText,
    faq_id: int | None = None,
    row_version: int | None = None,
    help_id: int | None = None,
    now: dt.datetime,
) -> Faq:
    """Publish a question and answer for everybody, or change one; it names no participant and nobody who asked.

    `help_id` is the question to the help desk that it came from: that question points at it, never the other way.
    """
    demand(can_publish_faq(actor))
    asked = visible_help_questions(actor).select_for_update(of=("self",)).filter(pk=help_id or 0).first()
    _names_nobody(text)
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
    if asked is not None:
        asked.shared_as = faq
        asked.save(update_fields=["shared_as"])
    return faq


def _names_nobody(text: FaqText) -> None:
    """Refuse a text that names a participant or somebody who asked the help desk something."""
    words = [text.question_nl, text.question_en, text.answer_nl, text.answer_en]
    found = names_in(" \n ".join(words))
    if found:
        raise ValidationError(
            _("Everybody can read this, and it names %(names)s. Leave the name out.") % {"names": ", ".join(found)}
        )


@transaction.atomic
def withdraw_faq(*, actor: Actor, faq_id: int, now: dt.datetime) -> Faq:
    """Take a question and answer away from everybody's eyes."""
    return _set_withdrawn(actor, faq_id, now, now)


@transaction.atomic
def restore_faq(*, actor: Actor, faq_id: int, now: dt.datetime) -> Faq:
    """Let everybody read a question and answer again."""
    return _set_withdrawn(actor, faq_id, None, now)


def _set_withdrawn(actor: Actor, faq_id: int, withdrawn_at: dt.datetime | None, now: dt.datetime) -> Faq:
    demand(can_publish_faq(actor))
    faq = Faq.objects.select_for_update().get(pk=faq_id)
    faq.withdrawn_at = withdrawn_at
    faq.row_version += 1
    faq.save(update_fields=["withdrawn_at", "row_version"])
    verb = "library.withdraw_faq" if withdrawn_at else "library.restore_faq"
    audit.record(actor=actor, verb=verb, subject=faq, at=now)
    return faq
