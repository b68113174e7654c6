"""The work of the secretariat: which reports wait, how long, and for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from toetssteen.accounts.models import Person
from toetssteen.assessment.choices import RemarkKind
from toetssteen.assessment.models import Assessment, Extension, Remark
from toetssteen.assessment.permissions import visible_assessments, visible_files
from toetssteen.core.access import SECRETARIAT_ROLES, Actor
from toetssteen.organisations.models import Appointment
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

IN_QUEUE = (ReportState.SUBMITTED, ReportState.IN_REVIEW, ReportState.PROVISIONAL, ReportState.RETURNED)
SORTS = {
    "age": ("submitted_at", "pk"),
    "company": ("organisation__name", "pk"),
    "year": ("year__number", "organisation__name"),
    "state": ("state", "submitted_at"),
    "assessor": ("assessor_name", "submitted_at"),
    "open": ("open_questions", "submitted_at"),
}


@dataclass(frozen=True)
class QueueRow:
    """One report that waits, as the queue shows it."""

    report_id: int
    company: str
    year: str
    year_number: int
    report_year: int
    situation: str
    state: str
    state_label: str
    age_days: int | None
    assessor_id: int | None
    assessor: str
    open_questions: int
    looked_at: int
    to_look_at: int
    waits_for_reader: bool
    reply_until: dt.date | None
    extension_until: dt.date | None
    delivered: bool

    @property
    def is_new(self) -> bool:
        """Nobody has looked at it yet."""
        return self.state == ReportState.SUBMITTED and self.looked_at == 0


def work_queue(
    actor: Actor, *, today: dt.date, filters: dict[str, Any] | None = None, sort: str = "age"
) -> list[QueueRow]:
    """The reports that wait, oldest first unless asked otherwise; `_waiting` says which filters there are."""
    return [_row(report, today) for report in _sorted(_waiting(actor, filters or {}), sort)]


def queue_page(
    actor: Actor, *, today: dt.date, filters: dict[str, Any], sort: str, number: Any, per_page: int
) -> Page[Any]:
    """One page of the reports that wait; the database counts, orders and gives only what is shown."""
    rows = _waiting(actor, filters)
    page: Page[Any] = Paginator(_sorted(rows, sort), per_page).get_page(number)
    shown: list[Any] = [_row(report, today) for report in page.object_list]
    page.object_list = shown
    return page


def _waiting(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Any]:
    """Filters: `mine` (assigned to the actor), `free` (to nobody), `state`, `year` (number), `search` (company)."""
    rows: QuerySet[Any] = _with_assessment(visible_files(actor).filter(state__in=IN_QUEUE))
    if wanted.get("mine"):
        rows = rows.filter(assessor_id=actor.person_id)
    if wanted.get("free"):
        rows = rows.filter(assessor_id__isnull=True)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("year"):
        rows = rows.filter(year__number=wanted["year"])
    if wanted.get("search"):
        rows = rows.filter(organisation__name__icontains=wanted["search"].strip())
    return rows


def _with_assessment(rows: QuerySet[Report]) -> QuerySet[Report]:
    own = Assessment.objects.filter(report=OuterRef("pk"))
    asked = (
        Remark.objects.filter(assessment__report=OuterRef("pk"), kind=RemarkKind.QUESTION, answered_at__isnull=True)
        .order_by()
        .values("assessment__report")
        .annotate(n=Count("pk"))
        .values("n")
    )
    extra = Extension.objects.filter(assessment__report=OuterRef("pk")).order_by("-decided_at", "-pk")
    return rows.select_related("organisation", "year").annotate(
        assessor_id=Subquery(own.values("assessor_id")[:1]),
        assessor_name=Subquery(own.values("assessor__name")[:1]),
        looked_at=Subquery(own.values("looked_at")[:1]),
        to_look_at=Subquery(own.values("to_look_at")[:1]),
        reply_until=Subquery(own.values("reply_until")[:1]),
        second_asked_at=Subquery(own.values("second_asked_at")[:1]),
        second_read_at=Subquery(own.values("second_read_at")[:1]),
        open_questions=Subquery(asked[:1]),
        extension_until=Subquery(extra.values("until_on")[:1]),
    )


def _sorted(rows: QuerySet[Report], sort: str) -> QuerySet[Report]:
    name = sort.removeprefix("-")
    order: tuple[str, ...] = SORTS.get(name, SORTS["age"])
    if sort.startswith("-"):
        order = tuple(f"-{field}" for field in order)
    return rows.order_by(*order)


def _row(report: Any, today: dt.date) -> QueueRow:
    handed_in = report.submitted_at
    return QueueRow(
        report_id=report.pk,
        company=report.organisation.name,
        year=str(report.year),
        year_number=report.year.number,
        report_year=report.report_year,
        situation=report.situation,
        state=report.state,
        state_label=report.get_state_display(),
        age_days=max((today - handed_in.date()).days, 0) if handed_in else None,
        assessor_id=report.assessor_id,
        assessor=report.assessor_name or "",
        open_questions=report.open_questions or 0,
        looked_at=report.looked_at or 0,
        to_look_at=report.to_look_at or 0,
        waits_for_reader=report.second_asked_at is not None and report.second_read_at is None,
        reply_until=report.reply_until if report.state == ReportState.PROVISIONAL else None,
        extension_until=report.extension_until,
        delivered=handed_in is not None,
    )


def file_exists(actor: Actor, report_id: int) -> bool:
    """The actor may see the file of this report."""
    return visible_files(actor).filter(pk=report_id).exists()


def assessors() -> list[Person]:
    """The people of the secretariat who may assess."""
    roles = [r.value for r in SECRETARIAT_ROLES]
    ids = Appointment.objects.filter(role__in=roles, ended_at__isnull=True).values("person_id")
    return list(Person.objects.filter(pk__in=ids, is_active=True).order_by("name", "pk"))


def open_question_count(actor: Actor) -> int:
    """How many answers of companies wait to be read by this assessor: questions answered in reports in hand."""
    mine = visible_assessments(actor).filter(assessor_id=actor.person_id, report__state__in=IN_QUEUE)
    return Remark.objects.filter(Q(assessment__in=mine), kind=RemarkKind.QUESTION, answered_at__isnull=True).count()
