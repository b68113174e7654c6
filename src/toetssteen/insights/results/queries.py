"""Reading the tables from risk to result: as published, as they would be published, and complete."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache

from toetssteen.assessment.models import Decision
from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant_queries
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import demand
from toetssteen.insights.models import ResultSet
from toetssteen.insights.permissions import can_view_all_figures, visible_result_sets
from toetssteen.insights.results import tables
from toetssteen.insights.results.sources import YearSaid, year_said

KEEP_SECONDS = 24 * 3600


def published_results(actor: Actor, year: CovenantYear) -> ResultSet | None:
    """The newest frozen tables of a year; None when the year was not published."""
    return visible_result_sets(actor).filter(year=year).order_by("-number").first()


def years_with_results(actor: Actor) -> list[CovenantYear]:
    """The years of which tables are public, oldest first."""
    shown = set(visible_result_sets(actor).values_list("year_id", flat=True))
    return [year for year in covenant_queries.years() if year.pk in shown]


def to_publish(year: CovenantYear, today: dt.date) -> dict[str, Any]:
    """The tables of a year as a publication of today would freeze them, safe beside everything that is public.

    As long as only a few reports were decided since the year was published, its tables stay as they are: every number
    beside the one of then would be about just those few, also one that did not change.
    """
    said: dict[int, YearSaid] = {}

    def of(one: CovenantYear) -> YearSaid:
        if one.pk not in said:
            said[one.pk] = year_said(one, covenant_queries.pack_of(one), today)
        return said[one.pk]

    before = _published()
    mine = [(one, until) for one, until in before if one.year_id == year.pk]
    if mine:
        last, until = mine[-1]
        came = len(of(year).decided().companies) - len(of(year).decided(until).companies)
        if 0 < came < tables.safe_threshold(of(year).pack):
            content: dict[str, Any] = last.content
            return content
    return tables.public(of(year), [tables.Earlier(one.content, of(one.year).decided(until)) for one, until in before])


def _published() -> list[tuple[ResultSet, dt.datetime]]:
    """Everything published of any year, oldest first, with the moment up to which decisions counted in it."""
    found = []
    begun: dict[tuple[int, str], dt.datetime] = {}  # tables that stayed as they were are as old as when they were made
    for one in ResultSet.objects.select_related("year__pack").order_by("pk"):
        found.append((one, begun.setdefault((one.year_id, one.sha256), one.made_at)))
    return found


def preview(actor: Actor, year: CovenantYear, *, today: dt.date) -> dict[str, Any]:
    """For the secretariat: the tables as they would become public now."""
    demand(can_view_all_figures(actor))
    return _kept("next", year, today, lambda: to_publish(year, today))


def all_results(actor: Actor, year: CovenantYear, *, today: dt.date) -> dict[str, Any]:
    """For the secretariat: every count of a year with small groups, kept until somebody does something."""
    demand(can_view_all_figures(actor))
    pack = covenant_queries.pack_of(year)
    return _kept("all", year, today, lambda: tables.complete(year_said(year, pack, today)))


def _kept(what: str, year: CovenantYear, today: dt.date, make: Any) -> dict[str, Any]:
    last = AuditEvent.objects.order_by("-number").values_list("number", flat=True).first() or 0
    decided = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"results:{what}:{year.pk}:{year.pack_id}:{decided}:{last}:{today.isoformat()}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEEP_SECONDS)
    return found
