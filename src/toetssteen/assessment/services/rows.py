"""Rows that an act of the assessment locks, and who may not judge them."""

from __future__ import annotations

from toetssteen.assessment.models import Assessment, Extension
from toetssteen.assessment.results import Mark
from toetssteen.core.access import Actor
from toetssteen.organisations.models import Appointment
from toetssteen.reporting.models import Report


def locked_report(report_id: int) -> Report:
    """The report, locked until the act is done, with its year and company."""
    return Report.objects.select_for_update(of=("self",)).select_related("year", "organisation").get(pk=report_id)


def assessment_of(report: Report) -> Assessment:
    """The assessment of a report; made when the first act on it happens."""
    assessment, _made = Assessment.objects.get_or_create(report=report)
    return assessment


def has_conflict(actor: Actor, report: Report) -> bool:
    """The actor also acts for the company that reports."""
    if actor.person_id is None:
        return False
    return Appointment.objects.filter(
        person_id=actor.person_id, organisation_id=report.organisation_id, ended_at__isnull=True
    ).exists()


def marks_of(assessment: Assessment | None) -> dict[str, Mark]:
    """The levels that were given so far, by question."""
    if assessment is None:
        return {}
    return {s.question: Mark(s.level, s.reason, s.submission) for s in assessment.scores.all()}


def open_extension(assessment: Assessment) -> Extension | None:
    """The extra time that still waits for a new decision."""
    extension = assessment.extensions.order_by("decided_at", "pk").last()
    if extension is None:
        return None
    later = assessment.decisions.filter(kind="reassessed", decided_at__gt=extension.decided_at)
    return None if later.exists() else extension
