"""What the pages have in common."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.remedy import queries


def year_or_404(number: int | None = None) -> Any:
    """The covenant year that a page is about."""
    today = clock.today()
    year = covenant.choose_current(covenant.years(), today) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def places_of(actor: Actor, year: Any) -> list[queries.Place]:
    """The places of the actor's own company, in the year and today."""
    return queries.places_around(actor.company_id or 0, covenant.pack_of(year), year, clock.today())


def proof_of(row: Any) -> list[int]:
    """The evidence that a row has already."""
    return [evidence.pk for evidence in row.evidence.all()] if row is not None else []
