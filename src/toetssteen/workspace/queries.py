"""What the home of a company shows: where its report stands, what the rule would say, and what asks for attention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from toetssteen.assessment import queries as assessment
from toetssteen.assessment.queries import CompanySide, YearDecision
from toetssteen.core.access import YES, Actor, Verdict
from toetssteen.core.frameworks import Pack, Share, YearRule
from toetssteen.covenant import queries as covenant
from toetssteen.covenant.models import CovenantYear
from toetssteen.organisations import queries as organisations
from toetssteen.reporting import completeness
from toetssteen.reporting import permissions as reporting_permissions
from toetssteen.reporting import queries as reporting
from toetssteen.reporting import services as reporting_services
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.estimate import Estimate
from toetssteen.reporting.missing import Path
from toetssteen.reporting.models import Report
from toetssteen.supplychain import queries as supplychain

NO_REPORT, NOT_STARTED = "no_report", "not_started"
WITH_COMPANY = frozenset({ReportState.DRAFT, ReportState.RETURNED})
GIVEN = frozenset({ReportState.PROVISIONAL, ReportState.FINAL})


@dataclass(frozen=True)
class OwnReport:
    """A company's report as it stands, with its own estimate and what still misses for green."""

    report: Report
    state: completeness.ReportState
    estimate: Estimate
    path: Path
    may_submit: Verdict


@dataclass(frozen=True)
class CompanyHome:
    """Everything on the home of one company."""

    year: CovenantYear
    years: tuple[CovenantYear, ...]
    pack: Pack
    situation: str
    report_year: int | None
    exemption: str | None
    own: OwnReport | None
    side: CompanySide | None
    elsewhere: tuple[Report, ...]
    decisions: Mapping[int, YearDecision]
    numbers: Mapping[int, int]
    coverage: Mapping[str, Share]
    may_start: Verdict
    today: dt.date

    @property
    def report(self) -> Report | None:
        """The report of the current year."""
        return self.own.report if self.own else None

    @property
    def stand(self) -> str:
        """Where the report of the current year stands: a state of the report, not started, or not due."""
        if self.own is not None:
            return str(self.own.report.state)
        return NO_REPORT if self.report_year is None else NOT_STARTED

    @property
    def due_on(self) -> dt.date:
        """The day until which the company can do something now: hand in, complete, or reply."""
        side = self.side_of_year
        if side is not None and side.reply_until is not None:
            return side.reply_until
        if side is not None and self.stand == ReportState.RETURNED:
            if side.extension is not None:
                return side.extension.until_on
            if side.request is not None:
                return side.request.due_on
        return self.own.report.due_on if self.own else self.year.report_due_on

    @property
    def days_left(self) -> int:
        """Days until then; below zero when it has passed."""
        return (self.due_on - self.today).days

    @property
    def side_of_year(self) -> CompanySide | None:
        """The assessment, if it is the one of the current year's report."""
        if self.side is None or self.own is None or self.side.report.pk != self.own.report.pk:
            return None
        return self.side

    @property
    def rule(self) -> YearRule | None:
        """What this report year demands."""
        return self.rule_of(self.year.number)

    def own_number(self, number: int) -> int | None:
        """Which report of this company belongs to a covenant year: its first, its second; None if none was due.

        For the years to come, if it hands in every year.
        """
        if number < self.year.number:
            return self.numbers.get(number)
        return None if self.report_year is None else self.report_year + number - self.year.number

    def rule_of(self, number: int) -> YearRule | None:
        """What the company must reach in a covenant year, if it keeps its situation."""
        report_year = self.own_number(number)
        if report_year is None or not self.pack.has_rule(self.situation):
            return None
        return self.pack.rule(self.situation, report_year)


def company_home(actor: Actor, *, today: dt.date) -> CompanyHome:
    """The home of the company that the actor acts for; the same number of queries however much there is."""
    assert actor.company_id is not None
    every = covenant.years()
    year = covenant.choose_current(every, today)
    if year is None:
        raise CovenantYear.DoesNotExist("No covenant year has been opened yet.")
    pack = covenant.pack_of(year)
    rows = list(reporting.reports(actor).filter(organisation_id=actor.company_id).order_by("-year__number"))
    report = next((row for row in rows if row.year_id == year.pk), None)
    own = _own(actor, report, today) if report is not None else None
    number: int | None
    exemption: str | None
    if report is not None:
        situation, number, exemption = report.situation, report.report_year, None
    else:
        history = organisations.history_of(actor.company_id)
        situation, number = history.situation(year.ends_on), history.number(year, pack)
        exemption = history.exemption(year, pack)
    return CompanyHome(
        year=year,
        years=tuple(every),
        pack=pack,
        situation=situation,
        report_year=number,
        exemption=exemption,
        own=own,
        side=assessment.for_company(actor.company_id),
        elsewhere=tuple(row for row in rows if row is not report and row.state in {"returned", "provisional"}),
        numbers={row.year.number: row.report_year for row in rows},
        decisions={decision.year_number: decision for decision in assessment.final_decisions(actor.company_id)},
        coverage=own.estimate.coverage if own else supplychain.coverage_of(actor.company_id, pack, today).shares,
        may_start=_may_start(actor, year, pack, today) if own is None else YES,
        today=today,
    )


def _own(actor: Actor, report: Report, today: dt.date) -> OwnReport:
    state = reporting.state_of(report)
    found = completeness.findings(state)
    return OwnReport(
        report=report,
        state=state,
        estimate=state.standing.estimate(state.pack),
        path=reporting.path_of(state, today),
        may_submit=reporting.submit_verdict(actor, report, found),
    )


def _may_start(actor: Actor, year: CovenantYear, pack: Pack, today: dt.date) -> Verdict:
    assert actor.company_id is not None
    verdict = reporting_services.may_start(actor.company_id, year, pack, today)
    return verdict and reporting_permissions.can_open_report(actor, actor.company_id)
