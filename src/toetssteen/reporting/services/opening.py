"""Starting a report: last year's answers are ready to be confirmed, and what the platform knows is filled in."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no
from toetssteen.core.frameworks import Facts, Pack
from toetssteen.core.scoring import applicable
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.organisations import queries as organisation_queries
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting import queries, variants
from toetssteen.reporting.choices import AnswerOrigin
from toetssteen.reporting.estimate import fact_level
from toetssteen.reporting.models import Answer, AnswerEvidence, Assignment, Report
from toetssteen.reporting.permissions import can_open_report


def may_start(organisation_id: int, year: CovenantYear, pack: Pack, today: dt.date) -> Verdict:
    """A report can be started once its covenant year has ended, and only if the company owes one."""
    if today <= year.ends_on:
        return no(_("The covenant year is still running. You can start your report after it has ended."))
    if not organisation_queries.report_is_due(organisation_id, year, pack):
        return no(_("You do not have to hand in a report for this year."))
    return YES


@transaction.atomic
def open_report(*, actor: Actor, organisation_id: int, year_id: int, today: dt.date, now: dt.datetime) -> Report:
    """Start the report of a year, or give the one that was already started."""
    demand(can_open_report(actor, organisation_id))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    known = queries.report_of(organisation_id, year_id)
    if known is not None:
        return known
    pack = pack_of(year)
    demand(may_start(organisation_id, year, pack, today))
    number = organisation_queries.report_year_number(organisation_id, year, pack)
    situation = organisation_queries.situation_on(organisation_id, year.ends_on)
    report = Report.objects.create(
        organisation_id=organisation_id,
        year=year,
        report_year=number or 1,
        situation=situation,
        variant=variants.granted(organisation_id, year.pk, pack, situation),
        due_on=year.report_due_on,
        opened_at=now,
    )
    facts = fact_side.facts_of(report, pack)
    carried = fill_in(report, pack, facts, today=today, now=now)
    audit.record(actor=actor, verb="reporting.open", subject=report, at=now, year=year.number, carried_over=carried)
    return report


def fill_in(report: Report, pack: Pack, facts: Facts, *, today: dt.date, now: dt.datetime) -> int:
    """Put in place what is known: levels from facts, last year's answers to confirm, evidence that is still valid."""
    before = queries.report_before(report)
    old = {a.question: a for a in before.answers.all()} if before else {}
    rows: list[Answer] = []
    for question in applicable(pack, report.situation, facts, report.variant or None):
        level = fact_level(pack, question, facts)
        last = old.get(question.id) or variants.suggestion(pack, question, old)
        if level is not None:
            rows.append(Answer(report=report, question=question.id, level=level, origin=AnswerOrigin.DERIVED))
        elif last is not None and (last.level or last.text or last.value is not None):
            rows.append(_carried(report, last))
    Answer.objects.bulk_create(rows)
    if before is not None:
        _carry_evidence(report, before, {q.question for q in rows}, today)
        Assignment.objects.bulk_create(
            Assignment(report=report, sub_step=a.sub_step, person_id=a.person_id) for a in before.assignments.all()
        )
    return sum(row.origin == AnswerOrigin.CARRIED_OVER for row in rows)


def _carried(report: Report, last: Answer) -> Answer:
    return Answer(
        report=report,
        question=last.question,
        level=last.level,
        value=last.value,
        text=last.text,
        dont_know=last.dont_know,
        origin=AnswerOrigin.CARRIED_OVER,
        needs_confirmation=True,
    )


def _carry_evidence(report: Report, before: Report, questions: set[str], today: dt.date) -> None:
    usable = {
        row.pk
        for row in Evidence.objects.filter(organisation_id=report.organisation_id, removed_at__isnull=True)
        if row.valid_until is None or row.valid_until >= today
    }
    AnswerEvidence.objects.bulk_create(
        AnswerEvidence(report=report, question=link.question, evidence_id=link.evidence_id)
        for link in before.evidence_links.all()
        if link.evidence_id in usable and link.question in questions
    )
