"""What is due for a company, from every room: one list for the page, the calendar and the weekly mail."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from toetssteen.assessment import queries as assessment
from toetssteen.communication import queries as communication
from toetssteen.covenant import queries as covenant
from toetssteen.covenant.models import CovenantYear
from toetssteen.evaluation import queries as evaluation
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.prepared import prepared
from toetssteen.inquiries.choices import WAITING
from toetssteen.inquiries.models import Inquiry
from toetssteen.organisations import queries as organisations
from toetssteen.organisations.queries import History
from toetssteen.plans.models import CorrectivePlan, CorrectiveStep, Objective, Plan, PlannedAction
from toetssteen.plans.policies import CLOSED, REVIEWED
from toetssteen.reporting import presentation, ways
from toetssteen.reporting import queries as reporting
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import PathStep, Report

TALKS_KEPT = dt.timedelta(days=30)
READ_BEFORE = dt.timedelta(days=90)  # a reading this long before the last day of a goal is its reading


class Kind(StrEnum):
    """What kind of thing is due; the order is that of the page."""

    REPORT = "report"
    REPLY = "reply"
    TALK = "talk"
    STEP = "step"
    ACTION = "action"
    CORRECTION = "correction"
    EVALUATION = "evaluation"
    TELLING = "telling"
    SUPPLIER = "supplier"


# Words that say nothing confidential: no supplier, no text of a plan, no score.
TITLES: dict[str, Any] = {
    Kind.REPORT: gettext_lazy("Hand in the report"),
    Kind.REPLY: gettext_lazy("Last day to reply to the provisional result"),
    Kind.TALK: gettext_lazy("Talk with the secretariat"),
    Kind.STEP: gettext_lazy("A step on the way to green"),
    Kind.ACTION: gettext_lazy("An action of your plan"),
    Kind.CORRECTION: gettext_lazy("An agreement with a supplier to look at"),
    Kind.EVALUATION: gettext_lazy("Read how far a goal is"),
    Kind.TELLING: gettext_lazy("Publish your public report"),
    Kind.SUPPLIER: gettext_lazy("Answers of suppliers expected"),
}
PLACES = {
    Kind.REPORT: "report_overview",
    Kind.STEP: "report_overview",
    Kind.REPLY: "company_home",
    Kind.TALK: "company_home",
    Kind.ACTION: "plan_edit",
    Kind.CORRECTION: "corrective_list",
    Kind.EVALUATION: "plan_edit",
    Kind.TELLING: "public_report_home",
    Kind.SUPPLIER: "inquiry_list",
}


@dataclass(frozen=True)
class Due:
    """One thing that is due on a day; `key` stays the same as long as it is the same thing."""

    key: str
    kind: Kind
    on: dt.date
    url: str
    about: str = ""  # a year; never a name of somebody else
    count: int = 1
    organisation: str = ""
    detail: str = ""  # which one it is, in the company's own words: for its page alone, never in a calendar or a mail

    @property
    def title(self) -> str:
        """What it is, in words that anybody may read over one's shoulder."""
        words = f"{TITLES[self.kind]} {self.about}".strip()
        return f"{words} ({self.count})" if self.count > 1 else words


def due_of(organisation_id: int, today: dt.date, *, organisation: str = "") -> list[Due]:
    """Everything that is due for one company, the earliest first; as many queries however much there is."""
    year = covenant.choose_current(covenant.years(), today)
    if year is None:
        return []
    report, history = reporting.report_of(organisation_id, year.pk), organisations.history_of(organisation_id)
    found = [
        *_reports(organisation_id, history, year, report, today),
        *_assessment(organisation_id, today),
        *_steps(organisation_id, year, report, today),
        *_actions(organisation_id),
        *_corrections(organisation_id),
        *_evaluations(organisation_id),
        *_telling(organisation_id, history, year, today),
        *_suppliers(organisation_id, today),
    ]
    named = [Due(**{**vars(row), "organisation": organisation}) for row in found] if organisation else found
    return sorted(named, key=lambda row: (row.on, list(Kind).index(row.kind), row.key))


def _place(kind: Kind) -> str:
    return reverse(PLACES[kind])


