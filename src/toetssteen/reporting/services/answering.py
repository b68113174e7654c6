"""Filling in a report: answers, their evidence, and who does what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack, Question
from toetssteen.core.scoring import applicable
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.organisations.models import Appointment
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting.choices import AnswerOrigin
from toetssteen.reporting.estimate import fact_level
from toetssteen.reporting.models import Answer, AnswerEvidence, Assignment, Report
from toetssteen.reporting.permissions import EDITORS, can_edit_report
from toetssteen.reporting.values import clean_value

# Typing is one act: saves of the same person shortly after each other leave one event.
ONE_ACT = dt.timedelta(minutes=15)
MAX_TEXT = 8000


@dataclass(frozen=True)
class AnswerData:
    """An answer as it was entered."""

    level: str = ""
    value: Any = None
    text: str = ""
    dont_know: bool = False


@dataclass(frozen=True)
class _Ground:
    """The report that is changed, locked, with its pack and what is known."""

    report: Report
    pack: Pack
    facts: dict[str, Any]

    @classmethod
    def of(cls, actor: Actor, report_id: int) -> _Ground:
        report = _locked_report(actor, report_id)
        pack = pack_of(report.year)
        return cls(report, pack, fact_side.facts_of(report, pack))


def _locked_report(actor: Actor, report_id: int) -> Report:
    """The report, locked, if the actor may change it."""
    report = Report.objects.select_for_update(of=("self",)).select_related("year", "organisation").get(pk=report_id)
    demand(can_edit_report(actor, report))
    return report


def _question(report: Report, pack: Pack, question_id: str, facts: dict[str, Any]) -> Question:
    """The question, if this company has it this year or may already answer it."""
    for question in applicable(pack, report.situation, facts, report.variant or None):
        if question.id == question_id:
            return question
    raise ValidationError(_("This question does not apply to your company."))


@transaction.atomic
def save_answer(
    *, actor: Actor, report_id: int, question_id: str, data: AnswerData, row_version: int | None, now: dt.datetime
) -> Answer:
    """Save an answer; if somebody else changed it since it was shown, nothing is lost and nothing is overwritten."""
    ground = _Ground.of(actor, report_id)
    return _save(actor, ground, question_id, data, row_version, now)


@transaction.atomic
def save_part(
    *,
    actor: Actor,
    report_id: int,
    entered: Mapping[str, tuple[AnswerData, int | None]],
    kept: Mapping[str, int],
    now: dt.datetime,
) -> list[str]:
    """Save what was entered for a part and confirm last year's answers that still hold, all or none.

    Each with the version that was on the screen. Gives the questions that were confirmed.
    """
    ground = _Ground.of(actor, report_id)
    for question_id, (data, row_version) in entered.items():
        _save(actor, ground, question_id, data, row_version, now)
    return _confirm(actor, ground.report, {q: v for q, v in kept.items() if q not in entered}, now)


def _save(
    actor: Actor, ground: _Ground, question_id: str, data: AnswerData, row_version: int | None, now: dt.datetime
) -> Answer:
    report, pack, facts = ground.report, ground.pack, ground.facts
    question = _question(report, pack, question_id, facts)
    wanted = _wanted(question, pack, facts, data)
    answer = Answer.objects.select_for_update().filter(report=report, question=question_id).first()
    if answer is None:
        answer = Answer(report=report, question=question_id)
    elif _same(answer, wanted):
        return answer
    if row_version is not None and answer.row_version != row_version:
        raise StaleRow(answer)
    another_act = _another_act(answer, actor, now)
    for field, value in wanted.items():
        setattr(answer, field, value)
    answer.needs_confirmation = False
    answer.row_version += 1
    answer.changed_by_id, answer.changed_at = actor.person_id, now
    answer.save()
    if another_act:
        audit.record(actor=actor, verb="reporting.save_answer", subject=answer, at=now, question=question_id)
    return answer


def _wanted(question: Question, pack: Pack, facts: dict[str, Any], data: AnswerData) -> dict[str, Any]:
    derived = fact_level(pack, question, facts)
    level = derived or data.level
    if data.dont_know and derived is None:
        level = pack.framework.unanswered_level
    if level:
        try:
            pack.framework.level(level)
        except LookupError as error:
            raise ValidationError(_("Choose one of the levels.")) from error
    if len(data.text) > MAX_TEXT:
        raise ValidationError(_("Keep your explanation under %(count)s characters.") % {"count": MAX_TEXT})
    return {
        "level": level,
        "value": clean_value(question, pack, data.value),
        "text": data.text.strip(),
        "dont_know": data.dont_know and derived is None,
        "origin": AnswerOrigin.DERIVED if derived is not None else AnswerOrigin.GIVEN,
    }


def _same(answer: Answer, wanted: dict[str, Any]) -> bool:
    """What was entered is what is stored; an answer that waits for confirmation is confirmed by saving it."""
    if answer.needs_confirmation:
        return False
    return all(getattr(answer, field) == value for field, value in wanted.items() if field != "origin")


def _another_act(answer: Answer, actor: Actor, now: dt.datetime) -> bool:
    return answer.changed_at is None or answer.changed_by_id != actor.person_id or now - answer.changed_at > ONE_ACT


@transaction.atomic
def confirm_answer(
    *, actor: Actor, report_id: int, question_id: str, row_version: int | None, now: dt.datetime
) -> Answer:
    """Last year's answer still holds; it keeps saying that it was carried over."""
    report = _locked_report(actor, report_id)
    answer = Answer.objects.select_for_update().get(report=report, question=question_id)
    if row_version is not None and answer.row_version != row_version:
        raise StaleRow(answer)
    if answer.needs_confirmation:
        answer.needs_confirmation = False
        answer.row_version += 1
        answer.changed_by_id, answer.changed_at = actor.person_id, now
        answer.save()
        audit.record(actor=actor, verb="reporting.confirm_answer", subject=answer, at=now, question=question_id)
    return answer


