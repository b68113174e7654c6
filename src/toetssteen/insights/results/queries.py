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
    """The tables of a year as a publication of today would freeze them, safe beside everything that is public."""
    said: dict[int, YearSaid] = {}

    def of(one: CovenantYear) -> YearSaid:
        if one.pk not in said:
            said[one.pk] = year_said(one, covenant_queries.pack_of(one), today)
        return said[one.pk]

    beside = (year.number - 1, year.number, year.number + 1)
    before = ResultSet.objects.filter(year__number__in=beside).select_related("year__pack").order_by("pk")
    earlier = [tables.Earlier(one.content, of(one.year).decided(one.made_at)) for one in before]
    return tables.public(of(year), earlier)


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
