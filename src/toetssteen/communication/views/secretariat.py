"""The secretariat's view of who told the public in time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from toetssteen.communication import presentation, queries
from toetssteen.core.access import Actor
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, show


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def public_report_standings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All members with their newest public report, those who are late on top."""
    today = clock.today()
    year = current_year(today)
    context = {
        "year": year,
        "today": today,
        "norm": pack_of(year).decision.publication,
        "rows": presentation.standings(queries.standings(actor, year, today)),
    }
    return show(request, "communication/public_report_standings.html", context)
