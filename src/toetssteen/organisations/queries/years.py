"""Which report of a company a covenant year asks for, computed from dated memberships and purchase situations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet, Value

from toetssteen.core import calendar
from toetssteen.core.calendar import DatedSituation, Period, ReportingRules
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.organisations.models import Membership, SituationPeriod, Suspension
from toetssteen.organisations.policies import situation_at, situation_timeline

KEPT = 10_000  # pure answers that a process remembers


class Year(Protocol):
    """A covenant year, of which only the last day matters here."""

    @property
    def ends_on(self) -> dt.date: ...


@dataclass(frozen=True)
class History:
    """The dated facts of one organisation that decide about its reports."""

    periods: tuple[Period, ...] = ()
    situations: tuple[DatedSituation, ...] = ()

    def number(self, year: Year, pack: Pack) -> int | None:
        """Which report of this company the one for the year is; None when it owes none."""
        return _number(calendar.reporting_rules(pack), self, year.ends_on)

    def exemption(self, year: Year, pack: Pack) -> str | None:
        """The id of the exemption that lifts the report of a member; None when one is due or it is no member."""
        return calendar.exemption(pack, self.situation(year.ends_on), self.periods, year.ends_on)

    def situation(self, day: dt.date) -> str:
        """The purchase situation on a day; empty before the first one is known."""
        return calendar.situation_on(self.situations, day) or ""

    def is_member(self, day: dt.date) -> bool:
        """A member on this day, and not suspended."""
        return calendar.is_member(self.periods, day)


@lru_cache(maxsize=KEPT)
def _number(rules: ReportingRules, history: History, year_end: dt.date) -> int | None:
    """Kept, because an overview asks it of every company."""
    return calendar.report_year_number(rules, history.periods, history.situations, year_end)


class _Situation(NamedTuple):
    """The facts of a period of a purchase situation, without the weight of a whole row."""

    pk: int
    organisation_id: int
    since_on: dt.date
    until_on: dt.date | None
    situation: str
    origin: str


def _membership_facts(rows: QuerySet[Membership]) -> QuerySet[Any]:
    member = Value(calendar.MEMBER)
    return rows.order_by("joined_on", "pk").values_list(
        "pk", "organisation_id", "joined_on", "ended_on", member, "end_reason"
    )


def _suspension_facts(rows: QuerySet[Suspension]) -> QuerySet[Any]:
    suspended = Value(calendar.SUSPENDED)
    return rows.order_by("from_on", "pk").values_list("membership_id", "from_on", "until_on", suspended, Value(""))


@prepared
def _every_membership() -> QuerySet[Any]:
    return _membership_facts(Membership.objects.filter(organisation__kind=OrganisationKind.COMPANY))


@prepared
def _memberships_of(organisation_ids: list[int]) -> QuerySet[Any]:
    return _membership_facts(Membership.objects.filter(organisation_id__in=organisation_ids))


@prepared
def _every_suspension() -> QuerySet[Any]:
    return _suspension_facts(Suspension.objects.all())


@prepared
def _suspensions_of(organisation_ids: list[int]) -> QuerySet[Any]:
    return _suspension_facts(Suspension.objects.filter(membership__organisation_id__in=organisation_ids))


@prepared
def _every_situation() -> QuerySet[Any]:
    return SituationPeriod.objects.order_by("pk").values_list(*_Situation._fields)


@prepared
def _situations_of(organisation_ids: list[int]) -> QuerySet[Any]:
    return SituationPeriod.objects.filter(organisation_id__in=organisation_ids).values_list(*_Situation._fields)


def histories(organisation_ids: Collection[int] | None = None) -> dict[int, History]:
    """The dated facts of many organisations (or of all companies) in three queries."""
    if organisation_ids is None:
        return dict(_everybody())
    ids = list(organisation_ids)
    return _made(_memberships_of(ids), _suspensions_of(ids), _situations_of(ids), ids)


def _made(
    memberships: Iterable[Any], suspensions: Iterable[Any], situation_rows: Iterable[Any], ids: Iterable[int]
) -> dict[int, History]:
    """The histories that these rows make; who stands in `ids` has one even without rows."""
    periods: dict[int, list[_Raw]] = defaultdict(list)
    organisation_of: dict[int, int] = {}
    for pk, organisation_id, *raw in memberships:
        organisation_of[pk] = organisation_id
        periods[organisation_id].append(tuple(raw))
    for membership_id, *raw in suspensions:
        if membership_id in organisation_of:
            periods[organisation_of[membership_id]].append(tuple(raw))
    situations = _by_organisation(situation_rows)
    return {
        pk: _history(tuple(periods.get(pk, ())), tuple(situations.get(pk, ())))
        for pk in sorted(set(periods) | set(situations) | set(ids))
    }


_Raw = tuple[Any, ...]
_Facts = tuple[list[Any], list[Any], list[Any]]


class _Everybody(dict[int, History]):
    """The histories of all companies that one set of facts makes, with what has been worked out from them."""

    def __init__(self, made: Mapping[int, History]) -> None:
        super().__init__(made)
        self.standings: dict[Any, Standing] = {}


_last: list[tuple[_Facts, _Everybody]] = []  # facts as they were read last: the same facts make the same histories


def _everybody() -> _Everybody:
    """Reads the facts every time; what they mean is worked out again only when one of them has changed."""
    facts = (_every_membership(), _every_suspension(), _every_situation())
    known = _last[-1] if _last else None
    if known is None or known[0] != facts:
        known = (facts, _Everybody(_made(*facts, ())))
        _last[:] = [known]
    return known[1]


@dataclass(frozen=True)
class Standing:
    """How all companies stand in one covenant year: which report each owes, and why others owe none."""

    histories: Mapping[int, History]
    numbers: Mapping[int, int]
    exempt: Mapping[int, str]


def standing_in(year: Year, pack: Pack) -> Standing:
    """How all companies stand in a covenant year, in three queries."""
    everybody = _everybody()
    key = (pack.digest, year.ends_on)
    found = everybody.standings.get(key)
    if found is None:
        numbers = report_numbers(year, pack, everybody)
        others = {pk: history for pk, history in everybody.items() if pk not in numbers}
        found = everybody.standings[key] = Standing(everybody, numbers, exemptions_in(year, pack, others))
    return found


@lru_cache(maxsize=KEPT)
def _history(periods: tuple[_Raw, ...], situations: tuple[_Situation, ...]) -> History:
    """The history that these facts make; the same facts always make the same one, so it is kept."""
    return History(tuple(Period(*raw) for raw in periods), tuple(situation_timeline(situations)))


def history_of(organisation_id: int) -> History:
    """The dated facts of one organisation."""
    return histories([organisation_id])[organisation_id]


def report_year_number(organisation_id: int, year: Year, pack: Pack) -> int | None:
    """Which report of this company the one for the covenant year is; None when it owes none."""
    return history_of(organisation_id).number(year, pack)


def report_is_due(organisation_id: int, year: Year, pack: Pack) -> bool:
    """True if the company owes a report for the covenant year."""
    return report_year_number(organisation_id, year, pack) is not None


def exemption(organisation_id: int, year: Year, pack: Pack) -> str | None:
    """The id of the exemption that lifts a member's report for the covenant year, or None."""
    return history_of(organisation_id).exemption(year, pack)