def _reports(
    organisation_id: int, history: History, year: CovenantYear, report: Report | None, today: dt.date
) -> Iterator[Due]:
    """The report that is being made, and that of the year now running once it is opened."""
    years = [year, *(later for later in covenant.years() if later.number == year.number + 1)]
    for each in years:
        if history.number(each, covenant.pack_of(each)) is None:
            continue
        key, on = f"report-{organisation_id}-{each.number}", each.report_due_on
        if each.pk == year.pk and report is not None:
            if not reporting.is_editable(report):
                continue
            on = ways.open_until(report)
        yield Due(key, Kind.REPORT, on, _place(Kind.REPORT), str(each))


def _assessment(organisation_id: int, today: dt.date) -> Iterator[Due]:
    """Until when the company can reply, and talks that are still to come or were held lately."""
    side = assessment.for_company(organisation_id)
    if side is None:
        return
    url = reverse("assessment_company", args=[side.report.pk])
    if side.report.state == ReportState.PROVISIONAL and side.reply_until is not None:
        yield Due(f"reply-{side.report.pk}", Kind.REPLY, side.reply_until, url, str(side.report.year))
    for talk in side.talks:
        if talk.held_on >= today - TALKS_KEPT:
            yield Due(f"talk-{talk.pk}", Kind.TALK, talk.held_on, url)


@prepared
def _planned_steps(organisation_id: int, first: int, last: int) -> QuerySet[PathStep]:
    rows = PathStep.objects.filter(organisation_id=organisation_id, planned_on__isnull=False)
    return rows.filter(year_number__gte=first, year_number__lte=last).order_by("pk")


def _steps(organisation_id: int, year: CovenantYear, report: Report | None, today: dt.date) -> Iterator[Due]:
    """The steps to green that the company planned itself, as long as they are still to be done."""
    if report is None:
        return
    steps = _planned_steps(organisation_id, year.number, year.number + 1)
    if not steps:
        return
    still_open = {
        (way.year.number, row.step.key): (way, row.step) for way in ways.ways_of(report, today) for row in way.rows
    }
    url, language = reverse("report_path", args=[report.pk]), get_language() or "nl"
    for step in steps:
        found = still_open.get((step.year_number, step.key))
        if step.planned_on is not None and found is not None:
            words = presentation.step_row(report, found[0].year, found[0].pack, found[1], language)
            yield Due(f"step-{step.pk}", Kind.STEP, step.planned_on, url, detail=str(words["title"]))


def _newest_plan(organisation_id: int) -> Subquery:
    """The plan that counts now: what was left open in an older one was carried over, or ended."""
    return Subquery(Plan.objects.filter(organisation_id=organisation_id).order_by("-year__number").values("pk")[:1])


@prepared
def _open_actions(organisation_id: int) -> QuerySet[Any]:
    rows = PlannedAction.objects.filter(
        objective__plan_id=_newest_plan(organisation_id), objective__removed_at__isnull=True, due_on__isnull=False
    ).exclude(state__in=CLOSED)  # fmt: skip
    return rows.order_by("pk").values_list("pk", "due_on", "text")


def _actions(organisation_id: int) -> Iterator[Due]:
    """Open actions of the newest plan; what was carried over from an older one stands there again."""
    for pk, on, text in _open_actions(organisation_id):
        yield Due(f"action-{pk}", Kind.ACTION, on, _place(Kind.ACTION), detail=text)


def _corrections(organisation_id: int) -> Iterator[Due]:
    """Agreements with suppliers to look at again, and steps of them that are still open."""
    url = _place(Kind.CORRECTION)
    for pk, on, supplier in _reviews(organisation_id):
        yield Due(f"review-{pk}", Kind.CORRECTION, on, url, detail=supplier)
    for pk, on, supplier, text in _open_steps(organisation_id):
        yield Due(f"agreed-{pk}", Kind.CORRECTION, on, url, detail=f"{supplier}: {text}")


@prepared
def _reviews(organisation_id: int) -> QuerySet[Any]:
    rows = CorrectivePlan.objects.filter(organisation_id=organisation_id, state__in=REVIEWED)
    return rows.order_by("pk").values_list("pk", "review_on", "supplier_name")


@prepared
def _open_steps(organisation_id: int) -> QuerySet[Any]:
    rows = CorrectiveStep.objects.filter(
        plan__organisation_id=organisation_id, plan__state__in=REVIEWED, plan__removed_at__isnull=True
    )
    rows = rows.exclude(state__in=CLOSED).order_by("pk")
    return rows.values_list("pk", "due_on", "plan__supplier_name", "text")


@prepared
def _goals(organisation_id: int) -> QuerySet[Objective]:
    rows = Objective.objects.filter(plan_id=_newest_plan(organisation_id), deadline__isnull=False)
    return rows.select_related("plan__year").order_by("pk")


