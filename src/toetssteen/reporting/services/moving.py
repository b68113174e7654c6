"""Moving a report from state to state."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.plans import services as plan_services
from toetssteen.reporting import policies
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report
from toetssteen.reporting.permissions import can_move_report


@transaction.atomic
def move(*, actor: Actor, report: Report, to: str, now: dt.datetime, **detail: object) -> Report:
    """The secretariat moves a report along one of the agreed ways; every move is recorded."""
    locked = Report.objects.select_for_update().select_related("year", "organisation").get(pk=report.pk)
    demand(can_move_report(actor, locked))
    demand(policies.allows_move(locked, to))
    if to == ReportState.RETURNED:
        plan_services.reopen_plan(actor=actor, organisation_id=locked.organisation_id, year_id=locked.year_id, now=now)
    return change_state(actor=actor, report=locked, to=to, now=now, **detail)


def change_state(*, actor: Actor | None, report: Report, to: str, now: dt.datetime, **detail: object) -> Report:
    """Write the new state and its event; whoever calls has locked the row and asked the verdict."""
    old, report.state = report.state, to
    report.row_version += 1
    report.save(update_fields=["state", "row_version", "submitted_by", "submitted_at"])
    deed = policies.deed_of(old, to)
    audit.record(actor=actor, verb=f"reporting.{deed}", subject=report, at=now, old=old, new=to, **detail)
    return report
