"""Searching for a place, and where the data about places come from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation.pages import page, show
from toetssteen.places import presentation
from toetssteen.places.store import Missing


@page(Audience.SIGNED_IN, methods=("GET", "HEAD"))
def place_search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Places whose name begins with some letters: a page, or a list for the field that suggests places."""
    text, country = request.GET.get("q", "")[:80].strip(), request.GET.get("country", "")[:60].strip()
    within = presentation.country_of(country)
    rows: list[presentation.PlaceRow] = []
    trouble = _("There is no country with this name.") if country and not within else ""
    if text and not trouble:
        try:
            rows = presentation.rows(text, within)
        except Missing:
            trouble = _("Searching for places does not work at the moment. You can type the name yourself.")
    if request.GET.get("format") == "json":
        response = JsonResponse({"places": [row.as_json for row in rows], "trouble": trouble})
        response["Cache-Control"] = "private, max-age=600"
        return response
    return show(
        request, "places/place_search.html", {"rows": rows, "text": text, "country": country, "trouble": trouble}
    )


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def sources(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whose data the site uses, under which licence."""
    return show(request, "places/sources.html")
