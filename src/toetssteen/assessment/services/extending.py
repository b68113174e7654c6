"""Extra time for a company, with a date and the list of what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.assessment import permissions, policies
from toetssteen.assessment.choices import RESULT_KINDS
from toetssteen.assessment.models import Assessment, Decision, Extension
from toetssteen.assessment.services.rows import assessment_of, has_conflict, locked_report
from toetssteen.core.access import Actor
from toetssteen.core.scoring import improvement_limit
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report
from toetssteen.reporting.services import move


@dataclass(frozen=True)
class ExtensionTerms:
    """Until when, why, and which of the missing items (`code:subject`); none named means all."""

    until_on: dt.date
    reason: str
    missing: tuple[str, ...] = ()


@transaction.atomic
def grant_extension(
    *, actor: Actor, report_id: int, terms: ExtensionTerms, now: dt.datetime, today: dt.date
) -> Extension:
    """Give extra time after a decision; the report goes back to the company, the old colour stays in the history."""
    report = locked_report(report_id)
    demand(permissions.can_decide(actor, report, conflict=has_conflict(actor, report)))
    assessment = assessment_of(report)
    last = assessment.decisions.filter(kind__in=RESULT_KINDS).order_by("number").last()
    return extend(actor=actor, report=report, assessment=assessment, last=last, terms=terms, now=now, today=today)


def extend(
    *,
    actor: Actor,
    report: Report,
    assessment: Assessment,
    last: Decision | None,
    terms: ExtensionTerms,
    now: dt.datetime,
    today: dt.date,
) -> Extension:
    """The same within another act; the caller has checked who may do it."""
    pack = pack_of(report.year)
    meets = pack.decision.of_kind("meets")
    most = pack.extension.max_times_in_a_row if pack.extension else None
    times = assessment.extensions.count()
    demand(
        policies.allows_extension(
            last, report, meets_colour=meets.colour if meets else "", times=times, most=most.value if most else 1
        )
    )
    limit = improvement_limit(pack, report.year.ends_on)
    if not today < terms.until_on <= limit:
        raise ValidationError(
            {
                "until_on": _("Choose a date in the future and not later than %(limit)s.")
                % {"limit": limit.strftime("%d-%m-%Y")}
            }
        )
    if not terms.reason.strip():
        raise ValidationError({"extension_reason": _("Give the reason for the extra time.")})
    extension = Extension.objects.create(
        assessment=assessment,
        until_on=terms.until_on,
        missing=_chosen(last, terms.missing),
        reason=terms.reason.strip(),
        decided_by_id=actor.person_id,
        decided_at=now,
    )
    move(report=report, to=ReportState.RETURNED, actor=actor, now=now)
    audit.record(
        actor=actor,
        verb="assessment.extend",
        subject=report,
        at=now,
        until_on=terms.until_on.isoformat(),
        items=len(extension.missing),
    )
    return extension


def _chosen(last: Decision | None, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """The missing items of the decision, all or the chosen ones."""
    found = [r for r in (last.reasons if last else []) if r.get("met") is False and r.get("code") != "agreed_date"]
    items = [{"code": r["code"], "subject": r.get("subject", ""), "nl": r["nl"], "en": r["en"]} for r in found]
    chosen = [item for item in items if not keys or f"{item['code']}:{item['subject']}" in keys]
    if not chosen:
        raise ValidationError({"missing": _("Choose at least one thing that is missing.")})
    return chosen
