"""A covenant year at a glance: every company, whether it owes a report, how far it is, and what was decided."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max

from toetssteen.assessment import permissions, results
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision
from toetssteen.assessment.queries.outcomes import YearDecision, decisions_of_year
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Text
from toetssteen.core.scoring import Proposal
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.organisations import queries as organisation_queries
from toetssteen.organisations.models import Organisation
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

EXEMPT, WAITING, BUSY, PROVISIONAL, DECIDED, UNDELIVERED = (
    "exempt",
    "waiting",
    "busy",
    "provisional",
    "decided",
    "undelivered",
)


@dataclass(frozen=True)
class YearRow:
    """One company in one covenant year."""

    organisation_id: int
    reference: str
    name: str
    situation: str
    report_year: int | None
    exemption: Text | None
    report_id: int | None
    state: str
    group: str
    submitted_at: dt.datetime | None
    provisional_colour: str
    decision: YearDecision | None
    reminded_at: dt.datetime | None

    @property
    def total(self) -> Decimal | None:
        return self.decision.total if self.decision else None

    @property
    def colour(self) -> str:
        return self.decision.colour if self.decision else ""

    @property
    def is_due(self) -> bool:
        return self.report_year is not None

    @property
    def state_label(self) -> str:
        return str(ReportState(self.state).label) if self.state and self.state != ReportState.DRAFT else ""


def year_rows(actor: Actor, year: CovenantYear) -> list[YearRow]:
    """Every company that was a member or owes a report in this year, by name; the secretariat only, in few queries."""
    if not permissions.can_view_year(actor):
        return []
    pack = pack_of(year)
    histories = organisation_queries.histories()
    numbers = organisation_queries.report_numbers(year, pack, histories)
    without = {pk: history for pk, history in histories.items() if pk not in numbers}
    exempt = organisation_queries.exemptions_in(year, pack, without)
    reports = {r.organisation_id: r for r in Report.objects.filter(year=year)}
    decisions = {d.organisation_id: d for d in decisions_of_year(year.number)}
    ids = {*numbers, *exempt, *decisions}
    provisional = _provisional(year)
    reminded = dict(
        permissions.visible_reminders(actor)
        .filter(year=year)
        .order_by()
        .values_list("organisation_id")
        .annotate(last=Max("sent_at"))
    )
    texts = {e.id: e.text for e in pack.exemptions}
    rows = []
    named = Organisation.objects.filter(pk__in=ids).order_by("name", "pk").values_list("pk", "reference", "name")
    for pk, reference, name in named:
        report = reports.get(pk)
        decision = decisions.get(pk)
        due = pk in numbers or decision is not None
        handed_in = report if report is not None and report.state != ReportState.DRAFT else None
        rows.append(
            YearRow(
                organisation_id=pk,
                reference=reference,
                name=name,
                situation=histories[pk].situation(year.ends_on) if pk in histories else "",
                report_year=numbers.get(pk) or (decision.report_year if decision else None),
                exemption=None if due else texts.get(exempt.get(pk, "")),
                report_id=handed_in.pk if handed_in else None,
                state=handed_in.state if handed_in else "",
                group=_group(due, handed_in, decision),
                submitted_at=handed_in.submitted_at if handed_in else None,
                provisional_colour=provisional.get(pk, ""),
                decision=decision,
                reminded_at=reminded.get(pk),
            )
        )
    return rows


def _provisional(year: CovenantYear) -> dict[int, str]:
    rows = Decision.objects.filter(
        kind=DecisionKind.PROVISIONAL,
        assessment__report__year=year,
        assessment__report__state=ReportState.PROVISIONAL,
    ).order_by("number")
    return dict(rows.values_list("assessment__report__organisation_id", "colour"))


def _group(due: bool, report: Report | None, decision: YearDecision | None) -> str:
    if not due:
        return EXEMPT
    if decision is not None:
        return DECIDED
    if report is None:
        return UNDELIVERED
    if report.state == ReportState.PROVISIONAL:
        return PROVISIONAL
    return WAITING if report.state == ReportState.SUBMITTED else BUSY


@dataclass(frozen=True)
class YearCounts:
    """How many companies stand where."""

    companies: int
    due: int
    exempt: int
    undelivered: int
    in_hand: int
    decided: int
    colours: tuple[tuple[str, int], ...]


def year_counts(rows: Sequence[YearRow], colours: Sequence[str]) -> YearCounts:
    """Counts over the whole year, whatever filter is on the screen."""
    groups = Counter(row.group for row in rows)
    decided = Counter(row.colour for row in rows if row.colour)
    return YearCounts(
        companies=len(rows),
        due=len(rows) - groups[EXEMPT],
        exempt=groups[EXEMPT],
        undelivered=groups[UNDELIVERED],
        in_hand=groups[WAITING] + groups[BUSY] + groups[PROVISIONAL],
        decided=groups[DECIDED],
        colours=tuple((colour, decided[colour]) for colour in colours),
    )


def filtered(rows: Sequence[YearRow], filters: dict[str, Any]) -> list[YearRow]:
    """The rows that a filter asks for: `group`, `colour`, `search`."""
    search = str(filters.get("search") or "").casefold().strip()
    return [
        row
        for row in rows
        if (not filters.get("group") or row.group == filters["group"])
        and (not filters.get("colour") or row.colour == filters["colour"])
        and (not search or search in row.name.casefold() or search in row.reference.casefold())
    ]


SORTS: dict[str, Callable[[YearRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "year": lambda row: (row.report_year or 0, row.name.casefold()),
    "state": lambda row: (row.group, row.name.casefold()),
    "score": lambda row: (row.total if row.total is not None else Decimal(-1), row.name.casefold()),
    "colour": lambda row: (row.colour, row.name.casefold()),
}


def sorted_rows(rows: Sequence[YearRow], sort: str) -> list[YearRow]:
    """The rows in the order that the reader asked for."""
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["name"]), reverse=sort.startswith("-"))


def undelivered_proposal(year: CovenantYear, row: YearRow) -> Proposal:
    """What the rule proposes for a report that did not arrive."""
    filing = results.Filing(
        profile=row.situation, report_year=row.report_year or 1, year_end=year.ends_on, delivered=False
    )
    return results.outcome(pack_of(year), filing, {}).proposal
