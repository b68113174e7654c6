"""Gives the copies of the world their share of the reports that are being made now, so that queues grow with it."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

from toetssteen.assessment.models import Assessment, QuestionScore
from toetssteen.config.demo.ground import YEARS, Ground
from toetssteen.config.demo.world import copied
from toetssteen.reporting import snapshots
from toetssteen.reporting.choices import ReportState, SnapshotKind
from toetssteen.reporting.models import Answer, Report, Snapshot

M = TypeVar("M", bound=Model)
COPIED_STATES = (ReportState.SUBMITTED, ReportState.IN_REVIEW)


def repeat(ground: Ground) -> None:
    """Repeat every report that waits or is being assessed for each copy of its company."""
    if ground.copies < 2:
        return
    reports = Report.objects.filter(year=ground.years[YEARS], state__in=COPIED_STATES).select_related("organisation")
    for report in reports:
        _repeat(ground, report)


def _repeat(ground: Ground, report: Report) -> None:
    frozen = report.snapshots.filter(kind=SnapshotKind.SUBMISSION).latest("number")
    answers = list(report.answers.all())
    assessment = Assessment.objects.filter(report=report).first()
    scores = list(assessment.scores.all()) if assessment else []
    found = {o.reference: o for (copy, _key), o in ground.organisations.items() if copy}
    own = report.organisation.reference
    companies = [found[copied(own, copy)] for copy in range(1, ground.copies)]
    made = [_again(Report, report, organisation_id=company.pk) for company in companies]
    Report.objects.bulk_create(made, 500)
    Answer.objects.bulk_create([_again(Answer, a, report_id=one.pk) for one in made for a in answers], 500)
    rows = []
    for one, company in zip(made, companies, strict=True):
        content = {
            **frozen.content,
            "organisation": {
                **frozen.content["organisation"], "id": company.pk, "reference": company.reference, "name": company.name
            },
            "report": {**frozen.content["report"], "id": one.pk},
        }  # fmt: skip
        digest = snapshots.digest_of(content)
        rows.append(_again(Snapshot, frozen, report_id=one.pk, content=content, sha256=digest))
    Snapshot.objects.bulk_create(rows, 100)
    if assessment:
        taken = [_again(Assessment, assessment, report_id=one.pk) for one in made]
        Assessment.objects.bulk_create(taken, 500)
        QuestionScore.objects.bulk_create(
            [_again(QuestionScore, score, assessment_id=one.pk) for one in taken for score in scores], 500
        )


def _again(model: type[M], row: M, **changed: object) -> M:
    """The same row once more, with a key of its own and what is changed."""
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    return model(**{**values, "id": None, **changed})