def _confirm(actor: Actor, report: Report, seen: Mapping[str, int], now: dt.datetime) -> list[str]:
    """Last year's answers to these questions still hold; one that somebody changed since it was seen is left alone."""
    rows = Answer.objects.select_for_update().filter(report=report, question__in=list(seen), needs_confirmation=True)
    kept = [answer for answer in rows if answer.row_version == seen[answer.question]]
    for answer in kept:
        answer.needs_confirmation = False
        answer.row_version += 1
        answer.changed_by_id, answer.changed_at = actor.person_id, now
    Answer.objects.bulk_update(kept, ["needs_confirmation", "row_version", "changed_by", "changed_at"])
    confirmed = sorted(answer.question for answer in kept)
    if confirmed:
        audit.record(actor=actor, verb="reporting.confirm_answers", subject=report, at=now, questions=confirmed)
    return confirmed


@transaction.atomic
def attach_evidence(*, actor: Actor, report_id: int, question_id: str, evidence_id: int, now: dt.datetime) -> None:
    """Use a file of the company's own library at a question."""
    report = _locked_report(actor, report_id)
    _question(report, pack_of(report.year), question_id, fact_side.facts_of(report))
    evidence = visible_evidence(actor).filter(organisation_id=report.organisation_id, pk=evidence_id).first()
    if evidence is None or evidence.removed_at is not None:
        raise ValidationError(_("This file is not in your library."))
    _link, new = AnswerEvidence.objects.get_or_create(report=report, question=question_id, evidence=evidence)
    if new:
        audit.record(
            actor=actor,
            verb="reporting.attach_evidence",
            subject=report,
            at=now,
            question=question_id,
            evidence=evidence_id,
        )


@transaction.atomic
def detach_evidence(*, actor: Actor, report_id: int, question_id: str, evidence_id: int, now: dt.datetime) -> None:
    """Take a file away from a question; it stays in the library."""
    report = _locked_report(actor, report_id)
    gone, _rows = AnswerEvidence.objects.filter(report=report, question=question_id, evidence_id=evidence_id).delete()
    if gone:
        audit.record(
            actor=actor,
            verb="reporting.detach_evidence",
            subject=report,
            at=now,
            question=question_id,
            evidence=evidence_id,
        )


@transaction.atomic
def assign(*, actor: Actor, report_id: int, sub_step: str, person_id: int | None, now: dt.datetime) -> None:
    """Let a colleague take care of a sub-step, or nobody in particular."""
    report = _locked_report(actor, report_id)
    try:
        pack_of(report.year).framework.sub_step(sub_step)
    except LookupError as error:
        raise ValidationError(_("This part is not in the report.")) from error
    if person_id is None:
        Assignment.objects.filter(report=report, sub_step=sub_step).delete()
    else:
        colleagues = Appointment.objects.filter(
            organisation_id=report.organisation_id, person_id=person_id, ended_at__isnull=True, role__in=EDITORS
        )
        if not colleagues.exists():
            raise ValidationError(_("This person cannot change the report of your company."))
        Assignment.objects.update_or_create(report=report, sub_step=sub_step, defaults={"person_id": person_id})
    audit.record(actor=actor, verb="reporting.assign", subject=report, at=now, sub_step=sub_step, person=person_id)
