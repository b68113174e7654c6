"""Handing in a report: it is frozen with its hash, and from then on nobody can change it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import ngettext

from toetssteen.core.access import Actor
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.pages import demand
from toetssteen.plans import services as plan_services
from toetssteen.reporting import completeness, queries, snapshots
from toetssteen.reporting.choices import AnswerOrigin, ReportState, SnapshotKind
from toetssteen.reporting.models import Answer, Report, Snapshot
from toetssteen.reporting.permissions import can_submit_report
from toetssteen.reporting.services.moving import change_state


@transaction.atomic
def submit_report(*, actor: Actor, report_id: int, today: dt.date, now: dt.datetime) -> Snapshot:
    """Hand in a report; its plan goes with it, and the whole is frozen as it stands."""
    report = (
        Report.objects.select_for_update(of=("self",)).select_related("year__pack", "organisation").get(pk=report_id)
    )
    demand(can_submit_report(actor, report))
    stops = completeness.stops(queries.findings(report))
    if stops:
        raise ValidationError(
            ngettext(
                "The report cannot be submitted yet: %(count)s thing is missing.",
                "The report cannot be submitted yet: %(count)s things are missing.",
                len(stops),
            )
            % {"count": len(stops)}
        )
    plan_services.deliver_plan(
        actor=actor, organisation_id=report.organisation_id, year_id=report.year_id, today=today, now=now
    )
    _settle_levels(report)
    report.submitted_by_id, report.submitted_at = actor.person_id, now
    snapshot = snapshots.freeze(report, SnapshotKind.SUBMISSION, actor.person_id, now, {"submitted_at": now})
    change_state(
        actor=actor,
        report=report,
        to=ReportState.SUBMITTED,
        now=now,
        snapshot=snapshot.number,
        sha256=snapshot.sha256,
    )
    return snapshot


def _settle_levels(report: Report) -> None:
    """Write the levels that followed from facts into the answers, as they are frozen."""
    standing = queries.live_standing(report, pack=pack_of(report.year))
    known = {a.question: a for a in report.answers.all()}
    for question, level in standing.levels.items():
        answer = known.get(question)
        if answer is None:
            Answer.objects.create(report=report, question=question, level=level, origin=AnswerOrigin.DERIVED)
        elif answer.level != level:
            answer.level, answer.origin = level, AnswerOrigin.DERIVED
            answer.save(update_fields=["level", "origin"])