def _evaluations(organisation_id: int) -> Iterator[Due]:
    """Goals of the newest plan to read on their last day, unless that was done in the weeks before it or since."""
    goals = list(_goals(organisation_id))
    read = evaluation.history(goals)
    for goal in goals:
        on = goal.deadline
        measured = [reading.measured_on for year in read.get(goal.pk, ()) for reading in year.standing]
        if on is not None and not any(day >= on - READ_BEFORE for day in measured):
            url = reverse("plan_year", args=[goal.plan.year.number])
            yield Due(f"evaluation-{goal.pk}", Kind.EVALUATION, on, url, detail=goal.text)


def _telling(organisation_id: int, history: History, year: CovenantYear, today: dt.date) -> Iterator[Due]:
    """The last day on which a first or a new report to the public is in time."""
    due_on = communication.standing_of(organisation_id, year, today, history=history).check.due_on
    if due_on is not None:
        yield Due(f"telling-{organisation_id}-{due_on.isoformat()}", Kind.TELLING, due_on, _place(Kind.TELLING))


@prepared
def _waiting(organisation_id: int) -> QuerySet[Any]:
    rows = Inquiry.objects.filter(organisation_id=organisation_id, state__in=WAITING, expires_at__isnull=False)
    return rows.order_by("expires_at").values_list("expires_at", flat=True)


def _suppliers(organisation_id: int, today: dt.date) -> Iterator[Due]:
    """On which day how many answers of suppliers are expected at the latest; a link that ended is not due any more."""
    days = Counter(timezone.localdate(moment) for moment in _waiting(organisation_id))
    for on, count in days.items():
        if on >= today:
            key = f"supplier-{organisation_id}-{on.isoformat()}"
            yield Due(key, Kind.SUPPLIER, on, _place(Kind.SUPPLIER), count=count)


# --- for the page and the mail


@dataclass(frozen=True)
class Line:
    """How much of one kind is due, for the mail: numbers and a link."""

    kind: Kind
    count: int
    late: int
    first: dt.date
    url: str

    @property
    def words(self) -> str:
        """Such as: 3 actions of your plan, 1 late."""
        said = _words(self.kind, self.count)
        if self.late:
            said += ", " + ngettext("%(n)s of them late", "%(n)s of them late", self.late) % {"n": self.late}
        return said


def _words(kind: Kind, count: int) -> str:
    words = {
        Kind.REPORT: ngettext("%(n)s report to hand in", "%(n)s reports to hand in", count),
        Kind.REPLY: ngettext("%(n)s provisional result to reply to", "%(n)s provisional results to reply to", count),
        Kind.TALK: ngettext("%(n)s talk with the secretariat", "%(n)s talks with the secretariat", count),
        Kind.STEP: ngettext("%(n)s planned step to green", "%(n)s planned steps to green", count),
        Kind.ACTION: ngettext("%(n)s action of your plan", "%(n)s actions of your plan", count),
        Kind.CORRECTION: ngettext(
            "%(n)s agreement or step with a supplier", "%(n)s agreements or steps with suppliers", count
        ),
        Kind.EVALUATION: ngettext("%(n)s goal to read", "%(n)s goals to read", count),
        Kind.TELLING: ngettext("%(n)s public report to publish", "%(n)s public reports to publish", count),
        Kind.SUPPLIER: ngettext(
            "%(n)s answer of a supplier expected", "%(n)s answers of suppliers expected", count
        ),
    }  # fmt: skip
    return words[kind] % {"n": count}


def lines_of(rows: list[Due], today: dt.date, until: dt.date) -> list[Line]:
    """What is late or due until a day, one line per kind."""
    found = []
    for kind in Kind:
        mine = [row for row in rows if row.kind is kind and row.on <= until]
        if mine:
            late = sum(row.count for row in mine if row.on < today)
            found.append(Line(kind, sum(row.count for row in mine), late, mine[0].on, mine[0].url))
    return found


def groups_of(rows: list[Due], today: dt.date) -> list[tuple[str, list[Due]]]:
    """The list in three parts: late, the coming four weeks, and after that."""
    soon = today + dt.timedelta(days=28)
    parts = [
        (_("Late"), [row for row in rows if row.on < today]),
        (_("The coming four weeks"), [row for row in rows if today <= row.on <= soon]),
        (_("Later"), [row for row in rows if row.on > soon]),
    ]
    return [(title, part) for title, part in parts if part]
