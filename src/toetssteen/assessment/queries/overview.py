"""A covenant year at a glance: every company, whether it owes a report, how far it is, and what was decided."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet

from toetssteen.assessment import permissions, results
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision
from toetssteen.assessment.queries.outcomes import YearDecision, decided_in, decisions_of_year, decisions_on
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Text
from toetssteen.core.scoring import Proposal
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations import queries as organisation_queries
from toetssteen.organisations.models import Organisation
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

FEW = 200  # so many companies may be named one by one in a query
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


class YearLine(NamedTuple):
    """What counts, filters and orders need to know about one company; the rest is read for what is shown."""

    organisation_id: int
    reference: str
    name: str
    report_year: int | None
    is_due: bool
    group: str
    colour: str
    total: Decimal | None
    report_id: int | None
    state: str


class _Known(Protocol):
    """What lines and rows have in common."""

    @property
    def reference(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def report_year(self) -> int | None: ...
    @property
    def group(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def total(self) -> Decimal | None: ...


Known = TypeVar("Known", bound=_Known)


@prepared
def _named() -> QuerySet[Any]:
    return Organisation.objects.order_by("name", "pk").values_list("pk", "reference", "name")


@prepared
def _reports_in(year_id: int) -> QuerySet[Any]:
    return Report.objects.filter(year_id=year_id).order_by().values_list("organisation_id", "pk", "state")


def year_lines(year: CovenantYear) -> list[YearLine]:
    """Every company that was a member or owes a report in this year, by name; for who may see the year."""
    stand = organisation_queries.standing_in(year, pack_of(year))
    reports = {
        organisation_id: (pk, state)
        for organisation_id, pk, state in _reports_in(year.pk)
        if state != ReportState.DRAFT
    }
    decided = decided_in(year.number)
    lines = []
    for pk, reference, name in _named():
        number, decision = stand.numbers.get(pk), decided.get(pk)
        due = number is not None or decision is not None
        if not due and pk not in stand.exempt:
            continue
        report_id, state = reports.get(pk, (None, ""))
        lines.append(
            YearLine(
                pk, reference, name,
                number or (decision.report_year if decision else None), due, _group(due, state, decision is not None),
                decision.colour if decision else "", decision.total if decision else None, report_id, state,
            )
        )  # fmt: skip
    return lines


def year_rows(actor: Actor, year: CovenantYear) -> list[YearRow]:
    """Every company that was a member or owes a report in this year, by name; the secretariat only, in few queries."""
    if not permissions.can_view_year(actor):
        return []
    lines = year_lines(year)
    return _rows(actor, year, lines, decisions_of_year(year.number))


@dataclass(frozen=True)
class YearPage:
    """What the overview shows: one page of rows, how many there are, and the counts of the whole year."""

    page: Page[YearRow]
    total: int
    counts: YearCounts


def year_page(
    actor: Actor,
    year: CovenantYear,
    *,
    colours: Sequence[str],
    filters: dict[str, Any],
    sort: str,
    number: Any,
    per_page: int,
) -> YearPage:
    """One page of the year; everything about a company is read only for the companies that are shown."""
    lines = year_lines(year) if permissions.can_view_year(actor) else []
    wanted = sorted_rows(filtered(lines, filters), sort)
    page: Any = Paginator(wanted, per_page).get_page(number)
    shown: list[YearLine] = list(page.object_list)
    decisions = decisions_on([line.report_id for line in shown if line.group == DECIDED and line.report_id])
    page.object_list = _rows(actor, year, shown, decisions)
    return YearPage(page=page, total=len(wanted), counts=year_counts(lines, colours))


def _rows(
    actor: Actor, year: CovenantYear, lines: Sequence[YearLine], decided: Sequence[YearDecision]
) -> list[YearRow]:
    """These lines with all that a page or a file says about them."""
    pack = pack_of(year)
    stand = organisation_queries.standing_in(year, pack)
    decisions = {d.organisation_id: d for d in decided}
    provisional = _provisional(year) if any(line.group == PROVISIONAL for line in lines) else {}
    submitted = dict(_submitted([line.report_id for line in lines if line.report_id is not None]))
    reminded = _reminded(actor, year, [line.organisation_id for line in lines])
    texts = {e.id: e.text for e in pack.exemptions}
    return [
        YearRow(
            organisation_id=(pk := line.organisation_id),
            reference=line.reference,
            name=line.name,
            situation=stand.histories[pk].situation(year.ends_on) if pk in stand.histories else "",
            report_year=line.report_year,
            exemption=None if line.is_due else texts.get(stand.exempt.get(pk, "")),
            report_id=line.report_id,
            state=line.state,
            group=line.group,
            submitted_at=submitted.get(line.report_id) if line.report_id else None,
            provisional_colour=provisional.get(pk, ""),
            decision=decisions.get(pk),
            reminded_at=reminded.get(pk),
        )
        for line in lines
    ]


@prepared
def _submitted_at(report_ids: list[int]) -> QuerySet[Any]:
    return Report.objects.filter(pk__in=report_ids).order_by().values_list("pk", "submitted_at")


def _submitted(report_ids: list[int]) -> Iterable[tuple[int, dt.datetime]]:
    return _submitted_at(report_ids) if report_ids else []


def _reminded(actor: Actor, year: CovenantYear, organisation_ids: list[int]) -> dict[int, dt.datetime]:
    rows = permissions.visible_reminders(actor).filter(year=year)
    if len(organisation_ids) <= FEW:
        rows = rows.filter(organisation_id__in=organisation_ids)
    return dict(rows.order_by().values_list("organisation_id").annotate(last=Max("sent_at")))


def _provisional(year: CovenantYear) -> dict[int, str]:
    rows = Decision.objects.filter(
        kind=DecisionKind.PROVISIONAL,
        assessment__report__year=year,
        assessment__report__state=ReportState.PROVISIONAL,
    ).order_by("number")
    return dict(rows.values_list("assessment__report__organisation_id", "colour"))


def _group(due: bool, state: str, decided: bool) -> str:
    """Where a company stands; `state` is of the report that it handed in, empty when there is none."""
    if not due:
        return EXEMPT
    if decided:
        return DECIDED
    if not state:
        return UNDELIVERED
    if state == ReportState.PROVISIONAL:
        return PROVISIONAL
    return WAITING if state == ReportState.SUBMITTED else BUSY


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


def year_counts(rows: Sequence[_Known], colours: Sequence[str]) -> YearCounts:
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


def filtered(rows: Sequence[Known], filters: dict[str, Any]) -> list[Known]:
    """The rows that a filter asks for: `group`, `colour`, `search`."""
    search = str(filters.get("search") or "").casefold().strip()
    return [
        row
        for row in rows
        if (not filters.get("group") or row.group == filters["group"])
        and (not filters.get("colour") or row.colour == filters["colour"])
        and (not search or search in row.name.casefold() or search in row.reference.casefold())
    ]


SORTS: dict[str, Callable[[Any], Any]] = {
    "name": lambda row: row.name.casefold(),
    "year": lambda row: (row.report_year or 0, row.name.casefold()),
    "state": lambda row: (row.group, row.name.casefold()),
    "score": lambda row: (row.total if row.total is not None else Decimal(-1), row.name.casefold()),
    "colour": lambda row: (row.colour, row.name.casefold()),
}


def sorted_rows(rows: Sequence[Known], sort: str) -> list[Known]:
    """The rows in the order that the reader asked for."""
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["name"]), reverse=sort.startswith("-"))


def undelivered_proposal(year: CovenantYear, row: YearRow) -> Proposal:
    """What the rule proposes for a report that did not arrive."""
    filing = results.Filing(
        profile=row.situation, report_year=row.report_year or 1, year_end=year.ends_on, delivered=False
    )
    return results.outcome(pack_of(year), filing, {}).proposal