def report_numbers(year: Year, pack: Pack, known: Mapping[int, History] | None = None) -> dict[int, int]:
    """Which report it is for each company that owes one for the covenant year; of all companies, or of those known."""
    found = histories() if known is None else known
    rules = calendar.reporting_rules(pack)
    numbers = ((pk, _number(rules, history, year.ends_on)) for pk, history in found.items())
    return {pk: number for pk, number in numbers if number is not None}


def due_in(year: Year, pack: Pack) -> frozenset[int]:
    """The companies that owe a report for the covenant year."""
    return frozenset(report_numbers(year, pack))


def exemptions_in(year: Year, pack: Pack, known: Mapping[int, History] | None = None) -> dict[int, str]:
    """The members that owe no report for the covenant year, with the exemption that says why."""
    found = histories() if known is None else known
    reasons = ((pk, history.exemption(year, pack)) for pk, history in found.items())
    return {pk: reason for pk, reason in reasons if reason is not None}


def members_on(day: dt.date, organisation_ids: Collection[int] | None = None) -> frozenset[int]:
    """The companies that are members on a day and not suspended."""
    return frozenset(pk for pk, history in histories(organisation_ids).items() if history.is_member(day))


def _situations(organisation_ids: Collection[int] | None) -> dict[int, list[_Situation]]:
    return _by_organisation(_every_situation() if organisation_ids is None else _situations_of(list(organisation_ids)))


def _by_organisation(found: Iterable[Any]) -> dict[int, list[_Situation]]:
    rows: dict[int, list[_Situation]] = defaultdict(list)
    for values in found:
        row = _Situation(*values)
        rows[row.organisation_id].append(row)
    return rows


def situation_on(organisation_id: int, day: dt.date) -> str:
    """The purchase situation of a company on a day; empty before the first one is known."""
    return situation_at(_situations([organisation_id]).get(organisation_id, []), day)


def situations_on(day: dt.date, organisation_ids: Collection[int] | None = None) -> dict[int, str]:
    """The purchase situation of many companies on a day, in one query."""
    return {pk: situation_at(rows, day) for pk, rows in _situations(organisation_ids).items()}
