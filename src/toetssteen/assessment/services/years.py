"""Reports that did not arrive: reminding the companies, and establishing that a report was not delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.accounts.models import Person
from toetssteen.assessment import frozen, mails, permissions
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision, Reminder
from toetssteen.assessment.services.deciding import DecisionTerms, freeze, record_decision, start_reply_term
from toetssteen.assessment.services.rows import assessment_of, has_conflict
from toetssteen.core.access import COMPANY_ROLES, Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.organisations import queries as organisation_queries
from toetssteen.organisations.models import Appointment
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report
from toetssteen.reporting.services import move


@transaction.atomic
def remind_undelivered(
    *, actor: Actor, year_id: int, organisation_ids: Collection[int], now: dt.datetime
) -> list[Reminder]:
    """Mail a reminder to the people of companies that owe a report for the year and have not handed it in."""
    demand(permissions.can_remind(actor))
    year = CovenantYear.objects.get(pk=year_id)
    waiting = undelivered_ids(year) & set(organisation_ids)
    people: dict[int, dict[int, Person]] = {}
    rows = Appointment.objects.filter(
        organisation_id__in=waiting, ended_at__isnull=True, role__in=[r.value for r in COMPANY_ROLES]
    )
    for row in rows.select_related("person").order_by("organisation_id", "person_id"):
        people.setdefault(row.organisation_id, {})[row.person_id] = row.person
    made = []
    for organisation_id, readers in people.items():
        reminder = Reminder.objects.create(
            organisation_id=organisation_id,
            year=year,
            people=len(readers),
            sent_by_id=actor.person_id,
            sent_at=now,
        )
        audit.record(actor=actor, verb="assessment.remind", subject=reminder, at=now, organisation=organisation_id)
        for person in readers.values():
            mails.send_reminder(reminder, person)
        made.append(reminder)
    return made


def undelivered_ids(year: CovenantYear) -> set[int]:
    """The companies that owe a report for the year and have not handed one in."""
    due = set(organisation_queries.due_in(year, pack_of(year)))
    arrived = Report.objects.filter(year=year).exclude(state=ReportState.DRAFT)
    return due - set(arrived.values_list("organisation_id", flat=True))


@transaction.atomic
def declare_undelivered(
    *, actor: Actor, year_id: int, organisation_id: int, terms: DecisionTerms, now: dt.datetime, today: dt.date
) -> Decision:
    """Establish that a report was not delivered: it counts as not met, and the company may reply before the decision.

    What the company drafted stays its own; only the fact that nothing was handed in is frozen.
    """
    demand(permissions.can_declare_undelivered(actor))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    if today <= year.report_due_on:
        demand(no(_("The term for handing in has not passed yet.")))
    if organisation_id not in undelivered_ids(year):
        demand(no(_("This company does not owe a report for this year, or has handed it in.")))
    report = _shell(organisation_id, year, now)
    if has_conflict(actor, report):
        demand(no(_("You also act for this company, so somebody else must assess it.")))
    assessment = assessment_of(report)
    assessment.assessor_id, assessment.taken_at = actor.person_id, now
    assessment.not_delivered_by_id, assessment.not_delivered_at = actor.person_id, now
    assessment.save(update_fields=["assessor", "taken_at", "not_delivered_by", "not_delivered_at"])
    decision = freeze(
        actor=actor,
        assessment=assessment,
        report=report,
        filing=frozen.undelivered_filing(report),
        kind=DecisionKind.PROVISIONAL,
        terms=terms,
        now=now,
        today=today,
    )
    start_reply_term(assessment, report, today, terms)
    move(report=report, to=ReportState.PROVISIONAL, actor=actor, now=now)
    record_decision(actor, "assessment.declare_undelivered", report, decision, now)
    return decision


def _shell(organisation_id: int, year: CovenantYear, now: dt.datetime) -> Report:
    """The company's draft, or an empty report to hang the decision on."""
    pack = pack_of(year)
    report, _made = Report.objects.select_related("year", "organisation").get_or_create(
        organisation_id=organisation_id,
        year=year,
        defaults={
            "report_year": organisation_queries.report_year_number(organisation_id, year, pack) or 1,
            "situation": organisation_queries.situation_on(organisation_id, year.ends_on),
            "due_on": year.report_due_on,
            "opened_at": now,
        },
    )
    return report
