"""Trying a lighter variant in a year, asking for it, and deciding who may use it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.scoring import applicable
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand
from toetssteen.organisations import queries as organisation_queries
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting import queries, variants
from toetssteen.reporting.choices import AnswerOrigin, CaseState, ReportState
from toetssteen.reporting.estimate import fact_level
from toetssteen.reporting.models import Answer, Report, VariantCase, VariantYear
from toetssteen.reporting.permissions import can_adopt_variant, can_ask_variant, can_decide_variant

MOST_STAFF = Decimal(100_000)


@transaction.atomic
def adopt_variant(
    *, actor: Actor, year_id: int, variant: str, adopted_on: dt.date, reason: str, today: dt.date, now: dt.datetime
) -> VariantYear:
    """Record that the parties decided to try a lighter variant for the reports on one covenant year."""
    demand(can_adopt_variant(actor))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    if variant not in pack_of(year).variants:
        raise ValidationError(_("The version of the framework that this year runs on has no such variant."))
    if variants.adopted_in(year_id) is not None:
        raise ValidationError(_("A lighter profile is tried in this year already."))
    if adopted_on > today:
        raise ValidationError({"adopted_on": _("This day has not come yet.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say where and by whom this was decided.")})
    row = VariantYear.objects.create(
        year=year, variant=variant, adopted_on=adopted_on, reason=reason.strip(), adopted_by_id=actor.person_id,
        adopted_at=now,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="reporting.adopt_variant", subject=row, at=now, year=year.number, variant=variant,
        adopted_on=adopted_on,
    )  # fmt: skip
    return row


@transaction.atomic
def end_variant(*, actor: Actor, year_id: int, now: dt.datetime) -> None:
    """Stop trying a variant in a year; reports that were handed in keep it, and nobody new can get it."""
    demand(can_adopt_variant(actor))
    row = VariantYear.objects.select_for_update(of=("self",)).filter(year_id=year_id, ended_at__isnull=True).first()
    if row is None:
        return
    row.ended_at, row.ended_by_id = now, actor.person_id
    row.save(update_fields=["ended_at", "ended_by"])
    drafts = Report.objects.select_related("year").filter(year_id=year_id, variant=row.variant, state=ReportState.DRAFT)
    for report in drafts:
        _give(report, "", now)
    audit.record(actor=actor, verb="reporting.end_variant", subject=row, at=now, variant=row.variant)


@transaction.atomic
def ask_variant(
    *, actor: Actor, organisation_id: int, year_id: int, staff_fte: Decimal, now: dt.datetime
) -> VariantCase:
    """Ask for the lighter variant: a company says how many people work there; the rest is known."""
    demand(can_ask_variant(actor, organisation_id))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    situation = organisation_queries.situation_on(organisation_id, year.ends_on)
    variant = variants.offered(year, pack_of(year), situation)
    if variant is None:
        raise ValidationError(_("No lighter profile is tried for your company in this year."))
    if not 0 <= staff_fte <= MOST_STAFF:
        raise ValidationError({"staff_fte": _("Fill in how many people work full time, for example 2.5.")})
    row = VariantCase.objects.select_for_update(of=("self",)).filter(
        organisation_id=organisation_id, year_id=year_id
    ).first()  # fmt: skip
    if row is not None and row.state != CaseState.ASKED:
        raise ValidationError(_("The secretariat has decided about this already."))
    row = row or VariantCase(organisation_id=organisation_id, year=year, variant=variant.id)
    row.staff_fte, row.asked_by_id, row.asked_at = staff_fte, actor.person_id, now
    row.row_version += 1
    row.save()
    audit.record(actor=actor, verb="reporting.ask_variant", subject=row, at=now, variant=variant.id)
    return row


@transaction.atomic
def decide_variant(
    *, actor: Actor, case_id: int, granted: bool, reason: str, row_version: int | None, now: dt.datetime
) -> VariantCase:
    """Decide, always with a reason, whether one company reports by the lighter variant; what was known is kept."""
    demand(can_decide_variant(actor))
    row = VariantCase.objects.select_for_update(of=("self",)).select_related("year").get(pk=case_id)
    if row_version is not None and row.row_version != row_version:
        raise StaleRow(row)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason; the company reads it.")})
    pack, report = pack_of(row.year), queries.report_of(row.organisation_id, row.year_id)
    if report is not None and report.state != ReportState.DRAFT:
        raise ValidationError(_("The report was handed in, so its questions can no longer change."))
    adopted = variants.adopted_in(row.year_id)
    if granted and (adopted is None or adopted.variant != row.variant):
        raise ValidationError(_("The lighter profile is not tried in this year any more."))
    known = variants.known_of(row.organisation_id, row.year, pack, row.staff_fte)
    row.state = CaseState.GRANTED if granted else CaseState.REFUSED
    row.reason, row.known = reason.strip(), variants.as_json(known)
    row.decided_by_id, row.decided_at = actor.person_id, now
    row.row_version += 1
    row.save()
    met = variants.all_met(variants.checks(pack.variant(row.variant), known))
    audit.record(
        actor=actor, verb="reporting.decide_variant", subject=row, at=now, variant=row.variant, granted=granted,
        conditions_met=met, known=row.known,
    )  # fmt: skip
    if report is not None:
        _give(report, row.variant if granted else "", now)
    return row


def _give(report: Report, variant: str, now: dt.datetime) -> None:
    """Let a draft ask the questions of the variant; answers of the other form become suggestions, none is lost."""
    if report.variant == variant:
        return
    report.variant = variant
    report.row_version += 1
    report.save(update_fields=["variant", "row_version"])
    pack = pack_of(report.year)
    facts = fact_side.facts_of(report, pack)
    old = {answer.question: answer for answer in report.answers.all()}
    asked = applicable(pack, report.situation, facts, variant or None)
    missing = tuple(q for q in asked if q.id not in old)
    rows = variants.answers_for(report, pack, missing, old)
    suggested = {row.question for row in rows}
    for question in missing:
        level = fact_level(pack, question, facts)
        if level is not None and question.id not in suggested:
            rows.append(Answer(report=report, question=question.id, level=level, origin=AnswerOrigin.DERIVED))
    Answer.objects.bulk_create(rows)
