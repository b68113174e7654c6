"""The covenant year: when it starts and ends, and who joined too late for it."""

from __future__ import annotations

import calendar as _calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; a day that month does not have becomes its last day.

    >>> add_months(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class MonthDay:
    """A day that comes back every year, such as 30 June."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """Read 'MM-DD'; 29 February is refused because it does not come back every year."""
        try:
            month, day = (int(part) for part in str(text).split("-"))
            date(2001, month, day)
        except ValueError as error:
            raise ValueError(f"'{text}' is not a day of the year written as MM-DD.") from error
        return cls(month, day)

    def in_year(self, year: int) -> date:
        """This day in a calendar year."""
        return date(year, self.month, self.day)

    def on_or_before(self, day: date) -> date:
        """The last time this day came, seen from `day`."""
        here = self.in_year(day.year)
        return here if here <= day else self.in_year(day.year - 1)


@dataclass(frozen=True)
class YearCalendar:
    """The covenant year of the pack: first day, and the last day on which a member may join and still owe a report."""

    starts: MonthDay
    cut_off: MonthDay | None = None

    def bounds(self, day: date) -> tuple[date, date]:
        """First and last day of the covenant year that contains this day."""
        start = self.starts.on_or_before(day)
        return start, self.starts.in_year(start.year + 1) - ONE_DAY

    def year_end(self, day: date) -> date:
        """Last day of the covenant year that contains this day."""
        return self.bounds(day)[1]

    def next_year_end(self, year_end: date) -> date:
        """Last day of the covenant year that follows."""
        return self.year_end(year_end + ONE_DAY)

    def year_ends(self, first_day: date, last_day: date) -> tuple[date, ...]:
        """All covenant year ends from the first day to the last day, both included."""
        ends, end = [], self.year_end(first_day)
        while end <= last_day:
            ends.append(end)
            end = self.next_year_end(end)
        return tuple(ends)

    def cut_off_in(self, year_end: date) -> date:
        """The last day on which joining still means a report for the year that ends on this day."""
        return self.cut_off.on_or_before(year_end) if self.cut_off else year_end

    def joined_late(self, joined_on: date, year_end: date) -> bool:
        """Joined in the covenant year that ends on this day (or after it), and after its cut-off."""
        return joined_on > self.cut_off_in(year_end)

    def agreed_date_limit(self, year_end: date, months: int) -> date:
        """The last day on which an agreed improvement date may lie, so many months after year end."""
        return add_months(year_end + ONE_DAY, months) - ONE_DAY

    def owed_ends(self, joined_on: date, year_end: date, since: date | None = None) -> tuple[date, ...]:
        """The year ends up to this one, from `since`, for which who joined on this day and stayed owes a report."""
        first = max(joined_on, since) if since else joined_on
        return tuple(end for end in self.year_ends(first, year_end) if not self.joined_late(joined_on, end))


REPORTING_YEARS = "reporting_years"
FULL_YEARS = "full_years_min_1"


def whole_months(start: date, end: date) -> int:
    """Whole months from one day to a later one, rounded down; a broken month does not count.

    >>> whole_months(date(2020, 3, 31), date(2020, 4, 30)), whole_months(date(2020, 3, 15), date(2020, 4, 14))
    (1, 0)
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}.")
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
