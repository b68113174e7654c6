"""The way to green: of the report that is being made, and of the year after it, with the company's own planning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from toetssteen.core.frameworks import Pack, YearRule
from toetssteen.core.scoring import asked
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import hooks
from toetssteen.foundation.prepared import prepared
from toetssteen.reporting import ahead, completeness, queries
from toetssteen.reporting.completeness import ReportState
from toetssteen.reporting.estimate import Estimate, Standing
from toetssteen.reporting.missing import Path, path_to_green
from toetssteen.reporting.models import PathStep, Report
from toetssteen.reporting.planning import Own, Planned, hours_of, planned


@dataclass(frozen=True)
class Way:
    """One year: where the company stands, what is missing for green, and when it does what."""

    report: Report
    year: CovenantYear
    pack: Pack
    standing: Standing
    path: Path
    rows: Sequence[Planned]
    due_on: dt.date
    seen: int  # the versions of what the company planned, as they were read
    is_closed: bool = False  # handed in: nothing of it can be changed now
    is_ahead: bool = False
    is_open: bool = True  # the covenant year was opened, so its days and demands are sure
    to_hand_in: int = 0  # what stops the report from being handed in
    hand_in_minutes: int = 0

    @cached_property
    def estimate(self) -> Estimate:
        """Score and colour as it stands."""
        return self.standing.estimate(self.pack)

    @property
    def rule(self) -> YearRule:
        """What the year demands."""
        return self.pack.rule(self.standing.profile, self.standing.report_year)

    @property
    def minutes(self) -> int:
        """About how long everything takes, handing in too."""
        return sum(row.minutes for row in self.rows) + self.hand_in_minutes

    @property
    def minutes_alone(self) -> int:
        """The same without what stands on the list of this year already."""
        return sum(row.minutes for row in self.rows if not row.also_this_year) + self.hand_in_minutes

    @property
    def hours(self) -> Decimal:
        """The same in hours."""
        return hours_of(self.minutes)

    @property
    def late(self) -> int:
        """How many steps are planned after the last day."""
        return sum(row.is_late for row in self.rows)

    @property
    def keys(self) -> frozenset[str]:
        """The names of the steps."""
        return frozenset(row.step.key for row in self.rows)


@dataclass(frozen=True)
class _Saved:
    """What a company planned for one covenant year."""

    own: Mapping[str, Own] = field(default_factory=dict)
    seen: int = 0


@prepared
def _steps(organisation_id: int, first: int, last: int) -> QuerySet[PathStep]:
    rows = PathStep.objects.filter(organisation_id=organisation_id)
    return rows.filter(year_number__gte=first, year_number__lte=last).order_by("pk")


def saved_steps(organisation_id: int, year_number: int) -> dict[int, _Saved]:
    """What a company planned for a covenant year and the one after it; one query."""
    rows = _steps(organisation_id, year_number, year_number + 1)
    found = {}
    for number in (year_number, year_number + 1):
        mine = [row for row in rows if row.year_number == number]
        own = {row.key: Own(row.minutes, row.planned_on) for row in mine}
        found[number] = _Saved(own, sum(row.row_version for row in mine))
    return found


def open_until(report: Report) -> dt.date:
    """The last day on which the company can still do something for its report: extra time counts too."""
    later = [day for day in hooks.said("report.open_until", report_id=report.pk) if day is not None]
    return max([report.due_on, *later])


def way_of(report: Report, state: ReportState, saved: _Saved, today: dt.date) -> Way:
    """The way to green of the report itself; one that was handed in has none."""
    closed = not queries.is_editable(report)
    path, due_on = queries.path_of(state, today), open_until(report)
    stops = [] if closed else completeness.stops(completeness.findings(state))
    to_read = {f.place_id for f in stops if f.place == "question"}
    questions = asked(state.pack, state.profile, state.report_year, state.facts, state.variant)
    effort = state.pack.effort
    return Way(
        report=report,
        year=report.year,
        pack=state.pack,
        standing=state.standing,
        path=path,
        rows=[] if closed else planned(path, saved.own, first=today, last=due_on),
        due_on=due_on,
        seen=saved.seen,
        is_closed=closed,
        to_hand_in=len(stops),
        hand_in_minutes=0
        if closed
        else effort.hand_in + sum(effort.to_read(q.answer.kind) for q in questions if q.id in to_read),
    )


def way_ahead(report: Report, standing: Standing, saved: _Saved, today: dt.date, this: Way) -> Way:
    """The way to green of the year after, if the company keeps what it has today."""
    coming = ahead.ahead_of(report, standing)
    first = max(today, coming.year.starts_on)  # what belongs to that year is done in it
    path = path_to_green(coming.pack, coming.standing, first)
    due_on = coming.year.report_due_on
    return Way(
        report=report,
        year=coming.year,
        pack=coming.pack,
        standing=coming.standing,
        path=path,
        rows=planned(path, saved.own, first=first, last=due_on, this_year=this.keys),
        due_on=due_on,
        seen=saved.seen,
        is_ahead=True,
        is_open=coming.is_open,
    )


def ways_of(report: Report, today: dt.date) -> tuple[Way, Way]:
    """Both years; the same number of queries for any report."""
    state = queries.state_of(report)
    saved = saved_steps(report.organisation_id, report.year.number)
    this = way_of(report, state, saved[report.year.number], today)
    return this, way_ahead(report, state.standing, saved[report.year.number + 1], today, this)
