"""Planning the steps to green: how long each takes and when the company does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.organisations.models import Organisation
from toetssteen.reporting.models import PathStep
from toetssteen.reporting.permissions import can_plan_steps
from toetssteen.reporting.planning import MOST_MINUTES


@dataclass(frozen=True)
class StepPlan:
    """What a company says of one step; None leaves it to the platform."""

    minutes: int | None = None
    on: dt.date | None = None


@transaction.atomic
def plan_steps(
    *,
    actor: Actor,
    organisation_id: int,
    year_number: int,
    changes: Mapping[str, StepPlan],
    seen: int | None,
    now: dt.datetime,
) -> int:
    """Keep the hours and days of these steps; `seen` is the sum of versions that was on the screen. Gives how many."""
    demand(can_plan_steps(actor, organisation_id))
    # Steps are planned together, so the company's row is the lock.
    Organisation.objects.select_for_update().get(pk=organisation_id)
    rows = {row.key: row for row in PathStep.objects.filter(organisation_id=organisation_id, year_number=year_number)}
    wanted = {key: plan for key, plan in changes.items() if _differs(rows.get(key), plan)}
    if wanted and seen is not None and seen != sum(row.row_version for row in rows.values()):
        raise StaleRow(None)
    for key, plan in wanted.items():
        if plan.minutes is not None and not 0 <= plan.minutes <= MOST_MINUTES:
            raise ValidationError(_("Fill in a number of hours between 0 and 1000."))
        row = rows.get(key) or PathStep(organisation_id=organisation_id, year_number=year_number, key=key)
        row.minutes, row.planned_on = plan.minutes, plan.on
        row.row_version += 1
        row.changed_by_id, row.changed_at = actor.person_id, now
        row.save()
    if wanted:
        subject = f"organisations.Organisation:{organisation_id}"
        audit.record(
            actor=actor, verb="reporting.plan_steps", subject=subject, at=now, year=year_number, keys=sorted(wanted)
        )
    return len(wanted)


def _differs(row: PathStep | None, plan: StepPlan) -> bool:
    before = StepPlan(row.minutes, row.planned_on) if row else StepPlan()
    return before != plan
