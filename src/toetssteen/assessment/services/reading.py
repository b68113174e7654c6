"""The second pair of eyes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toetssteen.assessment import permissions, policies
from toetssteen.assessment.models import Assessment
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report
from toetssteen.core.access import Actor
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand


@transaction.atomic
def ask_second_reader(*, actor: Actor, report_id: int, now: dt.datetime) -> Assessment:
    """The assessor asks a colleague to read along; the decision waits for it."""
    report = locked_report(report_id)
    demand(permissions.can_decide(actor, report, conflict=has_conflict(actor, report)))
    assessment = assessment_of(report)
    rule = pack_of(report.year).decision.second_assessor.value
    demand(policies.allows_second_reader(report, assessment, rule=rule))
    assessment.second_asked_by_id, assessment.second_asked_at = actor.person_id, now
    assessment.row_version += 1
    assessment.save(update_fields=["second_asked_by", "second_asked_at", "row_version"])
    audit.record(actor=actor, verb="assessment.ask_second_reader", subject=report, at=now)
    return assessment


@transaction.atomic
def record_second_read(*, actor: Actor, report_id: int, note: str, now: dt.datetime) -> Assessment:
    """Somebody other than the assessor, and other than who asked, has read the assessment."""
    report = locked_report(report_id)
    assessment = assessment_of(report)
    conflict = has_conflict(actor, report)
    for person_id in (assessment.assessor_id, assessment.second_asked_by_id):
        demand(permissions.can_second_read(actor, report, assessor_id=person_id, conflict=conflict))
    demand(policies.allows_second_read(report, assessment))
    assessment.second_reader_id, assessment.second_read_at = actor.person_id, now
    assessment.second_note = note.strip()
    assessment.row_version += 1
    assessment.save(update_fields=["second_reader", "second_read_at", "second_note", "row_version"])
    audit.record(actor=actor, verb="assessment.second_read", subject=report, at=now)
    return assessment
