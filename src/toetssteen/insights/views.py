"""The page of figures and its downloads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant_queries
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, show
from toetssteen.insights import exports, queries
from toetssteen.insights.permissions import can_view_all_figures
from toetssteen.insights.presentation import page_of

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def figures(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The figures of a year: for everybody as they were published, for the secretariat all of them on request."""
    published = queries.published_years(actor)
    all_of_them = bool(can_view_all_figures(actor))
    known = covenant_queries.years() if all_of_them else published
    if year is None and not known:
        return show(request, "insights/figures.html", {"year": None, "years": ()})
    chosen = covenant_queries.year_by_number(year) if year is not None else (published or known)[-1]
    if chosen is None:
        raise Http404
    frozen = queries.published_set(actor, chosen)
    everything = all_of_them and (request.GET.get("view") == "all" or frozen is None)
    if everything:
        rows = queries.all_figures(actor, chosen, today=clock.today()) or []
    elif frozen is not None:
        rows = frozen.content
    else:
        raise Http404
    return show(
        request,
        "insights/figures.html",
        {
            "year": chosen,
            "years": known,
            "frozen": frozen,
            "everything": everything,
            "may_see_all": all_of_them,
            "page": page_of(rows, covenant_queries.pack_of(chosen), chosen.number),
        },
    )


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def figures_download(request: HttpRequest, actor: Actor, year: int, file_format: str) -> HttpResponse:
    """The public figures of a year, exactly as they were published."""
    chosen = covenant_queries.year_by_number(year)
    frozen = queries.published_set(actor, chosen) if chosen else None
    if frozen is None:
        raise Http404
    if file_format == "csv":
        body = exports.as_csv(frozen.content)
    else:
        body = exports.as_json(
            frozen.content,
            covenant_year=year,
            publication=frozen.number,
            published_on=frozen.made_at.date().isoformat(),
        )
    response = HttpResponse(body, content_type=FORMATS[file_format])
    response["Content-Disposition"] = f'attachment; filename="figures-year-{year}.{file_format}"'
    return response
