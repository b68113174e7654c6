"""The figures of a covenant year for the public and for the secretariat."""

from __future__ import annotations

import datetime as dt

from toetssteen.core.access import Audience
from toetssteen.covenant import queries as covenant_queries
from toetssteen.insights.compute import Figure, compute
from toetssteen.insights.definitions import Definition, definitions
from toetssteen.insights.raw import Raw


def wanted(number: int | None) -> tuple[Definition, ...]:
    """The figures that a covenant year is about, with those that are bound to a day only; None gives all."""
    rows = covenant_queries.years()
    if not rows:
        return ()
    year = next((y for y in rows if y.number == number), rows[-1])
    found = definitions(covenant_queries.pack_of(year))
    return tuple(d for d in found if number is None or d.year in (None, number))


def figures(number: int | None, audience: Audience, *, today: dt.date) -> list[Figure]:
    """The figures of a covenant year (None: of all years) computed from the raw rows; constant in queries.

    Any audience but the secretariat and the operator gets the public view, with small groups hidden.
    """
    rows = covenant_queries.years()
    if not rows:
        return []
    year = next((y for y in rows if y.number == number), rows[-1])
    public = audience not in (Audience.SECRETARIAT, Audience.OPERATOR)
    return compute(Raw(today), wanted(number), pack=covenant_queries.pack_of(year), public=public)
