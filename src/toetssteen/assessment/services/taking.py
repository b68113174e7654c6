"""Who assesses a report."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.assessment import frozen, permissions, policies
from toetssteen.assessment.models import Assessment, CompletionRequest
from toetssteen.assessment.services.progress import count_progress
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report, open_extension
from toetssteen.core.access import SECRETARIAT_ROLES, Actor
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.organisations.models import Appointment
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report
from toetssteen.reporting.services import move


@transaction.atomic
def take_report(*, actor: Actor, report_id: int, now: dt.datetime) -> Assessment:
    """An assessor takes a report; a submitted one is then being assessed."""
    report = locked_report(report_id)
    demand(permissions.can_take(actor, report, conflict=has_conflict(actor, report)))
    demand(policies.allows_taking(report))
    assessment = _hand_to(report, int(actor.person_id or 0), now)
    begin(actor=actor, report=report, now=now)
    count_progress(assessment, pack_of(report.year), frozen.filing_of(report))
    audit.record(actor=actor, verb="assessment.take", subject=report, at=now)
    return assessment


@transaction.atomic
def assign_report(*, actor: Actor, report_id: int, assessor_id: int, now: dt.datetime) -> Assessment:
    """A report is handed to an assessor of the secretariat who does not act for the company."""
    report = locked_report(report_id)
    demand(permissions.can_assign(actor, report))
    demand(policies.allows_taking(report))
    open_ones = Appointment.objects.filter(person_id=assessor_id, ended_at__isnull=True)
    if not open_ones.filter(role__in=[r.value for r in SECRETARIAT_ROLES]).exists():
        raise ValidationError(_("Choose somebody of the secretariat."))
    if open_ones.filter(organisation_id=report.organisation_id).exists():
        raise ValidationError(_("This person also acts for the company, so somebody else must assess it."))
    assessment = _hand_to(report, assessor_id, now)
    audit.record(actor=actor, verb="assessment.assign", subject=report, at=now, assessor=assessor_id)
    return assessment


def _hand_to(report: Report, person_id: int, now: dt.datetime) -> Assessment:
    assessment = assessment_of(report)
    if assessment.second_reader_id == person_id:
        raise ValidationError(_("The second reader of this report cannot become its assessor."))
    assessment.assessor_id = person_id
    assessment.taken_at = now
    assessment.row_version += 1
    assessment.save(update_fields=["assessor", "taken_at", "row_version"])
    return assessment


def begin(*, actor: Actor, report: Report, now: dt.datetime) -> Report:
    """A submitted report is being assessed from the first act on it."""
    if report.state == ReportState.SUBMITTED:
        waiting = CompletionRequest.objects.filter(assessment__report=report, answered_at__isnull=True)
        waiting.update(answered_at=report.submitted_at)
        return move(report=report, to=ReportState.IN_REVIEW, actor=actor, now=now)
    return report


@transaction.atomic
def call_in(*, actor: Actor, report_id: int, now: dt.datetime, today: dt.date) -> Report:
    """Take a returned report back as it was last handed in, because the company let its date pass."""
    report = locked_report(report_id)
    demand(permissions.can_return(actor, report, conflict=has_conflict(actor, report)))
    assessment = assessment_of(report)
    request = assessment.completion_requests.filter(answered_at__isnull=True).last()
    demand(policies.allows_calling_in(report, open_extension(assessment), request.due_on if request else None, today))
    audit.record(actor=actor, verb="assessment.call_in", subject=report, at=now)
    return move(report=report, to=ReportState.IN_REVIEW, actor=actor, now=now)
