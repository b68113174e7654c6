"""Who owes a report for a covenant year, and which report of that company it is, from dated facts only.

The history that counts is the company's own. When members merge into another, their membership ends and the receiving
company keeps its own count; a company that is new goes by the day it joined itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toetssteen.core.frameworks import Pack, YearCalendar
from toetssteen.core.frameworks.years import FULL_YEARS, REPORTING_YEARS, whole_months

MEMBER = "member"
SUSPENDED = "suspended"


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time in which a company was a member or suspended; `ends_on` is the first day it no longer was.

    A suspension may lie inside a membership period or between two of them. The reason (joined, left, merged,
    excluded...) is for people; it changes nothing here.
    """

    starts_on: date
    ends_on: date | None = None
    state: str = MEMBER
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError(f"A membership period cannot end on {self.ends_on}, before it starts on {self.starts_on}.")
        if self.state not in (MEMBER, SUSPENDED):
            raise ValueError(f"A membership period is '{MEMBER}' or '{SUSPENDED}', not '{self.state}'.")

    def holds(self, day: date) -> bool:
        """The day lies in this period."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, order=True)
class DatedSituation:
    """The purchase situation of a company from a day on, until the next one."""

    from_on: date
    situation: str


@dataclass(frozen=True)
class ReportingRules:
    """What decides about reports: the covenant year, who owes one, how years are counted, and from when."""

    calendar: YearCalendar
    report_profiles: frozenset[str]
    method: str = REPORTING_YEARS
    since: date | None = None


def reporting_rules(pack: Pack, since: date | None = None) -> ReportingRules:
    """The rules of a pack; counting starts with the covenant, or on another day when earlier terms count too."""
    return ReportingRules(
        calendar=pack.settings.calendar,
        report_profiles=pack.report_profiles,
        method=pack.settings.membership_year_method.value,
        since=since or pack.framework.valid_from,
    )


def is_member(periods: Iterable[Period], day: date) -> bool:
    """A member on this day, and not suspended."""
    here = [period.state for period in periods if period.holds(day)]
    return MEMBER in here and SUSPENDED not in here


def joined_on(periods: Iterable[Period], day: date) -> date | None:
    """The day on which the membership of this day began; leaving and coming back begins anew, a suspension does not.

    None when the company has no period on this day.
    """
    spell = next(
        (spell for spell in _spells(periods) if spell[0] <= day and (spell[1] is None or day < spell[1])), None
    )
    return spell[0] if spell else None


def _spells(periods: Iterable[Period]) -> list[tuple[date, date | None]]:
    """Unbroken stretches of time, periods that touch or overlap joined together."""
    spells: list[tuple[date, date | None]] = []
    for period in sorted(periods, key=lambda period: period.starts_on):
        if spells and (spells[-1][1] is None or period.starts_on <= spells[-1][1]):
            start, end = spells[-1]
            later = None if end is None or period.ends_on is None else max(end, period.ends_on)
            spells[-1] = (start, later)
        else:
            spells.append((period.starts_on, period.ends_on))
    return spells


def situation_on(situations: Iterable[DatedSituation], day: date) -> str | None:
    """The purchase situation that held on this day; None before the first one."""
    held = [dated for dated in situations if dated.from_on <= day]
    return max(held, key=lambda dated: dated.from_on).situation if held else None


def report_due(calendar: YearCalendar, periods: Sequence[Period], year_end: date, *, situation_importing: bool) -> bool:
    """A report is due from an importer that joined by the cut-off and is a member on the last day of the year.

    Who is suspended on that day owes none.
    """
    if not situation_importing or not is_member(periods, year_end):
        return False
    joined = joined_on(periods, year_end)
    return joined is not None and not calendar.joined_late(joined, year_end)


def reports_due(
    rules: ReportingRules, periods: Sequence[Period], situations: Sequence[DatedSituation], year_end: date
) -> tuple[date, ...]:
    """The year ends, up to and including this one, for which the company owed a report.

    The situation on the last day of a year decides for that year.
    """
    if not periods:
        return ()
    first = min(period.starts_on for period in periods)
    first = max(first, rules.since) if rules.since else first
    return tuple(
        end
        for end in rules.calendar.year_ends(first, year_end)
        if report_due(
            rules.calendar,
            periods,
            end,
            situation_importing=situation_on(situations, end) in rules.report_profiles,
        )
    )


def report_year_number(
    rules: ReportingRules, periods: Sequence[Period], situations: Sequence[DatedSituation], year_end: date
) -> int | None:
    """Which report of this company the one for this year is; None when it owes none.

    By `reporting_years` it is the count of reports owed so far, also those from before it left and came back. By
    `full_years_min_1` it is the number of full years of membership (time away not counted), at least 1.
    ValueError for any other method.
    """
    owed = reports_due(rules, periods, situations, year_end)
    if year_end not in owed:
        return None
    if rules.method == REPORTING_YEARS:
        return len(owed)
    if rules.method == FULL_YEARS:
        return max(1, _months_of_membership(periods, year_end) // 12)
    raise ValueError(f"There is no way '{rules.method}' of counting report years.")


def _months_of_membership(periods: Sequence[Period], year_end: date) -> int:
    """Whole months of membership up to and including the year end, each unbroken stretch rounded down."""
    until = year_end + timedelta(days=1)
    months = 0
    for start, end in _spells(periods):
        stop = until if end is None else min(end, until)
        if start < stop:
            months += whole_months(start, stop)
    return months


def exemption(pack: Pack, profile: str, periods: Sequence[Period], year_end: date) -> str | None:
    """The id of the exemption that lifts a member's report for this year; None when one is due or it is no member."""
    if not is_member(periods, year_end):
        return None
    found = pack.exemption(profile, joined_on(periods, year_end), year_end)
    return found.id if found else None
