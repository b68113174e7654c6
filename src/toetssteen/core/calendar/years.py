"""Dates that follow from the covenant year."""

from __future__ import annotations

from datetime import date, timedelta

from toetssteen.core.frameworks import Pack, add_months
from toetssteen.core.frameworks.years import whole_months

__all__ = ["covenant_year", "default_extension_date", "whole_months"]


def covenant_year(pack: Pack, day: date) -> tuple[date, date]:
    """First and last day of the covenant year that contains this day."""
    return pack.settings.calendar.bounds(day)


def default_extension_date(pack: Pack, year_end: date) -> date | None:
    """The usual date for extra time: so many months after the year that ended; None when the pack gives none.

    A year that ends on 30 September with six months gives 1 April.
    """
    if pack.extension is None:
        return None
    return add_months(year_end + timedelta(days=1), pack.extension.default_months.value)
