"""When a company has to tell the public about its due diligence, and whether it did, from dated facts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.years import add_months, whole_months

from .reports import Period, is_member, joined_on

MONTHS_FIRST = 12  # where the pack does not say it


class Telling(StrEnum):
    """How a company stands with its public report on a day."""

    NOT_ASKED = "not_asked"  # no member on this day, or a company that need not tell
    NOT_YET = "not_yet"  # due after the end of the covenant year
    DUE = "due"  # due before the end of the covenant year, and the day has not passed
    IN_ORDER = "in_order"
    LATE = "late"


@dataclass(frozen=True)
class PublicationCheck:
    """How it stands, with the days it rests on.

    `due_on` is the last day on which a (new) report is in time; `told_on` the newest report up to the day of the check;
    `months_late` whole months after `due_on`, 0 in the first month.
    """

    state: Telling
    first_due_on: date | None = None
    told_on: date | None = None
    due_on: date | None = None
    months_late: int = 0


def publication_check(
    periods: Iterable[Period],
    told: Iterable[date],
    on: date,
    *,
    year_end: date,
    first_due_months: int,
    max_age_months: int | None,
    is_asked: bool = True,
) -> PublicationCheck:
    """How a company stands with its public report on a day.

    The first report is due so many months after the company joined (leaving and coming back begins anew, a suspension
    does not); after that a report holds for `max_age_months`, counted from its day; with None it holds for ever.
    A report from before the company joined counts as long as it is not too old.
    """
    stretches = tuple(periods)
    joined = joined_on(stretches, on) if is_member(stretches, on) else None
    newest = max((day for day in told if day <= on), default=None)
    if not is_asked or joined is None:
        return PublicationCheck(Telling.NOT_ASKED, told_on=newest)
    first = add_months(joined, first_due_months)
    if newest is None:
        due: date | None = first
    else:
        due = None if max_age_months is None else max(first, add_months(newest, max_age_months))
    return PublicationCheck(
        state=_state(newest, due, on, year_end, max_age_months),
        first_due_on=first,
        told_on=newest,
        due_on=due,
        months_late=whole_months(due, on) if due is not None and due < on else 0,
    )


def months_first(pack: Pack) -> int:
    """How many months after joining the first report is due."""
    return pack.public_report.first_due_months.value if pack.public_report else MONTHS_FIRST


def check_of(
    pack: Pack, situation: str, periods: Iterable[Period], told: Iterable[date], on: date, *, year_end: date
) -> PublicationCheck:
    """How a company of this type stands on a day, by the rules of the pack."""
    publication = pack.decision.publication
    return publication_check(
        periods,
        told,
        on,
        year_end=year_end,
        first_due_months=months_first(pack),
        max_age_months=publication.max_age_months if publication else None,
        is_asked=any(rule.public_communication_required.value for rule in pack.year_rules.get(situation, ())),
    )


def _state(newest: date | None, due: date | None, on: date, year_end: date, max_age_months: int | None) -> Telling:
    if due is None:
        return Telling.IN_ORDER
    if on > due:
        return Telling.LATE
    holds = newest is not None and (max_age_months is None or on <= add_months(newest, max_age_months))
    if holds:
        return Telling.IN_ORDER
    return Telling.DUE if due <= year_end else Telling.NOT_YET
