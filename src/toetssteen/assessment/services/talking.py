"""What the secretariat and the company say to each other: questions, answers, completion, talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.assessment import permissions, policies
from toetssteen.assessment.choices import RemarkKind
from toetssteen.assessment.models import CompletionRequest, Remark, Talk
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report
from toetssteen.assessment.services.taking import begin
from toetssteen.core.access import Actor, no
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.services import move


@transaction.atomic
def ask_question(*, actor: Actor, report_id: int, question: str, text: str, now: dt.datetime) -> Remark:
    """The secretariat asks the company something, about one question of the framework or about the whole report."""
    report = locked_report(report_id)
    demand(permissions.can_ask(actor, report, conflict=has_conflict(actor, report)))
    demand(policies.allows_asking(report))
    text = _needed(text, _("Write your question to the company."))
    if question:
        pack_of(report.year).question(question)
    remark = Remark.objects.create(
        assessment=assessment_of(report),
        kind=RemarkKind.QUESTION,
        question=question,
        text=text,
        written_by_id=actor.person_id,
        written_at=now,
    )
    begin(actor=actor, report=report, now=now)
    audit.record(actor=actor, verb="assessment.ask", subject=report, at=now, remark=remark.pk, question=question)
    return remark


@transaction.atomic
def answer_question(*, actor: Actor, remark_id: int, text: str, now: dt.datetime) -> Remark:
    """The company answers a question of the secretariat; a second answer adds to the first."""
    asked = Remark.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=remark_id)
    report = locked_report(asked.assessment.report_id)
    demand(permissions.can_answer(actor, report))
    if asked.kind != RemarkKind.QUESTION or report.state not in policies.IN_HAND:
        demand(no(_("This question can no longer be answered here.")))
    answer = Remark.objects.create(
        assessment=asked.assessment,
        kind=RemarkKind.ANSWER,
        question=asked.question,
        answer_to=asked,
        text=_needed(text, _("Write your answer.")),
        written_by_id=actor.person_id,
        written_at=now,
    )
    asked.answered_at = asked.answered_at or now
    asked.save(update_fields=["answered_at"])
    audit.record(actor=actor, verb="assessment.answer", subject=report, at=now, remark=asked.pk)
    return answer


@dataclass(frozen=True)
class MissingItem:
    """One thing the company must complete, at a question or for the whole report."""

    text: str
    question: str = ""


@transaction.atomic
def return_report(
    *, actor: Actor, report_id: int, items: Sequence[MissingItem], due_on: dt.date, now: dt.datetime, today: dt.date
) -> CompletionRequest:
    """Send the report back with the list of what is missing and a date; points given so far are kept."""
    report = locked_report(report_id)
    demand(permissions.can_return(actor, report, conflict=has_conflict(actor, report)))
    demand(policies.allows_returning(report))
    listed = [{"question": i.question, "text": i.text.strip()} for i in items if i.text.strip()]
    if not listed:
        raise ValidationError({"general": _("Name at least one thing that is missing.")})
    if due_on <= today:
        raise ValidationError({"due_on": _("Choose a day in the future.")})
    request = CompletionRequest.objects.create(
        assessment=assessment_of(report), items=listed, due_on=due_on, asked_by_id=actor.person_id, asked_at=now
    )
    begin(actor=actor, report=report, now=now)
    move(report=report, to=ReportState.RETURNED, actor=actor, now=now)
    audit.record(
        actor=actor, verb="assessment.return", subject=report, at=now, items=len(listed), due_on=due_on.isoformat()
    )
    return request


@dataclass(frozen=True)
class TalkNotes:
    """What both sides read about a talk."""

    held_on: dt.date
    participants: str
    notes: str = ""
    agreed: str = ""


@transaction.atomic
def save_talk(
    *, actor: Actor, report_id: int, notes: TalkNotes, talk_id: int | None, row_version: int, now: dt.datetime
) -> Talk:
    """The secretariat writes down a talk; the company reads the same words."""
    report = locked_report(report_id)
    demand(permissions.can_ask(actor, report, conflict=has_conflict(actor, report)))
    if report.state not in policies.TALKING:
        demand(no(_("Talks are noted from the moment that a report is submitted.")))
    assessment = assessment_of(report)
    if talk_id is None:
        talk = Talk(assessment=assessment)
    else:
        talk = Talk.objects.select_for_update().get(pk=talk_id, assessment=assessment)
        if talk.row_version != row_version:
            raise StaleRow(talk)
    talk.held_on, talk.participants = notes.held_on, notes.participants
    talk.notes, talk.agreed = notes.notes, notes.agreed
    talk.written_by_id, talk.written_at = actor.person_id, now
    talk.row_version = row_version + 1
    talk.save()
    audit.record(actor=actor, verb="assessment.talk", subject=report, at=now, talk=talk.pk, version=talk.row_version)
    return talk


def _needed(text: str, sentence: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": sentence})
    return text
