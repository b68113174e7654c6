"""The figures of a covenant year for the public and for the secretariat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache

from toetssteen.assessment.models import Decision
from toetssteen.core.access import Actor, Audience
from toetssteen.core.frameworks import Pack
from toetssteen.covenant import queries as covenant_queries
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import AuditEvent
from toetssteen.insights.compute import Figure, compute
from toetssteen.insights.definitions import Definition, definitions
from toetssteen.insights.earlier import Published
from toetssteen.insights.models import FigureSet
from toetssteen.insights.permissions import can_view_all_figures, visible_figure_sets
from toetssteen.insights.raw import Raw

KEEP_SECONDS = 24 * 3600


def wanted(number: int | None, pack: Pack) -> tuple[Definition, ...]:
    """The figures that a covenant year is about, with those that are bound to a day only; None gives all."""
    return tuple(d for d in definitions(pack) if number is None or d.year in (None, number))


def figures(number: int | None, audience: Audience, *, today: dt.date) -> list[Figure]:
    """The figures of a covenant year (None: of all years) computed from the raw rows; constant in queries.

    Any audience but the secretariat and the operator gets the public view, with small groups hidden, also beside what
    was published before.
    """
    rows = covenant_queries.years()
    if not rows:
        return []
    year = next((y for y in rows if y.number == number), rows[-1])
    pack = covenant_queries.pack_of(year)
    public = audience not in (Audience.SECRETARIAT, Audience.OPERATOR)
    history = published_before() if public else None
    return compute(Raw(today), wanted(number, pack), pack=pack, public=public, history=history)


def published_before() -> dict[str, list[Published]]:
    """Every figure of a year as the publications of that year showed it, oldest first."""
    found: dict[str, list[Published]] = {}
    for content, year, made_at in FigureSet.objects.order_by("pk").values_list("content", "year__number", "made_at"):
        for row in content:
            if row["year"] == year:
                until = dt.datetime.fromisoformat(row["kept_until"]) if row.get("kept_until") else made_at
                as_of = dt.date.fromisoformat(row["as_of"])
                found.setdefault(row["id"], []).append(Published(row["value"], row["status"], as_of, until))
    return found


def as_row(figure: Figure) -> dict[str, Any]:
    """A figure as it is frozen, cached and exported."""
    definition = figure.definition
    return {
        "id": figure.id,
        "year": definition.year,
        "value": figure.plain,
        "unit": figure.unit,
        "status": figure.status,
        "as_of": figure.as_of.isoformat(),
        "definition_nl": definition.text.nl,
        "definition_en": definition.text.en,
        "denominator_nl": definition.denominator.nl,
        "denominator_en": definition.denominator.en,
        **({"kept_until": figure.kept_until.isoformat()} if figure.kept_until else {}),
    }


def published_set(actor: Actor, year: CovenantYear) -> FigureSet | None:
    """The newest frozen public figures of a year; None when the year was not published."""
    return visible_figure_sets(actor).filter(year=year).order_by("-number").first()


def published_years(actor: Actor) -> list[CovenantYear]:
    """The years that have public figures, oldest first."""
    shown = set(visible_figure_sets(actor).values_list("year_id", flat=True))
    return [year for year in covenant_queries.years() if year.pk in shown]


def all_figures(actor: Actor, year: CovenantYear, *, today: dt.date) -> list[dict[str, Any]] | None:
    """Every figure of a year as the secretariat sees it, kept until somebody does something; None for others."""
    if not can_view_all_figures(actor):
        return None
    last = AuditEvent.objects.order_by("-number").values_list("number", flat=True).first() or 0
    decided = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"figures:{year.pk}:{year.pack_id}:{decided}:{last}:{today.isoformat()}"
    rows: list[dict[str, Any]] | None = cache.get(key)
    if rows is None:
        rows = [as_row(figure) for figure in figures(year.number, Audience.SECRETARIAT, today=today)]
        cache.set(key, rows, KEEP_SECONDS)
    return rows
