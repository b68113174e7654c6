"""Days and hours for the steps to green: what the platform suggests, and what the company made of it; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toetssteen.reporting.missing import Path
from toetssteen.reporting.todo import Step

SLACK = dt.timedelta(days=7)  # the last week is for what comes in late
ONE_DAY = dt.timedelta(days=1)
MOST_MINUTES = 60_000


@dataclass(frozen=True)
class Own:
    """What a company said itself of a step."""

    minutes: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True)
class Planned:
    """One step with how long it takes and when it is done."""

    step: Step
    minutes: int
    on: dt.date
    is_own_time: bool
    is_own_day: bool
    is_late: bool
    also_this_year: bool = False

    @property
    def hours(self) -> Decimal:
        """How long it takes in hours, as one types it."""
        return hours_of(self.minutes)


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with at most two decimals: 0.5, 1.25."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def minutes_of(hours: Decimal) -> int:
    """Hours as whole minutes."""
    return int((hours * 60).to_integral_value())


def suggested_days(minutes: Sequence[int], first: dt.date, last: dt.date) -> list[dt.date]:
    """A working day for each step, in order: the time until a week before the last day, divided by how long each takes.

    When the last day has passed, every step is for today.
    """
    until = last - SLACK if last - SLACK > first else last
    if until <= first:
        return [first] * len(minutes)
    total, done, days = sum(minutes) or 1, 0, []
    for each in minutes:
        done += each
        # The nth step is done when its part of the time has passed; the first is never before today.
        days.append(_working_day(first + dt.timedelta(days=(until - first).days * done // total), first))
    return days


def _working_day(day: dt.date, first: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend unless that lies before the first day."""
    back = day - ONE_DAY * max(0, day.weekday() - 4)
    return back if back >= first else day


def planned(
    path: Path, own: Mapping[str, Own], *, first: dt.date, last: dt.date, this_year: frozenset[str] = frozenset()
) -> list[Planned]:
    """The steps of a path in the order in which they are to be done; a day that the company chose counts first."""
    minutes = [_minutes(step, own) for step in path.steps]
    days = suggested_days(minutes, first, last)
    rows = []
    for step, takes, suggested in zip(path.steps, minutes, days, strict=True):
        said = own.get(step.key, Own())
        # What belongs to the year itself has to be done before it ends.
        end = min(last, step.until) if step.until else last
        on = said.on or min(suggested, _working_day(max(end, first), first))
        rows.append(
            Planned(
                step=step,
                minutes=takes,
                on=on,
                is_own_time=said.minutes is not None,
                is_own_day=said.on is not None,
                is_late=on > end or (said.on is None and end < first),
                also_this_year=step.key in this_year,
            )
        )
    return sorted(rows, key=lambda row: row.on)


def _minutes(step: Step, own: Mapping[str, Own]) -> int:
    said = own.get(step.key, Own()).minutes
    return step.minutes if said is None else said
